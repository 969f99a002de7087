import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { init, thrownBy } from './sdk-page.ts';
import { open, openDialog, openReady, type Stage } from './site.ts';

/** How the SDK comes into a page, and what `FB.init` minds. */
export function sdkLoadingSuite(stage: Stage): void {
  const ready = 'window.FB && !window.FB.__buffer';
  const blocking = () => `<script src="${stage.sandbox.url}/en_US/sdk.js"></script>`;

  describe('the SDK’s two stages', () => {
    it('puts a new object in place of the stub', async () => {
      const page = await open(stage, `${blocking()}<script>window.stub = FB</script>`);
      await page.waitForFunction(ready);
      assert.equal(await page.evaluate("stub !== FB && '__buffer' in stub && !('__buffer' in FB)"), true);
      assert.deepEqual(
        await page.evaluate('[stub.getAuthResponse(), stub.getAccessToken(), stub.getUserID()]'),
        [null, null, ''],
      );
    });

    it('calls fbAsyncInit once, and one that is set later never', async () => {
      const page = await open(
        stage,
        `<script>window.calls = 0; window.fbAsyncInit = () => { calls++ }</script>${blocking()}`,
      );
      await page.waitForFunction('window.calls > 0');
      await page.evaluate('window.fbAsyncInit = () => { calls++ }');
      await page.addScriptTag({ url: `${stage.sandbox.url}/en_US/bundle/sdk.js/` });
      assert.equal(await page.evaluate('new Promise((done) => setTimeout(() => done(calls), 0))'), 1);
    });

    it('drops init on the stub where the page has fbAsyncInit, and keeps it where it has none', async () => {
      const initOnStub = `${blocking()}<script>${init(stage)}</script>`;
      const dropped = await open(stage, `<script>window.fbAsyncInit = () => {}</script>${initOnStub}`);
      await dropped.waitForFunction(`${ready} && fbAsyncInit.hasRun`);
      assert.equal(await dropped.evaluate(thrownBy('FB.login()')), 'init not called with valid version');

      const kept = await open(stage, initOnStub);
      await kept.waitForFunction(`${ready} && window.FB.getUserID() === ''`);
      await kept.evaluate('new Promise((done) => setTimeout(done, 0))');
      assert.equal(await kept.evaluate(thrownBy('FB.login(undefined, { config_id: "1" })')), null);
    });

    it('replays a login that came too early after the first init, outside any gesture', async () => {
      const page = await open(
        stage,
        `<button onclick="FB.login(() => {}, { config_id: '1' })">Connect</button>
        <script>
          window.gestures = [];
          window.open = () => { gestures.push(navigator.userActivation.isActive); return null };
          window.fbAsyncInit = () => setTimeout(() => { window.before = gestures.length; ${init(stage)} }, 0);
        </script>
        ${blocking()}<script>FB.login(() => {}, { config_id: '1' })</script>`,
      );
      await page.waitForFunction('gestures.length === 1');
      assert.equal(await page.evaluate('before'), 0);
      await page.getByRole('button', { name: 'Connect' }).click();
      assert.deepEqual(await page.evaluate('gestures'), [false, true]);
    });

    it('replays what else came too early', async () => {
      const page = await open(
        stage,
        `<script>window.heard = []; window.fbAsyncInit = () => ${init(stage, 'localStorage: false')}</script>
        ${blocking()}<script>
          FB.Event.subscribe('auth.statusChange', ({ status }) => heard.push(status));
          FB.getLoginStatus(({ status }) => heard.push(status));
          FB.XFBML.parse(); FB.AppEvents.logPageView();
        </script>`,
      );
      await page.waitForFunction('heard.length === 2');
      assert.deepEqual(await page.evaluate('heard'), ['unknown', 'unknown']);
    });

    it('takes what stands behind # in its address for an init', async () => {
      const { appId } = stage.sandbox.credentials;
      const page = await open(
        stage,
        `<script src="${stage.sandbox.url}/en_US/sdk.js#version=v25.0&appId=${appId}&status=0"></script>
        <button onclick="FB.login(null, { config_id: '1' })">Connect</button>`,
      );
      await page.waitForFunction(ready);
      const dialog = await openDialog(page);
      assert.match(dialog.url(), new RegExp(`/v25\\.0/dialog/oauth\\?.*client_id=${appId}`));
    });
  });

  describe('FB.init', () => {
    it('throws on a bad version and on what are no options', async () => {
      const page = await openReady(stage);
      const thrown = [
        "FB.init({ version: '26.0' })",
        "FB.init({ appId: '1' })",
        'FB.init()',
        "FB.init({ version: 'v26.0', authResponse: {} })",
      ].map((call) => page.evaluate(thrownBy(call)));
      assert.deepEqual(await Promise.all(thrown), [
        'invalid version specified',
        'invalid version specified',
        'Invalid argument',
        'Setting authResponse is not supported',
      ]);
    });

    it('warns of an app id that is none, and keeps the one before', async () => {
      const page = await openReady(stage);
      const warning = page.waitForEvent('console', (message) => message.text().includes('Invalid App Id'));
      await page.evaluate("FB.init({ appId: 'my app', version: 'v26.0', status: false })");
      await warning;
      const dialog = await openDialog(page);
      assert.equal(new URL(dialog.url()).searchParams.get('client_id'), stage.sandbox.credentials.appId);
    });

    it('takes over when it is called again, whoever calls, with a warning', async () => {
      const page = await openReady(stage);
      const warning = page.waitForEvent('console', (message) => message.type() === 'warning');
      await page.evaluate("FB.init({ appId: '222', version: 'v25.0', status: false })");
      assert.match((await warning).text(), /already been called/);
      const dialog = await openDialog(page);
      assert.match(dialog.url(), /\/v25\.0\/dialog\/oauth\?.*client_id=222/);
    });
  });
}
