import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answered, next, openWith } from './dialog-steps.ts';
import { openDialog, type Stage, seenOnce } from './site.ts';

/** Every ending without a person. */
export function dialogOutcomesSuite(stage: Stage): void {
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

    for (const [outcome, event] of [
      ['only-waba', 'FINISH_ONLY_WABA'],
      ['coexistence', 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING'],
      ['obo-migration', 'FINISH_OBO_MIGRATION'],
      ['app-only', 'FINISH_GRANT_ONLY_API_ACCESS'],
      ['finish-unverified', 'FINISH'],
    ] as const) {
      it(`${outcome}: ${event}, and a code`, async () => {
        const page = await answered(stage, { outcome });
        const { callbacks, messages } = await seenOnce(
          page,
          'callbacks.length === 1 && messages.length === 1',
        );
        assert.equal(messages[0]?.event, event);
        assert.ok(callbacks[0]?.authResponse?.code);
      });
    }

    it('close-on-final: message and code come although the window was closed', async () => {
      const page = await answered(stage, { outcome: 'close-on-final' });
      const { callbacks, messages, order } = await seenOnce(
        page,
        'callbacks.length === 1 && messages.length === 1',
      );
      assert.deepEqual(order, ['message', 'code', 'callback']);
      assert.equal(messages[0]?.event, 'FINISH');
      const { code } = callbacks[0]?.authResponse ?? {};
      assert.equal((await exchange(String(code))).status, 200);
    });

    it('error with the event ERROR', async () => {
      const page = await answered(stage, { outcome: 'error', data: { event: 'ERROR', code: '3441003' } });
      const { messages } = await seenOnce(page, 'callbacks.length === 1');
      assert.equal(messages[0]?.event, 'ERROR');
      assert.equal(messages[0]?.data.error_code, '3441003');
    });

    it('error with a code that nobody knows: a message that says no more', async () => {
      const page = await answered(stage, { outcome: 'error', data: { code: '1' } });
      const { messages } = await seenOnce(page, 'callbacks.length === 1');
      const { error_code, error_message } = messages[0]?.data ?? {};
      assert.deepEqual([error_code, error_message], ['1', 'Something went wrong.']);
    });

    it('v2 posts nothing unless session info is asked for, and with 2 no business', async () => {
      const silent = await answered(stage, { outcome: 'finish' }, { version: 'v2' });
      const first = await seenOnce(silent, 'callbacks.length === 1');
      assert.ok(first.callbacks[0]?.authResponse?.code);
      assert.deepEqual(first.messages, []);

      await next(stage, { outcome: 'finish' });
      await openWith(silent, { version: 'v2', sessionInfoVersion: '2' });
      const { messages } = await seenOnce(silent, 'callbacks.length === 2 && messages.length === 1');
      assert.deepEqual(Object.keys(messages[0]?.data ?? {}), ['phone_number_id', 'waba_id']);
      assert.equal(messages[0]?.version, 3);
    });

    it('says ERROR where the sandbox fails to make the account', async () => {
      const fault = { kind: '500', match: { path: '/v26.0/dialog/oauth/answer' }, times: 1 };
      await fetch(`${stage.sandbox.url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) });
      const page = await answered(stage, { outcome: 'finish' });
      const { messages } = await seenOnce(page, 'messages.length === 1');
      assert.equal(messages[0]?.event, 'ERROR');
    });
  });

  function exchange(code: string): Promise<Response> {
    const { appId, appSecret, graphUrl } = stage.sandbox.credentials;
    const body = new URLSearchParams({ client_id: appId, client_secret: appSecret, code });
    return fetch(`${graphUrl}/oauth/access_token`, { method: 'POST', body });
  }
}
