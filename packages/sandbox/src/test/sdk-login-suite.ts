import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { init, next, thrownBy } from './sdk-page.ts';
import { openDialog, openReady, type Stage, seenOnce } from './site.ts';

/** What `FB.login` sends out, and what it comes to. */
export function sdkLoginSuite(stage: Stage): void {
  /** The query of the dialog that this call opens, without opening it. */
  async function queryOf(page: Page, options: string): Promise<Record<string, string>> {
    const url = await page.evaluate<string>(
      `(() => { let url; const { open } = window; window.open = (to) => { url = to; return null }; FB.login(null, ${options}); window.open = open; return url })()`,
    );
    return Object.fromEntries(new URL(url).searchParams);
  }

  describe('the dialog that FB.login opens', () => {
    it('is asked for with the parameters of the real one, in their order', async () => {
      const page = await openReady(stage);
      const dialog = await openDialog(page);
      const { configId, appId, sdkUrl } = stage.sandbox.credentials;
      const { cbt, logger_id, channel_url, redirect_uri, ...fixed } = Object.fromEntries(
        new URL(dialog.url()).searchParams,
      );
      assert.deepEqual(fixed, {
        app_id: appId,
        client_id: appId,
        config_id: configId,
        display: 'popup',
        domain: '127.0.0.1',
        e2e: '{}',
        extras: '{}',
        fallback_redirect_uri: stage.site.url,
        locale: 'en_US',
        origin: '1',
        override_default_response_type: 'true',
        response_type: 'code',
        sdk: 'joey',
        version: 'v26.0',
      });
      const names = [...new URL(dialog.url()).searchParams.keys()];
      assert.deepEqual(names, [...names].sort());
      assert.match(`${cbt} ${logger_id} ${channel_url}`, /^\d{13} f[0-9a-f]+ http/);

      const [address, fragment] = (redirect_uri ?? '').split('#');
      assert.equal(address, `${sdkUrl}/x/connect/xd_arbiter/?version=46`);
      const way = new URLSearchParams(fragment);
      assert.deepEqual([...way.keys()], ['cb', 'domain', 'is_canvas', 'origin', 'relation', 'frame']);
      assert.equal(new URL(way.get('origin') ?? '').origin, new URL(stage.site.url).origin);
      assert.equal(await dialog.evaluate('window.name'), way.get('frame'));
    });

    it('gets what is no string as JSON, nulls inside it kept, and no null of its own', async () => {
      const page = await openReady(stage);
      const query = await queryOf(
        page,
        "{ config_id: 12, extras: { setup: { id: null, ids: ['1'] } }, state: null, scope: undefined, flag: false }",
      );
      assert.equal(query.config_id, '12');
      assert.equal(query.extras, '{"setup":{"id":null,"ids":["1"]}}');
      assert.equal(query.flag, 'false');
      assert.equal('state' in query || 'scope' in query, false);
    });

    it('is asked for tokens too, unless the default response type is overridden', async () => {
      const page = await openReady(stage);
      const types = [
        "{ config_id: '1', response_type: 'code' }",
        "{ config_id: '1', response_type: 'code', override_default_response_type: 'true' }",
        "{ config_id: '1' }",
        "{ config_id: '1', response_type: 'code', override_default_response_type: true }",
      ].map(async (options) => (await queryOf(page, options)).response_type);
      const withTokens = 'code,token,signed_request,graph_domain';
      assert.deepEqual(await Promise.all(types), [
        withTokens,
        withTokens,
        'token,signed_request,graph_domain',
        'code',
      ]);
    });

    it('cannot be of another app or go elsewhere', async () => {
      const page = await openReady(stage);
      const query = await queryOf(
        page,
        "{ config_id: '1', app_id: '5', client_id: '5', redirect_uri: 'https://shop.example/' }",
      );
      const { appId, sdkUrl } = stage.sandbox.credentials;
      assert.deepEqual([query.app_id, query.client_id], [appId, appId]);
      assert.ok(query.redirect_uri?.startsWith(`${sdkUrl}/x/connect/xd_arbiter/`));
    });

    it('is a popup of 600 by 679 on a desktop, and on a phone a page for touch, without a size', async () => {
      const spy =
        'window.opened = []; window.open = (...call) => { opened.push(call); return null }; login()';
      const page = await openReady(stage);
      await page.evaluate(spy);
      const [[, , desktop]] = await page.evaluate<[[string, string, string]]>('opened');
      assert.match(desktop, /^width=600,height=679,left=[\d.-]+,top=[\d.-]+,scrollbars=1,toolbar=0$/);

      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Emulation.setUserAgentOverride', {
        userAgent:
          'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148',
      });
      await openReady(stage);
      await page.evaluate(spy);
      await devtools.detach();
      const [[url, , mobile]] = await page.evaluate<[[string, string, string]]>('opened');
      const { display, origin } = Object.fromEntries(new URL(url).searchParams);
      assert.deepEqual([display, origin], ['touch', '2']);
      assert.match(mobile, /^width=0,height=0,/);
    });
  });

  describe('FB.login', () => {
    it('throws on an async callback, and opens nothing', async () => {
      const page = await openReady(stage);
      await page.evaluate('window.opened = 0; window.open = () => { opened++; return null }');
      const thrown = ['async () => {}', '{}'].map((callback) =>
        page.evaluate(thrownBy(`FB.login(${callback}, { config_id: '1' })`)),
      );
      assert.deepEqual(await Promise.all(thrown), [
        'Expression is of type asyncfunction, not function',
        'Expression is of type object, not function',
      ]);
      assert.equal(await page.evaluate('opened'), 0);
    });

    it('never calls back where the popup is blocked', async () => {
      const page = await openReady(stage);
      await page.evaluate(
        'window.blocked = 0; const { open } = window; window.open = () => null; FB.login(() => blocked++, { config_id: "1" }); window.open = open',
      );
      // A dialog that ends after it shows that nothing more is to come of it.
      await next(stage, 'deny');
      await openDialog(page);
      await seenOnce(page, 'callbacks.length === 1');
      assert.equal(await page.evaluate('blocked'), 0);
    });

    it('opens ten dialogs in a page life, then only complains: no popup, no callback', async () => {
      const page = await openReady(stage);
      await page.evaluate('window.opened = 0; window.open = () => { opened++; return null }');
      const complaint = page.waitForEvent('console', (message) => message.type() === 'error');
      await page.evaluate('for (let i = 0; i < 11; i++) login()');
      assert.match((await complaint).text(), /request to oauth has exceeded the rate limit/);
      assert.equal(await page.evaluate('opened'), 10);
      assert.deepEqual((await page.evaluate(() => window.seen)).callbacks, []);
    });

    it('hears answers from the arbiter alone', async () => {
      const page = await openReady(stage);
      const dialog = await openDialog(page);
      const way = new URL(dialog.url()).searchParams.get('redirect_uri')?.split('#')[1];
      await page.evaluate(
        `new Promise((done) => { addEventListener('message', done, { once: true }); postMessage('${way}&code=forged') })`,
      );
      assert.deepEqual((await page.evaluate(() => window.seen)).callbacks, []);
    });

    it('gives back what the page had before where a later dialog is refused, with the status unknown', async () => {
      const page = await openReady(stage);
      for (const outcome of ['finish', 'deny']) {
        await next(stage, outcome);
        await openDialog(page);
        await page.waitForFunction(`seen.callbacks.length === ${outcome === 'finish' ? 1 : 2}`);
      }
      const [first, second] = (await page.evaluate(() => window.seen)).callbacks;
      assert.equal(second?.status, 'unknown');
      assert.deepEqual(second?.authResponse, first?.authResponse);
      assert.equal(await page.evaluate('FB.getAuthResponse()'), null);
    });

    it('opens nothing for a page that has an answer, where no configuration is named', async () => {
      const page = await openReady(stage);
      await next(stage, 'finish');
      await openDialog(page);
      await seenOnce(page, 'callbacks.length === 1');
      const complaint = page.waitForEvent('console', (message) => message.type() === 'error');
      await page.evaluate('FB.login((response) => seen.callbacks.push(response))');
      assert.match((await complaint).text(), /called when user is already connected/);
      const { callbacks } = await page.evaluate(() => window.seen);
      assert.deepEqual(callbacks[1], callbacks[0]);
    });

    it('needs an init with a version', async () => {
      const page = await openReady(
        stage,
        `<script>window.fbAsyncInit = () => {}</script>
        <script async src="${stage.sandbox.url}/en_US/sdk.js"></script>`,
      );
      const thrown = () => page.evaluate(thrownBy('FB.login(null, { config_id: "1", version: "1" })'));
      assert.equal(await thrown(), 'init not called with valid version');
      await page.evaluate(init(stage));
      assert.equal(await thrown(), 'invalid version specified');
    });
  });
}
