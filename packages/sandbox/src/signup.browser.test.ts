import { dialogClicksSuite } from './test/dialog-clicks-suite.ts';
import { dialogFlowsSuite } from './test/dialog-flows-suite.ts';
import { dialogOutcomesSuite } from './test/dialog-outcomes-suite.ts';
import { dialogWaysBackSuite } from './test/dialog-ways-back-suite.ts';
import { setStage } from './test/stage.ts';

// One file, so that all of it shares one browser.
const stage = setStage();
dialogClicksSuite(stage);
dialogFlowsSuite(stage);
dialogOutcomesSuite(stage);
dialogWaysBackSuite(stage);
