import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { fixedCredentials } from '../credentials.ts';
import { countRequests, init, next, openWith } from './sdk-page.ts';
import { openDialog, openReady, type Seen, type Stage, seenOnce } from './site.ts';

const statusPath = '/x/oauth/status';

const { appId } = fixedCredentials;

/** Whether the browser is connected, what the page hears of it, and what stays in the page. */
export function sdkStatusSuite(stage: Stage): void {
  const getStatus = 'new Promise((done) => FB.getLoginStatus(done))';

  /** Ends a dialog, the `count`th of this page. */
  async function end(page: Page, outcome: string, count: number): Promise<Seen> {
    await next(stage, outcome);
    await openDialog(page);
    return seenOnce(page, `callbacks.length === ${count}`);
  }

  /** A page whose browser is connected already, and that has no answer of its own. */
  async function openConnected(): Promise<Page> {
    const first = await openWith(stage, 'status: false, localStorage: false');
    await end(first, 'finish', 1);
    const page = await openWith(stage, 'status: true, localStorage: true');
    await page.waitForFunction('FB.getAccessToken() !== null');
    return page;
  }

  describe('whether the browser is connected', () => {
    it('is asked at once by an init, unless status is false', async () => {
      const before = await countRequests(stage, statusPath);
      const page = await openWith(stage, 'status: false, localStorage: false');
      await page.evaluate(getStatus);
      assert.equal(await countRequests(stage, statusPath), before + 1);
      await page.evaluate(init(stage, 'localStorage: false'));
      await openWith(stage, 'localStorage: false');
      await page.evaluate(getStatus);
      assert.equal(await countRequests(stage, statusPath), before + 2);
    });

    it('is answered once for a page life, unless a fresh answer is forced', async () => {
      const page = await openWith(stage, 'localStorage: false');
      await page.evaluate(getStatus);
      const before = await countRequests(stage, statusPath);
      await page.evaluate(getStatus);
      assert.equal(await countRequests(stage, statusPath), before);
      await page.evaluate('new Promise((done) => FB.getLoginStatus(done, true))');
      assert.equal(await countRequests(stage, statusPath), before + 1);
    });

    it('gives a connected page the user’s token: for FB.api, and for nobody after a logout', async () => {
      const page = await openConnected();
      const answer = await page.evaluate<{ status: string; authResponse: Record<string, unknown> }>(
        getStatus,
      );
      assert.equal(answer.status, 'connected');
      assert.deepEqual(Object.keys(answer.authResponse), [
        'accessToken',
        'userID',
        'expiresIn',
        'signedRequest',
        'graphDomain',
        'data_access_expiration_time',
      ]);
      const { accessToken, userID } = answer.authResponse;
      assert.deepEqual(await page.evaluate('[FB.getAccessToken(), FB.getUserID()]'), [accessToken, userID]);
      const me = await page.evaluate('new Promise((done) => FB.api("/me", { fields: "id" }, done))');
      assert.deepEqual(me, { id: userID });
      assert.ok(await page.evaluate(`localStorage.getItem('fblst_${appId}')`));

      const after = await page.evaluate('new Promise((done) => FB.logout(done))');
      assert.deepEqual(after, { authResponse: null, status: 'unknown' });
      assert.equal((await fetch(`${stage.sandbox.url}/me?access_token=${accessToken}`)).status, 401);
      assert.equal(await page.evaluate(`localStorage.getItem('fblst_${appId}')`), null);
    });

    it('is not looked up again after a logout or a refusal', async () => {
      const page = await openReady(stage);
      await end(page, 'deny', 1);
      assert.match(await page.evaluate('document.cookie'), new RegExp(`fblo_${appId}=y`));
      const before = await countRequests(stage, statusPath);
      const answer = await page.evaluate('new Promise((done) => FB.getLoginStatus(done, true))');
      assert.deepEqual(answer, { authResponse: null, status: 'unknown' });
      assert.equal(await countRequests(stage, statusPath), before);
      await end(page, 'finish', 2);
      assert.equal((await page.evaluate<string>('document.cookie')).includes('fblo_'), false);
    });

    it('is not_authorized once the person took the app off', async () => {
      const page = await openConnected();
      await page.evaluate('new Promise((done) => FB.api("/me/permissions", "delete", done))');
      const answer = await page.evaluate('new Promise((done) => FB.getLoginStatus(done, true))');
      assert.deepEqual(answer, { authResponse: null, status: 'not_authorized' });
    });

    it('is asked anew where Graph refuses the token', async () => {
      const page = await openConnected();
      await page.evaluate(`fetch('${stage.sandbox.url}/_sandbox/reset', { method: 'POST' })`);
      const refused = await page.evaluate<{ error: { code: number } }>(
        'new Promise((done) => FB.api("/me", done))',
      );
      assert.equal(refused.error.code, 190);
      await page.waitForFunction('FB.getAccessToken() === null');
    });
  });

  describe('a connected browser', () => {
    it('gets a token and no code where the window is closed', async () => {
      const page = await openReady(stage);
      await end(page, 'finish', 1);
      const { callbacks } = await end(page, 'close', 2);
      assert.equal(callbacks[1]?.status, 'connected');
      assert.ok(callbacks[1]?.authResponse?.accessToken);
      assert.equal(callbacks[1]?.authResponse?.code, undefined);
    });
  });

  describe('what subscribers hear', () => {
    const listen = `window.heard = [];
      for (const name of ['login', 'logout', 'authResponseChange', 'statusChange', 'denied', 'error'])
        FB.Event.subscribe('auth.' + name, ({ status, message }) => heard.push([name, status, message ?? null]))`;

    it('of a login, of a refusal and of a closed window', async () => {
      const page = await openReady(stage);
      await page.evaluate(listen);
      await end(page, 'finish', 1);
      await end(page, 'deny', 2);
      await end(page, 'close', 3);
      assert.deepEqual(await page.evaluate('heard'), [
        // No auth.login: the page never asked for the status before.
        ['authResponseChange', 'connected', null],
        ['statusChange', 'connected', null],
        ['authResponseChange', 'unknown', null],
        ['statusChange', 'unknown', null],
        ['denied', 'unknown', null],
        // The browser is connected since the first dialog, but the refusal keeps the SDK from looking.
        ['denied', 'unknown', null],
      ]);
    });

    it('of a login after the status was asked for, and no more once unsubscribed', async () => {
      const page = await openWith(stage, 'localStorage: false');
      await page.evaluate(getStatus);
      await page.evaluate(
        `${listen}; window.quiet = 0; window.hush = () => { quiet++ };
        FB.Event.subscribe('auth.login', hush); FB.Event.unsubscribe('auth.login', hush)`,
      );
      await end(page, 'finish', 1);
      assert.deepEqual(await page.evaluate('[heard[0], quiet]'), [['login', 'connected', null], 0]);
    });

    it('of an error that is no refusal', async () => {
      const page = await openReady(stage);
      await page.evaluate(listen);
      const dialog = await openDialog(page);
      const arbiter = new URL(dialog.url()).searchParams.get('redirect_uri');
      await dialog.evaluate(
        `location.replace(${JSON.stringify(`${arbiter}&error=server_error&error_message=No%20luck`)})`,
      );
      await seenOnce(page, 'callbacks.length === 1');
      assert.deepEqual(await page.evaluate('heard.at(-1)'), ['error', 'unknown', 'No luck']);
    });
  });

  describe('what stays in the page', () => {
    const kept = `JSON.parse(sessionStorage.getItem('fbssls_${appId}'))`;

    it('is the last answer, code included, which the next page takes for the present one', async () => {
      const page = await openReady(stage);
      const { callbacks } = await end(page, 'finish', 1);
      const { authResponse, status } = await page.evaluate<Record<string, unknown>>(kept);
      assert.deepEqual({ authResponse, status }, callbacks[0]);
      await openReady(stage);
      assert.deepEqual(await page.evaluate(getStatus), callbacks[0]);
    });

    it('is nothing where localStorage is false', async () => {
      const page = await openWith(stage, 'status: false, localStorage: false');
      await end(page, 'finish', 1);
      assert.deepEqual(await page.evaluate('[sessionStorage.length, localStorage.length]'), [0, 0]);
    });

    it('is the signed request in a cookie, where the page wants one', async () => {
      const first = await openWith(stage, 'status: false, localStorage: false');
      await end(first, 'finish', 1);
      const page = await openWith(stage, 'cookie: true, localStorage: false');
      const { authResponse } = await page.evaluate<{ authResponse: { signedRequest: string } }>(getStatus);
      assert.ok(
        (await page.evaluate<string>('document.cookie')).includes(
          `fbsr_${appId}=${authResponse.signedRequest}`,
        ),
      );
    });
  });
}
