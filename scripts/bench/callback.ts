import { createServer } from 'node:http';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../browsers.ts';
import { type Running, startRelay, startSandbox } from './processes.ts';
import { close, FLOOR_PATH, listen, type Recorder, startRecorder } from './recorder.ts';
import { median, type Row } from './table.ts';

const RUNS = 11;

declare global {
  interface Window {
    /** Milliseconds since 1970: when the SDK gave its answer to the element. */
    callbackAt?: number;
  }
}

/**
 * From the SDK's callback to the arrival of the code at the relay, in Chromium, across origins; beside one bare
 * `fetch` of the same size from the same page to the same server.
 */
export async function callback(): Promise<Row[]> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('This needs Chrome or Chromium; `pnpm test` installs one.');
  let html = '';
  const page = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(html));
  const origin = await listen(page);
  const sandbox = await startSandbox();
  const relay = await startRelay(sandbox, origin);
  const recorder = await startRecorder(relay.url);
  html = `<!doctype html><title>bench</title><script src="${recorder.url}/widget.js" async></script>
    <whatsapp-embedded-signup></whatsapp-embedded-signup>`;
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const ours: number[] = [];
    const floor: number[] = [];
    for (let round = 0; round <= RUNS; round += 1) {
      const [signup, bare] = await once(browser, origin, sandbox, recorder);
      if (round === 0) continue;
      ours.push(signup);
      floor.push(bare);
    }
    const beside = 'one bare fetch across origins';
    const what = "from the SDK's callback to the relay";
    return [{ what, ours: median(ours), beside, floor: median(floor), unit: 'ms' }];
  } finally {
    await browser.close();
    await recorder.stop();
    await relay.stop();
    await sandbox.stop();
    await close(page);
  }
}

/** One signup in a fresh profile, so that no round profits from the one before. */
async function once(
  browser: Browser,
  origin: string,
  sandbox: Running,
  recorder: Recorder,
): Promise<[signup: number, bare: number]> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(noteCallback);
    await page.goto(origin);
    // A hand moves to the button before it presses; that is when the element fetches the SDK.
    await page.locator('whatsapp-embedded-signup button').hover();
    await page.locator('whatsapp-embedded-signup[state="ready"]').waitFor();
    await fetch(`${sandbox.url}/_sandbox/next`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ outcome: 'finish' }),
    });
    const arrival = recorder.arrival('/v1/onboardings');
    await page.locator('whatsapp-embedded-signup button').first().click();
    const arrived = await arrival;
    const called = await page.evaluate(() => window.callbackAt);
    if (called === undefined) throw new Error("The SDK's callback was not seen");
    return [arrived - called, await bareFetch(page, recorder)];
  } finally {
    await context.close();
  }
}

async function bareFetch(page: Page, recorder: Recorder): Promise<number> {
  const arrival = recorder.arrival(FLOOR_PATH);
  const sent = await page.evaluate(async (url) => {
    const at = performance.timeOrigin + performance.now();
    const headers = { authorization: 'Bearer floor', 'content-type': 'application/json' };
    await fetch(url, { method: 'POST', headers, body: JSON.stringify({ code: 'x'.repeat(300) }) });
    return at;
  }, recorder.url + FLOOR_PATH);
  return (await arrival) - sent;
}

/** Runs in the page: notes the time as the SDK hands its answer over. The SDK replaces `FB`, hence the setter. */
function noteCallback(): void {
  interface Sdk {
    __buffer?: unknown;
    login(callback: (answer: unknown) => void, options: unknown): void;
  }
  let sdk: Sdk | undefined;
  Object.defineProperty(window, 'FB', {
    configurable: true,
    get: () => sdk,
    set(value: Sdk) {
      sdk = value;
      if (value.__buffer) return;
      const login = value.login.bind(value);
      value.login = (callback, options) =>
        login((answer) => {
          window.callbackAt = performance.timeOrigin + performance.now();
          callback(answer);
        }, options);
    },
  });
}
