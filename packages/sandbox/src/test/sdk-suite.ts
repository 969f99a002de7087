import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clean, loginPage, open, openDialog, openReady, type Stage, seenOnce } from './site.ts';

/** What the SDK does to a page: the real one's behaviour, pitfalls included. */
export function sdkSuite(stage: Stage): void {
  const scriptTag = () => `<script async src="${stage.sandbox.credentials.sdkUrl}/en_US/sdk.js"></script>`;
  const ready = 'window.FB && !window.FB.__buffer';
  const init = () =>
    `FB.init({ appId: '${stage.sandbox.credentials.appId}', version: 'v26.0', status: false })`;
  const thrownBy = (expression: string) =>
    `(() => { try { ${expression}; return null; } catch (error) { return error.message; } })()`;

  describe('the SDK', () => {
    it('puts a new object in place of the stub', async () => {
      const page = await open(
        stage,
        `<script src="${stage.sandbox.url}/en_US/sdk.js"></script><script>window.stub = FB</script>`,
      );
      await page.waitForFunction(ready);
      assert.equal(await page.evaluate("stub !== FB && '__buffer' in stub && !('__buffer' in FB)"), true);
    });

    it('calls fbAsyncInit once, and one that is set later never', async () => {
      const page = await open(
        stage,
        `<script>window.calls = 0; window.fbAsyncInit = () => { calls++ }</script>${scriptTag()}`,
      );
      await page.waitForFunction('window.calls > 0');
      await page.evaluate('window.fbAsyncInit = () => { calls++ }');
      await page.addScriptTag({ url: `${stage.sandbox.url}/en_US/bundle/sdk.js/` });
      assert.equal(await page.evaluate('new Promise((done) => setTimeout(() => done(calls), 50))'), 1);
    });

    it('drops init on the stub where the page has fbAsyncInit, and keeps it where it has none', async () => {
      const withStubInit = (before: string) =>
        `<script>${before}</script><script src="${stage.sandbox.url}/en_US/sdk.js"></script><script>${init()}</script>`;
      const dropped = await open(stage, withStubInit('window.fbAsyncInit = () => {}'));
      await dropped.waitForFunction(ready);
      assert.equal(await dropped.evaluate(thrownBy('FB.login()')), 'init not called with valid version');

      const kept = await open(stage, withStubInit(''));
      await kept.waitForFunction(ready);
      assert.equal(await kept.evaluate(thrownBy('FB.login(undefined, { config_id: "1" })')), null);
    });

    it('replays a login that came too early, after the first init', async () => {
      const page = await open(
        stage,
        `<script src="${stage.sandbox.url}/en_US/sdk.js"></script>
        <script>window.opened = 0; window.open = () => { opened++; return null }; FB.login(() => {}, { config_id: '1' })</script>`,
      );
      await page.waitForFunction(ready);
      assert.equal(await page.evaluate('opened'), 0);
      await page.evaluate(init());
      assert.equal(await page.evaluate('opened'), 1);
    });

    it('throws on a bad version and on an async callback', async () => {
      const page = await openReady(stage);
      assert.equal(
        await page.evaluate(thrownBy("FB.init({ version: '26.0' })")),
        'invalid version specified',
      );
      assert.equal(
        await page.evaluate(thrownBy("FB.login(async () => {}, { config_id: '1' })")),
        'Expression is of type asyncfunction, not function',
      );
    });

    it('lets a second init take over, with a warning', async () => {
      const page = await openReady(stage);
      const warning = page.waitForEvent('console', (message) => message.type() === 'warning');
      await page.evaluate("FB.init({ appId: '222', version: 'v25.0', status: false })");
      assert.match((await warning).text(), /already been called/);
      const dialog = await openDialog(page);
      assert.match(dialog.url(), /\/v25\.0\/dialog\/oauth\?.*client_id=222/);
    });

    it('asks for the dialog with the parameters of the real one', async () => {
      const page = await openReady(stage);
      const dialog = await openDialog(page);
      const query = new URL(dialog.url()).searchParams;
      const { configId, appId, sdkUrl } = stage.sandbox.credentials;
      const fixed = ['app_id', 'client_id', 'config_id', 'response_type', 'override_default_response_type'];
      assert.deepEqual(
        fixed.map((name) => query.get(name)),
        [appId, appId, configId, 'code', 'true'],
      );
      assert.deepEqual(
        ['extras', 'display', 'domain', 'origin', 'sdk', 'locale', 'version', 'fallback_redirect_uri'].map(
          (name) => query.get(name),
        ),
        ['{}', 'popup', '127.0.0.1', '1', 'joey', 'en_US', 'v26.0', stage.site.url],
      );
      const [address, fragment] = (query.get('redirect_uri') ?? '').split('#');
      assert.equal(address, `${sdkUrl}/x/connect/xd_arbiter/?version=46`);
      const way = new URLSearchParams(fragment);
      assert.deepEqual([...way.keys()], ['cb', 'domain', 'is_canvas', 'origin', 'relation', 'frame']);
      assert.equal(new URL(way.get('origin') ?? '').origin, new URL(stage.site.url).origin);
    });

    it('never calls back where the popup is blocked', async () => {
      const page = await openReady(stage);
      await page.evaluate('window.open = () => null; login()');
      await page.waitForTimeout(300);
      assert.deepEqual((await page.evaluate(() => window.seen)).callbacks, []);
    });

    it('opens ten dialogs in a page life, then only complains to the console', async () => {
      const page = await openReady(stage);
      await page.evaluate('window.opened = 0; window.open = () => { opened++; return null }');
      const complaint = page.waitForEvent('console', (message) => message.type() === 'error');
      await page.evaluate('for (let i = 0; i < 11; i++) login()');
      assert.match((await complaint).text(), /request to oauth has exceeded the rate limit/);
      assert.equal(await page.evaluate('opened'), 10);
    });

    it('keeps what it got in the page’s storage, unless it is told not to', async () => {
      const { appId } = stage.sandbox.credentials;
      const stored = `sessionStorage.getItem('fbssls_${appId}')`;
      const next = () =>
        fetch(`${stage.sandbox.url}/_sandbox/next`, { method: 'POST', body: '{"outcome":"finish"}' });
      await next();
      const page = await openReady(stage);
      await openDialog(page);
      await seenOnce(page, 'callbacks.length === 1');
      assert.match(String(await page.evaluate(stored)), /"code"/);

      await clean(stage);
      await next();
      const careful = await openReady(
        stage,
        loginPage(stage.sandbox).replace('status: false', 'status: false, localStorage: false'),
      );
      await openDialog(careful);
      await seenOnce(careful, 'callbacks.length === 1');
      assert.equal(await careful.evaluate(stored), null);
    });
  });
}
