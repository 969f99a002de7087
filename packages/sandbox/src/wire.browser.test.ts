import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { createSandbox } from './sandbox.ts';
import { answerBrowserLogin } from './test/browser-login.ts';
import { createMetaHosts, shop } from './test/meta-hosts.ts';
import { type MetaSdk, readMetaSdk } from './test/meta-sdk.ts';
import { launchShopper } from './test/shopper.ts';
import { loginPage, openDialog, type Seen, seenOnce } from './test/site.ts';

// A browser that takes the sandbox for Meta, by Meta's own names and over TLS, with each SDK in turn: the
// sandbox's own, and Meta's where META_SDK_DIR names a folder with its two files: what
// https://connect.facebook.net/en_US/sdk.js and https://connect.facebook.net/en_US/bundle/sdk.js/ give, under
// any names. Neither is part of this repository, since the licence of Meta's SDK is for use with Meta.
const { META_SDK_DIR } = process.env;

const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

const sandbox = createSandbox();
let hosts: Awaited<ReturnType<typeof createMetaHosts>>;
let browser: Awaited<ReturnType<typeof launchShopper>>;

before(async () => {
  await sandbox.start();
  hosts = await createMetaHosts(sandbox);
  browser = await launchShopper(hosts.chromiumArguments);
});

after(async () => {
  await browser.close();
  await hosts.close();
  await sandbox.stop();
});

wireSuite('the sandbox’s own SDK', null);
wireSuite(
  'the unmodified SDK of Meta',
  META_SDK_DIR ? readMetaSdk(META_SDK_DIR) : null,
  META_SDK_DIR ? false : 'META_SDK_DIR is not set: Meta’s SDK is not part of this repository.',
);

function wireSuite(name: string, metaSdk: MetaSdk | null, skip: string | false = false): void {
  describe(`${name} under Meta’s names`, { skip }, () => {
    before(() => {
      const page = loginPage(sandbox).replace(sandbox.credentials.sdkUrl, 'https://connect.facebook.net');
      const watch = "window.origins = []; addEventListener('message', ({ origin }) => origins.push(origin))";
      hosts.serve(`<script>${watch}</script>${page}`, metaSdk);
    });

    /** A browser that was never here, on the customer's page, with the SDK ready. */
    async function visit(userAgent?: string): Promise<Page> {
      const page = await browser.visit(shop, userAgent);
      await page.waitForFunction('window.FB && !window.FB.__buffer && window.fbAsyncInit.hasRun');
      return page;
    }

    async function ended(page: Page, outcome: string, callbacks: number): Promise<Seen> {
      const queued = await fetch(`${sandbox.url}/_sandbox/next`, {
        method: 'POST',
        body: JSON.stringify({ outcome }),
      });
      assert.equal(queued.status, 200);
      await openDialog(page);
      return seenOnce(page, `callbacks.length === ${callbacks}`);
    }

    it('completes a signup: the code comes from the arbiter, the message from the dialog', async () => {
      const page = await visit();
      await ended(page, 'finish', 1);
      const { callbacks, messages } = await seenOnce(page, 'messages.length === 1');
      const { code, ...rest } = callbacks[0]?.authResponse ?? {};
      assert.equal(callbacks[0]?.status, 'connected');
      assert.deepEqual(rest, { userID: null, expiresIn: 0, data_access_expiration_time: 0 });
      assert.equal(messages[0]?.event, 'FINISH');
      const origins = new Set(await page.evaluate<string[]>('origins'));
      assert.deepEqual(origins, new Set(['https://www.facebook.com', 'https://staticxx.facebook.com']));

      const { appId, appSecret, graphUrl } = sandbox.credentials;
      const exchange = await fetch(`${graphUrl}/oauth/access_token`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: appId, client_secret: appSecret, code: String(code) }),
      });
      assert.equal(exchange.status, 200);
    });

    it('opens the dialog at Meta’s address, with the way back through Meta’s arbiter', async () => {
      const dialog = await openDialog(await visit());
      await dialog.getByText('this is not Meta').waitFor();
      const url = new URL(dialog.url());
      assert.equal(`${url.origin}${url.pathname}`, 'https://www.facebook.com/v26.0/dialog/oauth');
      const [address, fragment] = (url.searchParams.get('redirect_uri') ?? '').split('#');
      assert.equal(address, 'https://staticxx.facebook.com/x/connect/xd_arbiter/?version=46');
      const way = new URLSearchParams(fragment);
      assert.match(way.get('origin') ?? '', /^https:\/\/shop\.example\/f\w+$/);
    });

    it('is refused: no code', async () => {
      const { callbacks, messages } = await ended(await visit(), 'deny', 1);
      assert.deepEqual(callbacks, [{ authResponse: null, status: 'unknown' }]);
      assert.deepEqual(messages, []);
    });

    it('has its window closed: it asks whether the browser is connected, and there is no code', async () => {
      const { callbacks } = await ended(await visit(), 'close', 1);
      assert.deepEqual(callbacks, [{ authResponse: null, status: 'unknown' }]);
      const journal = await (await fetch(`${sandbox.url}/_sandbox/journal`)).json();
      assert.ok(journal.some(({ path }: { path: string }) => path === '/x/oauth/status'));
    });

    it('is connected already: a closed window leaves a token of the user, and no code', async () => {
      const page = await visit();
      await ended(page, 'finish', 1);
      const { callbacks } = await ended(page, 'close', 2);
      assert.equal(callbacks[1]?.status, 'connected');
      const { accessToken, userID, signedRequest, code } = callbacks[1]?.authResponse ?? {};
      assert.equal(code, undefined);
      assert.match(`${userID} ${signedRequest}`, /^\d{15} [\w-]+\.[\w-]+$/);

      const me = await page.evaluate('new Promise((done) => FB.api("/me", done))');
      assert.equal((me as { id: string }).id, userID);
      assert.equal((await fetch(`${sandbox.url}/me?access_token=${accessToken}`)).status, 200);
    });

    it('opens the dialog at another name on a phone, and its browser is connected all the same', async () => {
      const page = await visit(phone);
      const dialog = await openDialog(page);
      await dialog.getByText('this is not Meta').waitFor();
      const { host, searchParams } = new URL(dialog.url());
      assert.deepEqual([host, searchParams.get('display')], ['m.facebook.com', 'touch']);
      await dialog.close();
      await seenOnce(page, 'callbacks.length === 1');
      await ended(page, 'finish', 2);
      const { callbacks } = await ended(page, 'close', 3);
      assert.ok(callbacks[2]?.authResponse?.accessToken);
    });

    it('logs in by the browser’s own dialog: a token, no popup and no code', async () => {
      const page = await visit();
      await page.goto('https://www.facebook.com/fed_cm/login');
      await page.goto(shop);
      await page.waitForFunction('window.FB && !window.FB.__buffer && window.fbAsyncInit.hasRun');
      await page.evaluate(
        `FB.init({ appId: '${sandbox.credentials.appId}', version: 'v26.0', status: false, fedCM: true })`,
      );
      await answerBrowserLogin(page);
      await page.getByRole('button', { name: 'Connect' }).click();
      const { callbacks } = await seenOnce(page, 'callbacks.length === 1');
      assert.equal(callbacks[0]?.status, 'connected');
      assert.ok(callbacks[0]?.authResponse?.accessToken);
      assert.equal(callbacks[0]?.authResponse?.code, undefined);
      assert.equal(page.context().pages().length, 1);
    });
  });
}
