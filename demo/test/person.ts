import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findChromium } from '../../scripts/browsers.ts';
import type { Demo } from '../src/demo.ts';
import { startDemo } from '../src/demo.ts';

/** Where each stage of the journey is kept as a picture. */
const pictures = fileURLToPath(new URL('../../artifacts/demo/', import.meta.url));

/** A demo of its own and a browser, for one test file. */
export interface Stage {
  demo: Demo;
  /** A page of a new person: no cookies, no storage. Records the element's events and what the console says. */
  visit(url: string): Promise<Visitor>;
  stop(): Promise<void>;
}

export interface Visitor {
  page: Page;
  /** Types of the element's events so far, in order. */
  events(): Promise<string[]>;
  detail(type: string): Promise<Record<string, unknown>>;
  complaints: string[];
  /** What the element says, inside its shadow root. */
  says(text: string): Promise<void>;
  picture(name: string): Promise<void>;
  /** Presses the button as a person does; gives the dialog. */
  openDialog(): Promise<Page>;
  finishDialog(dialog: Page, picture?: (name: string) => Promise<void>): Promise<void>;
  /** Presses a button that closes its own window, which may be gone before the press is reported as done. */
  pressLast(dialog: Page, label: string): Promise<void>;
}

export async function startStage(): Promise<Stage> {
  mkdirSync(pictures, { recursive: true });
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium or Chrome was found; install one.');
  const folder = mkdtempSync(join(tmpdir(), 'demo-test-'));
  const demo = await startDemo({ folder });
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  return {
    demo,
    visit: (url) => visit(browser, url),
    async stop() {
      await browser.close();
      await demo.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function visit(browser: Browser, url: string): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 760 } });
  await context.addInitScript(() => {
    const seen: { type: string; detail: unknown }[] = [];
    Object.assign(window, { seen });
    for (const name of [
      'ready',
      'start',
      'code',
      'progress',
      'action-required',
      'complete',
      'cancel',
      'error',
    ]) {
      document.addEventListener(`signup-${name}`, (event) => {
        seen.push({ type: event.type, detail: Reflect.get(event, 'detail') });
      });
    }
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await page.goto(url);

  const seen = (): Promise<{ type: string; detail: Record<string, unknown> }[]> =>
    page.evaluate(() => Reflect.get(window, 'seen'));
  let number = 0;
  const picture = (target: Page) => async (name: string) => {
    await target.screenshot({ path: join(pictures, `${name}-${String(++number).padStart(2, '0')}.png`) });
  };

  return {
    page,
    complaints,
    events: async () => (await seen()).map(({ type }) => type),
    detail: async (type) => (await seen()).findLast((event) => event.type === type)?.detail ?? {},
    says: (text) => page.locator('whatsapp-embedded-signup').getByText(text).first().waitFor(),
    picture: picture(page),

    async openDialog() {
      const button = page.locator('whatsapp-embedded-signup').getByRole('button');
      // A hand moves to the button before it presses; that is when the element fetches the SDK.
      await button.hover();
      await page
        .locator('whatsapp-embedded-signup:is([state=ready], [state=failed], [state=cancelled])')
        .waitFor();
      const [dialog] = await Promise.all([page.waitForEvent('popup'), button.click()]);
      return dialog;
    },

    async finishDialog(dialog, keep = picture(dialog)) {
      for (const label of [/^Continue as /, 'Continue', 'Continue', 'Continue', 'Verify', 'Confirm']) {
        const button = dialog.getByRole('button', { name: label });
        await button.waitFor();
        await keep('dialog');
        await button.click();
      }
      await dialog.getByRole('button', { name: 'Finish' }).waitFor();
      await keep('dialog');
      await pressLast(dialog, 'Finish');
    },

    pressLast,
  };
}

/** Terminal events: every attempt ends in exactly one of them. */
export function endings(events: readonly string[]): string[] {
  return events.filter((type) => ['signup-complete', 'signup-cancel', 'signup-error'].includes(type));
}

async function pressLast(dialog: Page, label: string): Promise<void> {
  const closed = dialog.waitForEvent('close');
  await dialog
    .getByRole('button', { name: label })
    .click()
    .catch((error: unknown) => {
      if (!dialog.isClosed()) throw error;
    });
  await closed;
}
