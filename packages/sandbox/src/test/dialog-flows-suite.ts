import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dialogQuery } from './dialog-address.ts';
import { choose, find, next, openFresh, openWith, press, signIn, title } from './dialog-steps.ts';
import { pressLast, type Stage, seenOnce } from './site.ts';

/** The flows beside the standard one, and the ways back beside the SDK's. */
export function dialogFlowsSuite(stage: Stage): void {
  describe('the other flows', () => {
    it('coexistence: the app’s number, a QR code, the history, and a number that is on the app', async () => {
      const { page, dialog } = await openFresh(stage, { featureType: 'whatsapp_business_app_onboarding' });
      await press(dialog, signIn, 'Continue', 'Continue');
      await dialog.getByRole('textbox', { name: 'Phone number' }).fill('+1 415-555-0166');
      await press(dialog, 'Continue');
      assert.ok(
        await dialog
          .getByRole('img', { name: /QR code/ })
          .locator('path')
          .count(),
      );
      await press(dialog, 'I scanned it');
      await choose(dialog, 'Do not share it');
      await press(dialog, 'Continue', 'Confirm');
      await pressLast(dialog, 'Finish');

      const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.equal(messages[0]?.event, 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING');
      assert.deepEqual(Object.keys(messages[0]?.data ?? {}), ['waba_id']);
      const { numbers } = await find(stage, 'wabas', messages[0]?.data.waba_id);
      const phone = await find(stage, 'phoneNumbers', (numbers as string[])[0]);
      assert.equal(phone.displayNumber, '+1 415-555-0166');
      assert.equal(phone.onBusinessApp, true);
      assert.equal((phone.sync as { historyDeclined: boolean }).historyDeclined, true);
    });

    it('coexistence: another number goes the usual way', async () => {
      const { page, dialog } = await openFresh(stage, { featureType: 'whatsapp_business_app_onboarding' });
      await press(dialog, signIn, 'Continue');
      await choose(dialog, 'Use another number');
      await press(dialog, 'Continue', 'Continue', 'Continue', 'Verify', 'Confirm');
      await pressLast(dialog, 'Finish');
      const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.equal(messages[0]?.event, 'FINISH');
    });

    it('only_waba_sharing: v2 asks for no number', async () => {
      const extras = { version: 'v2', featureType: 'only_waba_sharing', sessionInfoVersion: '3' };
      const { page, dialog } = await openFresh(stage, extras);
      await press(dialog, signIn, 'Continue', 'Continue', 'Confirm');
      await pressLast(dialog, 'Finish');
      const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.equal(messages[0]?.event, 'FINISH_ONLY_WABA');
    });

    it('v2 lets nobody skip the number or its verification', async () => {
      const { dialog } = await openFresh(stage, { version: 'v2' });
      await press(dialog, signIn, 'Continue', 'Continue');
      await title(dialog, 'Your phone number');
      assert.equal(await dialog.getByText('Add a number later').count(), 0);
      await press(dialog, 'Continue');
      await title(dialog, 'Verify your number');
      assert.equal(await dialog.getByText('Skip for now').count(), 0);
    });

    it('app_only_install: a short path', async () => {
      const { page, dialog } = await openFresh(stage, { features: [{ name: 'app_only_install' }] });
      await press(dialog, signIn, 'Continue', 'Continue', 'Confirm');
      await pressLast(dialog, 'Finish');
      const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.equal(messages[0]?.event, 'FINISH_GRANT_ONLY_API_ACCESS');
      assert.equal((await find(stage, 'wabas', messages[0]?.data.waba_id)).access, 'app-only');
    });

    it('v4-public-preview asks for the number first, and finds out that it is on the app', async () => {
      const { page, dialog } = await openFresh(stage, { version: 'v4-public-preview' });
      await press(dialog, signIn);
      await title(dialog, 'Your phone number');
      await choose(dialog, 'This number is on the WhatsApp Business app');
      await press(dialog, 'Continue', 'I scanned it', 'Continue', 'Continue', 'Confirm');
      await pressLast(dialog, 'Finish');
      const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.equal(messages[0]?.event, 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING');
      assert.equal(messages[0]?.version, undefined);
    });

    it('a preview takes the account along with a number of before', async () => {
      const { event } = stage.sandbox.issueCode();
      const { page, dialog } = await openFresh(stage, { version: 'v3-public-preview' });
      await press(dialog, signIn);
      await choose(dialog, 'Use a number that I have');
      await dialog.locator('#phoneNumberId').selectOption(event.data.phone_number_id ?? '');
      await press(dialog, 'Continue', 'Confirm');
      await pressLast(dialog, 'Finish');
      const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.deepEqual(messages[0]?.data, event.data);
      assert.equal(messages[0]?.version, 3);
    });
  });

  describe('an app in development mode', () => {
    const setMode = (mode: string) =>
      fetch(`${stage.sandbox.url}/_sandbox/app`, { method: 'POST', body: JSON.stringify({ mode }) });

    it('is not active for whoever has no role on it, also where the answer was queued', async () => {
      await setMode('development');
      try {
        const { page, dialog } = await openFresh(stage);
        await press(dialog, signIn);
        await title(dialog, 'App not active');
        await press(dialog, 'Sign in as someone else');
        await choose(dialog, 'Ines Vidal');
        await press(dialog, 'Continue as Ines Vidal');
        await title(dialog, 'Your business portfolio');

        await next(stage, { outcome: 'finish' });
        const second = await openWith(page, {});
        await title(second, 'App not active');
        const { callbacks, messages } = await page.evaluate(() => window.seen);
        assert.deepEqual([callbacks, messages], [[], []]);
      } finally {
        await setMode('live');
      }
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

    async function countCodes(): Promise<number> {
      const state = (await (await fetch(`${stage.sandbox.url}/_sandbox/state`)).json()) as {
        codes: unknown[];
      };
      return state.codes.length;
    }
  });
}
