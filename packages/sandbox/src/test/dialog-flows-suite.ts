import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choose, find, next, openFresh, openWith, press, signIn, title } from './dialog-steps.ts';
import { pressLast, type Stage, seenOnce } from './site.ts';

/** The flows beside the standard one. */
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

    for (const [version, way, displayNumber] of [
      ['v4', ['Continue', 'Continue'], '+1 415-555-0178'],
      ['v4-public-preview', [], '+1 415-555-0180'],
    ] as const) {
      it(`${version}: a number of the app cannot be in use by another account`, async () => {
        stage.sandbox.issueCode({ data: { displayNumber } });
        const { dialog } = await openFresh(stage, {
          version,
          featureType: 'whatsapp_business_app_onboarding',
        });
        await press(dialog, signIn, ...way);
        await dialog.getByRole('textbox', { name: 'Phone number' }).fill(displayNumber);
        if (way.length === 0) await choose(dialog, 'This number is on the WhatsApp Business app');
        await press(dialog, 'Continue');
        await dialog.getByText('connected to another account already').waitFor();
      });
    }

    it('coexistence: a number of the app that comes back keeps its account', async () => {
      const displayNumber = '+1 415-555-0179';
      const { event } = stage.sandbox.issueCode({ outcome: 'coexistence', data: { displayNumber } });
      const { page, dialog } = await openFresh(stage, { version: 'v4-public-preview' });
      await press(dialog, signIn);
      await dialog.getByRole('textbox', { name: 'Phone number' }).fill(displayNumber);
      await choose(dialog, 'This number is on the WhatsApp Business app');
      await press(dialog, 'Continue', 'I scanned it', 'Continue', 'Confirm');
      await pressLast(dialog, 'Finish');
      const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.deepEqual(messages[0]?.data, event.data);
    });

    it('coexistence: keeps the name and the profile that the page gave', async () => {
      const { page, dialog } = await openFresh(stage, {
        featureType: 'whatsapp_business_app_onboarding',
        setup: {
          business: { name: 'Shown Books', address: { streetAddress1: '1 Main St', city: 'Lisbon' } },
          phone: { displayName: 'Shown', category: 'RETAIL', description: 'Books' },
        },
      });
      await press(dialog, signIn, 'Continue', 'Continue', 'Continue', 'I scanned it', 'Continue', 'Confirm');
      await pressLast(dialog, 'Finish');
      const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      const { numbers } = await find(stage, 'wabas', messages[0]?.data.waba_id);
      const phone = await find(stage, 'phoneNumbers', (numbers as string[])[0]);
      const { vertical, description, address } = phone.profile as Record<string, unknown>;
      assert.deepEqual(
        [phone.verifiedName, vertical, description, address],
        ['Shown', 'RETAIL', 'Books', '1 Main St, Lisbon'],
      );
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
      await press(dialog, signIn, 'Continue');
      await dialog.getByRole('textbox', { name: 'Phone number' }).fill('+1 415-555-0167');
      await press(dialog, 'Continue', 'Confirm');
      await title(dialog, 'Ready to connect');
      assert.match((await dialog.locator('dl').last().textContent()) ?? '', /\+1 415-555-0167/);
      await pressLast(dialog, 'Finish');
      const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.equal(messages[0]?.event, 'FINISH_GRANT_ONLY_API_ACCESS');
      assert.equal((await find(stage, 'wabas', messages[0]?.data.waba_id)).access, 'app-only');
      const phone = await find(stage, 'phoneNumbers', messages[0]?.data.phone_number_id);
      assert.equal(phone.displayNumber, '+1 415-555-0167');
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
}
