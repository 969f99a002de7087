import { after, afterEach, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { createSandbox } from '../sandbox.ts';
import { sdkFedCmSuite } from '../test/sdk-fed-cm-suite.ts';
import { sdkLoadingSuite } from '../test/sdk-loading-suite.ts';
import { sdkLoginSuite } from '../test/sdk-login-suite.ts';
import { sdkStatusSuite } from '../test/sdk-status-suite.ts';
import { clean, createSite, launchChromium, type Stage } from '../test/site.ts';

// What the SDK does to a page: the real one's behaviour, pitfalls included. One file, so that all of it shares
// one browser.
const stage = { sandbox: createSandbox() } as Stage;
let browser: Browser;

before(async () => {
  await stage.sandbox.start();
  stage.site = await createSite();
  browser = await launchChromium();
  stage.page = await browser.newPage();
});

after(async () => {
  await browser.close();
  await stage.site.close();
  await stage.sandbox.stop();
});

afterEach(() => clean(stage));

sdkLoadingSuite(stage);
sdkLoginSuite(stage);
sdkStatusSuite(stage);
sdkFedCmSuite(stage);
