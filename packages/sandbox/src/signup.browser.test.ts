import { after, afterEach, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { createSandbox } from './sandbox.ts';
import { dialogSuite } from './test/dialog-suite.ts';
import { clean, createSite, launchChromium, type Stage } from './test/site.ts';

// One file, so that all of it shares one browser.
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

dialogSuite(stage);
