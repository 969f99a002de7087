import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { requireChromium } from './site.ts';

/**
 * A Chromium that lets one site's pages send another site's cookies, which "already connected" lives on. The
 * contexts that Playwright makes in a running browser do not, and no more do the browsers of some systems by
 * default; a profile of one's own can say so.
 */
export async function launchShopper(args: readonly string[]) {
  const profile = mkdtempSync(join(tmpdir(), 'shopper-'));
  mkdirSync(join(profile, 'Default'));
  const allowed = JSON.stringify({ profile: { cookie_controls_mode: 0 } });
  writeFileSync(join(profile, 'Default', 'Preferences'), allowed);
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: requireChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', ...args],
  });

  return {
    /** A tab without a past: no cookie, nothing in the storage of `url`. */
    async visit(url: string, userAgent?: string): Promise<Page> {
      const page = await context.newPage();
      await Promise.all([context.clearCookies(), ...others(context, page).map((other) => other.close())]);
      if (userAgent !== undefined) {
        const devtools = await context.newCDPSession(page);
        await devtools.send('Emulation.setUserAgentOverride', { userAgent });
      }
      await page.goto(url);
      await page.evaluate('localStorage.clear()');
      return page;
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function others(context: BrowserContext, page: Page): Page[] {
  return context.pages().filter((other) => other !== page);
}
