import { after, afterEach, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { createSandbox } from '../sandbox.ts';
import { clean, createSite, launchChromium, type Stage } from './site.ts';

/** The stage of one test file: a sandbox, a site and one page for all its tests, cleaned after each. */
export function setStage(): Stage {
  const stage = { sandbox: createSandbox() } as Stage;
  let browser: Browser;
  before(async () => {
    await stage.sandbox.start();
    stage.site = await createSite();
    browser = await launchChromium();
    stage.page = await browser.newPage();
    // What is to come is there at once; what takes longer will not come.
    stage.page.context().setDefaultTimeout(10_000);
  });
  after(async () => {
    await browser.close();
    await stage.site.close();
    await stage.sandbox.stop();
  });
  afterEach(() => clean(stage));
  return stage;
}
