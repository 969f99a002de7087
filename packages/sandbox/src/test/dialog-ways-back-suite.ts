import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dialogQuery } from './dialog-address.ts';
import { find, next, openWith, press, signIn, standardWay, title } from './dialog-steps.ts';
import { loginPage, pressLast, type Stage, seenOnce } from './site.ts';

/** The ways back beside the usual one through the SDK. */
export function dialogWaysBackSuite(stage: Stage): void {
  describe('a page of another site than the dialog', () => {
    // For a browser `localhost` and `127.0.0.1` are two sites, as a shop and Facebook are.
    async function openElsewhere() {
      stage.site.serve(loginPage(stage.sandbox));
      await stage.page.goto(stage.site.url.replace('127.0.0.1', 'localhost'));
      await stage.page.waitForFunction('window.FB && !window.FB.__buffer && window.fbAsyncInit.hasRun');
      return stage.page;
    }

    it('hears of the window that a person closes on the last screen', async () => {
      const page = await openElsewhere();
      const dialog = await openWith(page, {});
      await press(dialog, ...standardWay);
      await title(dialog, 'Ready to connect');
      await dialog.close({ runBeforeUnload: true });
      const { callbacks, messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.ok(callbacks[0]?.authResponse?.code);
      assert.ok((await find(stage, 'wabas', messages[0]?.data.waba_id)).id);
    });

    it('hears once of the one who presses Finish, and of a window that closes by itself', async () => {
      const page = await openElsewhere();
      const dialog = await openWith(page, {});
      await press(dialog, ...standardWay);
      await pressLast(dialog, 'Finish');
      const { order } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.deepEqual(order, ['message', 'code', 'callback']);

      await next(stage, { outcome: 'close-on-final' });
      await openWith(page, {});
      const { callbacks } = await seenOnce(page, 'callbacks.length === 2 && messages.length === 2');
      assert.ok(callbacks[1]?.authResponse?.code);
    });
  });

  describe('the other ways back', () => {
    const pressAll = (page: typeof stage.page) =>
      press(page, signIn, 'Continue', 'Continue', 'Continue', 'Verify', 'Confirm', 'Finish');

    it('a plain redirect brings code and state, and the code wants the same address', async () => {
      const redirect_uri = `${stage.site.url}back?shop=1`;
      const { page } = stage;
      await page.goto(
        `${stage.sandbox.url}/v26.0/dialog/oauth?${dialogQuery(stage.sandbox, { redirect_uri, state: 'st1' })}`,
      );
      await pressAll(page);
      await page.waitForURL(/back\?/);
      const { code, ...rest } = Object.fromEntries(new URL(page.url()).searchParams);
      assert.deepEqual(rest, { shop: '1', state: 'st1' });
      const { appId, appSecret, graphUrl } = stage.sandbox.credentials;
      const exchange = (more: Record<string, string>) =>
        fetch(`${graphUrl}/oauth/access_token`, {
          method: 'POST',
          body: new URLSearchParams({
            client_id: appId,
            client_secret: appSecret,
            code: code ?? '',
            ...more,
          }),
        });
      const refused = (await (await exchange({})).json()) as { error: { error_subcode: number } };
      assert.equal(refused.error.error_subcode, 36008);
      assert.equal((await exchange({ redirect_uri })).status, 200);
    });

    it('a plain redirect brings the refusal', async () => {
      const { page } = stage;
      const query = dialogQuery(stage.sandbox, { redirect_uri: `${stage.site.url}back`, state: 'st2' });
      await page.goto(`${stage.sandbox.url}/v26.0/dialog/oauth?${query}`);
      await press(page, signIn, 'Cancel');
      await page.waitForURL(/back\?/);
      assert.deepEqual(Object.fromEntries(new URL(page.url()).searchParams), {
        error: 'access_denied',
        error_reason: 'user_denied',
        error_description: 'Permissions error',
        state: 'st2',
      });
    });

    it('the hosted link ends on a page that says so, and leaves no code behind', async () => {
      const { page } = stage;
      const { appId, configId } = stage.sandbox.credentials;
      const query = new URLSearchParams({ app_id: appId, config_id: configId });
      await page.goto(`${stage.sandbox.url}/messaging/whatsapp/onboard/?${query}`);
      const before = await countCodes();
      await pressAll(page);
      await title(page, 'You’re connected');
      assert.equal(await countCodes(), before);
    });

    for (const [outcome, expected] of [
      ['close', ['error', 'error_description', 'error_reason', 'state']],
      ['cancel', ['error', 'error_description', 'error_reason', 'state']],
      ['close-on-final', ['code', 'state']],
      ['event-only', ['state']],
    ] as const) {
      it(`a plain redirect gets its visitor back: ${outcome}`, async () => {
        const { page } = stage;
        await next(stage, { outcome });
        const query = dialogQuery(stage.sandbox, { redirect_uri: `${stage.site.url}back`, state: 'st3' });
        await page.goto(`${stage.sandbox.url}/v26.0/dialog/oauth?${query}`).catch(() => undefined);
        await page.waitForURL(/back\?/);
        assert.deepEqual([...new URL(page.url()).searchParams.keys()].sort(), expected);
      });
    }

    for (const [outcome, heading] of [
      ['close', 'Nothing was connected'],
      ['cancel', 'Nothing was connected'],
      ['close-on-final', 'You’re connected'],
      ['event-only', 'You’re connected'],
    ] as const) {
      it(`the hosted link says what came of it: ${outcome}`, async () => {
        const { page } = stage;
        await next(stage, { outcome });
        const { appId, configId } = stage.sandbox.credentials;
        const query = new URLSearchParams({ app_id: appId, config_id: configId });
        await page.goto(`${stage.sandbox.url}/messaging/whatsapp/onboard/?${query}`);
        await title(page, heading);
      });
    }

    async function countCodes(): Promise<number> {
      const state = (await (await fetch(`${stage.sandbox.url}/_sandbox/state`)).json()) as {
        codes: unknown[];
      };
      return state.codes.length;
    }
  });
}
