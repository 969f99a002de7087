import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../../../scripts/browsers.ts';
import type { Sandbox } from '../sandbox.ts';

/** What the page under test has seen, kept on its window. */
export interface Seen {
  callbacks: { status: string; authResponse: Record<string, unknown> | null }[];
  /** Parsed `WA_EMBEDDED_SIGNUP` messages. */
  messages: { event: string; data: Record<string, string>; version?: number }[];
  /** `message` or `code` or `callback`, in the order in which they came. */
  order: string[];
}

declare global {
  interface Window {
    seen: Seen;
    stub: unknown;
    login: (extras?: Record<string, unknown>) => void;
  }
}

/** A customer's page, served from another origin than the sandbox, as in life. */
export async function createSite() {
  let html = '';
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    serve(next: string) {
      html = next;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: requireChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

export function requireChromium(): string {
  const path = findChromium();
  if (path === null) throw new Error('No Chrome or Chromium here. Install one or set CHROMIUM_PATH.');
  return path;
}

/** A page that loads the SDK and has a button that logs in. */
export function loginPage(sandbox: Sandbox, body = ''): string {
  const { appId, configId, sdkUrl } = sandbox.credentials;
  return `<!doctype html><title>Customer</title><button onclick="login()">Connect</button>
<script>
  window.seen = { callbacks: [], messages: [], order: [] };
  addEventListener('message', ({ data }) => {
    if (typeof data !== 'string') return;
    if (data.startsWith('cb=')) return void seen.order.push('code');
    seen.messages.push(JSON.parse(data));
    seen.order.push('message');
  });
  window.login = (extras = {}) => FB.login((response) => {
    seen.callbacks.push(response);
    seen.order.push('callback');
  }, { config_id: '${configId}', response_type: 'code', override_default_response_type: true, extras });
  window.fbAsyncInit = () => FB.init({ appId: '${appId}', version: 'v26.0', status: false });
</script>
${body}
<script async defer crossorigin="anonymous" src="${sdkUrl}/en_US/sdk.js"></script>`;
}

/** What every browser test plays on: one page, which is cleaned between the tests, since a new one costs a process. */
export interface Stage {
  sandbox: Sandbox;
  site: Awaited<ReturnType<typeof createSite>>;
  page: Page;
}

/** Opens the site and waits until the SDK is the real one. */
export async function openReady(stage: Stage, html = loginPage(stage.sandbox)): Promise<Page> {
  const page = await open(stage, html);
  await page.waitForFunction('window.FB && !window.FB.__buffer && window.fbAsyncInit.hasRun');
  return page;
}

/** Opens the site with this content. */
export async function open(stage: Stage, html: string): Promise<Page> {
  stage.site.serve(html);
  await stage.page.goto(stage.site.url);
  return stage.page;
}

/** Closes what a test left open and forgets what it stored. */
export async function clean({ page }: Stage): Promise<void> {
  const popups = page
    .context()
    .pages()
    .filter((other) => other !== page);
  await Promise.all(popups.map((popup) => popup.close()));
  await page.evaluate('sessionStorage.clear(); localStorage.clear()');
  await page.context().clearCookies();
}

/** Clicks the page's button and gives the dialog's window. */
export async function openDialog(page: Page): Promise<Page> {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Connect' }).click(),
  ]);
  return popup;
}

/** What the page saw, once `until` (an expression about `seen`) holds. */
export async function seenOnce(page: Page, until: string): Promise<Seen> {
  await page.waitForFunction(`(({ callbacks, messages }) => ${until})(window.seen)`);
  return page.evaluate(() => window.seen);
}

/** Presses the button that closes its own window: the window may be gone before the press is reported as done. */
export async function pressLast(dialog: Page, name: string): Promise<void> {
  const closed = dialog.waitForEvent('close');
  await dialog
    .getByRole('button', { name, exact: true })
    .click()
    .catch((error: unknown) => {
      if (!dialog.isClosed()) throw error;
    });
  await closed;
}
