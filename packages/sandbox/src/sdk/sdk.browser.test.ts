import { sdkFedCmSuite } from '../test/sdk-fed-cm-suite.ts';
import { sdkLoadingSuite } from '../test/sdk-loading-suite.ts';
import { sdkLoginSuite } from '../test/sdk-login-suite.ts';
import { sdkStatusSuite } from '../test/sdk-status-suite.ts';
import { setStage } from '../test/stage.ts';

// What the SDK does to a page: the real one's behaviour, pitfalls included. One file, so that all of it shares
// one browser.
const stage = setStage();
sdkLoadingSuite(stage);
sdkLoginSuite(stage);
sdkStatusSuite(stage);
sdkFedCmSuite(stage);
