import { after, afterEach, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { createSandbox } from './sandbox.ts';
import { dialogClicksSuite } from './test/dialog-clicks-suite.ts';
import { dialogFlowsSuite } from './test/dialog-flows-suite.ts';
import { dialogOutcomesSuite } from './test/dialog-outcomes-suite.ts';
import { dialogWaysBackSuite } from './test/dialog-ways-back-suite.ts';
import { clean, createSite, launchChromium, type Stage } from './test/site.ts';

// One file, so that all of it shares one browser.
const stage = { sandbox: createSandbox() } as Stage;
let browser: Browser;

before(async () => {
  await stage.sandbox.start();
  stage.site = await createSite();
  browser = await launchChromium();
  stage.page = await browser.newPage();
  // A screen is there at once; what takes longer will not come.
  stage.page.context().setDefaultTimeout(10_000);
});

after(async () => {
  await browser.close();
  await stage.site.close();
  await stage.sandbox.stop();
});

afterEach(() => clean(stage));

dialogClicksSuite(stage);
dialogFlowsSuite(stage);
dialogOutcomesSuite(stage);
dialogWaysBackSuite(stage);
