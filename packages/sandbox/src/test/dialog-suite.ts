import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { openDialog, openReady, pressLast, type Stage, seenOnce } from './site.ts';

/** Queues the next dialog's answer, as a test of another program would. */
async function next(stage: Stage, answer: Record<string, unknown>): Promise<void> {
  const response = await fetch(`${stage.sandbox.url}/_sandbox/next`, {
    method: 'POST',
    body: JSON.stringify(answer),
  });
  assert.equal(response.status, 200);
}

/** Opens a dialog that answers by itself; gives the page. */
async function answered(stage: Stage, answer: Record<string, unknown>): Promise<Page> {
  await next(stage, answer);
  const page = await openReady(stage);
  await openDialog(page);
  return page;
}

const buttons = [/^Continue as /, 'Continue', 'Continue', 'Continue', 'Verify', 'Confirm', 'Finish'];

/** What a dialog does, with and without a person. */
export function dialogSuite(stage: Stage): void {
  describe('a person in the dialog', () => {
    it('clicks through to a code that the Graph API accepts, and a message that names the account', async () => {
      const page = await openReady(stage);
      const dialog = await openDialog(page);
      await dialog.getByText('this is not Meta').waitFor();
      for (const name of buttons.slice(0, -1))
        await dialog.getByRole('button', { name, exact: true }).click();
      await pressLast(dialog, 'Finish');

      const { callbacks, messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.equal(callbacks[0]?.status, 'connected');
      const { code, ...rest } = callbacks[0]?.authResponse ?? {};
      assert.deepEqual(rest, { userID: null, expiresIn: 0, data_access_expiration_time: 0 });
      assert.equal(messages[0]?.event, 'FINISH');
      assert.deepEqual(Object.keys(messages[0]?.data ?? {}), ['phone_number_id', 'waba_id', 'business_id']);
      assert.equal('version' in (messages[0] ?? {}), false);

      const { appId, appSecret, graphUrl } = stage.sandbox.credentials;
      const exchange = await fetch(`${graphUrl}/oauth/access_token`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: appId, client_secret: appSecret, code: String(code) }),
      });
      const { access_token: token } = (await exchange.json()) as { access_token: string };
      const waba = await fetch(`${graphUrl}/${messages[0]?.data.waba_id}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      assert.equal(waba.status, 200);
    });

    it('sees what the page knew already, and connects what they typed instead', async () => {
      const page = await openReady(stage);
      const extras = {
        version: 'v3',
        setup: {
          business: { name: 'Old Name', phone: { code: 44, number: '20 7946 0123' } },
          phone: { displayName: 'Shop' },
        },
      };
      const [dialog] = await Promise.all([
        page.waitForEvent('popup'),
        page.evaluate((value) => window.login(value), extras),
      ]);
      await dialog.getByRole('button', { name: /^Continue as / }).click();
      assert.equal(await dialog.getByLabel('Business name').inputValue(), 'Old Name');
      await dialog.getByLabel('Business name').fill('New Name');
      await dialog.getByRole('button', { name: 'Continue' }).click();
      assert.equal(await dialog.getByLabel('Account name').inputValue(), 'New Name');
      assert.equal(await dialog.getByLabel('Display name').inputValue(), 'Shop');
      for (const name of buttons.slice(2, -1))
        await dialog.getByRole('button', { name, exact: true }).click();
      assert.match(
        (await dialog.locator('dl').last().textContent()) ?? '',
        /New Name\s+Display name\s+Shop\s+Phone number\s+\+44 20 7946 0123/,
      );
      await pressLast(dialog, 'Finish');

      const { messages } = await seenOnce(page, 'messages.length === 1 && callbacks.length === 1');
      assert.equal(messages[0]?.version, 3);
      const state = await (await fetch(`${stage.sandbox.url}/_sandbox/state`)).json();
      assert.ok(state.businesses.some((business: { name: string }) => business.name === 'New Name'));
    });

    it('is stopped by a wrong code until it is right', async () => {
      const page = await openReady(stage);
      const dialog = await openDialog(page);
      for (const name of buttons.slice(0, 4)) await dialog.getByRole('button', { name, exact: true }).click();
      const code = await dialog.getByLabel('Code').inputValue();
      await dialog.getByLabel('Code').fill('000000');
      await dialog.getByRole('button', { name: 'Verify' }).click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByLabel('Code').fill(code);
      await dialog.getByRole('button', { name: 'Verify' }).click();
      await dialog.getByRole('heading', { name: 'Review the permissions' }).waitFor();
    });

    it('leaves with Cancel: the message names the screen, and the callback has no code', async () => {
      const page = await openReady(stage);
      const dialog = await openDialog(page);
      for (const name of buttons.slice(0, 3)) await dialog.getByRole('button', { name, exact: true }).click();
      await pressLast(dialog, 'Cancel');

      const { callbacks, messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.deepEqual(messages[0]?.data, { current_step: 'PHONE_NUMBER_SETUP' });
      assert.deepEqual(callbacks, [{ status: 'unknown', authResponse: null }]);
    });

    it('refuses on the first screen: no message, and the callback has no code', async () => {
      const page = await openReady(stage);
      const dialog = await openDialog(page);
      await pressLast(dialog, 'Cancel');

      const { callbacks, messages } = await seenOnce(page, 'callbacks.length === 1');
      assert.deepEqual(callbacks, [{ status: 'unknown', authResponse: null }]);
      assert.deepEqual(messages, []);
    });

    it('is told that something went wrong where the configuration is unknown, and the page hears nothing', async () => {
      const page = await openReady(stage);
      const [dialog] = await Promise.all([
        page.waitForEvent('popup'),
        page.evaluate(
          "FB.login((response) => seen.callbacks.push(response), { config_id: '1', response_type: 'code', override_default_response_type: true })",
        ),
      ]);
      await dialog.getByRole('heading', { name: 'Something went wrong' }).waitFor();
      assert.deepEqual((await page.evaluate(() => window.seen)).callbacks, []);
    });
  });

  describe('a dialog that answers by itself', () => {
    it('deny: the callback has no code', async () => {
      const page = await answered(stage, { outcome: 'deny' });
      const { callbacks, messages } = await seenOnce(page, 'callbacks.length === 1');
      assert.equal(callbacks[0]?.authResponse, null);
      assert.deepEqual(messages, []);
    });

    it('close: the callback has no code', async () => {
      const page = await answered(stage, { outcome: 'close' });
      const { callbacks } = await seenOnce(page, 'callbacks.length === 1');
      assert.deepEqual(callbacks[0], { status: 'unknown', authResponse: null });
    });

    it('cancel and error: the message carries what was asked for', async () => {
      const page = await answered(stage, { outcome: 'cancel', data: { step: 'PERMISSIONS' } });
      const cancelled = await seenOnce(page, 'callbacks.length === 1');
      assert.deepEqual(cancelled.messages[0]?.data, { current_step: 'PERMISSIONS' });

      await next(stage, { outcome: 'error', data: { code: '2655081', message: 'No luck' } });
      await openDialog(page);
      const { messages } = await seenOnce(page, 'callbacks.length === 2');
      assert.equal(messages[1]?.event, 'CANCEL');
      const { session_id, timestamp, ...told } = messages[1]?.data ?? {};
      assert.deepEqual(told, { error_message: 'No luck', error_code: '2655081' });
      assert.match(`${session_id} ${timestamp}`, /^\w{24} \d+$/);
    });

    it('finish-no-number: the message names no number', async () => {
      const page = await answered(stage, { outcome: 'finish-no-number', delayMs: 50 });
      const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.deepEqual(Object.keys(messages[0]?.data ?? {}), ['waba_id', 'business_id']);
    });

    it('finish: makes the account that was asked for', async () => {
      const data = { businessName: 'Cedar Books', pin: '654321' };
      const page = await answered(stage, { outcome: 'finish', data });
      const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      const state = await (await fetch(`${stage.sandbox.url}/_sandbox/state`)).json();
      const made = messages[0]?.data ?? {};
      const byId = (id: string | undefined) => (item: { id: string }) => item.id === id;
      assert.equal(state.businesses.find(byId(made.business_id)).name, 'Cedar Books');
      assert.equal(state.phoneNumbers.find(byId(made.phone_number_id)).pin, '654321');
    });

    it('code-only and event-only: one of the two halves', async () => {
      const page = await answered(stage, { outcome: 'code-only' });
      const first = await seenOnce(page, 'callbacks.length === 1');
      assert.ok(first.callbacks[0]?.authResponse?.code);
      assert.deepEqual(first.messages, []);

      await next(stage, { outcome: 'event-only' });
      await openDialog(page);
      const { callbacks, messages } = await seenOnce(page, 'callbacks.length === 2');
      assert.equal(messages[0]?.event, 'FINISH');
      assert.equal(callbacks[1]?.authResponse?.code, undefined);
    });

    it('event-late: the message comes after the code', async () => {
      const page = await answered(stage, { outcome: 'event-late' });
      const { order, messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.deepEqual(
        order.filter((what) => what !== 'callback'),
        ['code', 'message'],
      );
      assert.equal(messages[0]?.event, 'FINISH');
    });

    it('a browser that is connected already gets a token of its own and no code when the window closes', async () => {
      const page = await answered(stage, { outcome: 'finish' });
      await seenOnce(page, 'callbacks.length === 1');
      await next(stage, { outcome: 'close' });
      await openDialog(page);
      const { callbacks } = await seenOnce(page, 'callbacks.length === 2');
      assert.equal(callbacks[1]?.status, 'connected');
      assert.ok(callbacks[1]?.authResponse?.accessToken);
      assert.equal(callbacks[1]?.authResponse?.code, undefined);
    });
  });
}
