import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { choose, find, openFresh, press, signIn, standardWay, title } from './dialog-steps.ts';
import { openReady, pressLast, type Stage, seenOnce } from './site.ts';

/** A person goes through the standard flow. */
export function dialogClicksSuite(stage: Stage): void {
  describe('a person in the dialog', () => {
    it('clicks through to a code that the Graph API accepts, and a message that names the account', async () => {
      const { page, dialog } = await openFresh(stage);
      await dialog.getByText('this is not Meta').waitFor();
      await press(dialog, ...standardWay);
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
      const extras = {
        version: 'v3',
        setup: {
          business: { name: 'Old Name', phone: { code: 44, number: '20 7946 0123' } },
          phone: { displayName: 'Shop' },
        },
      };
      const { page, dialog } = await openFresh(stage, extras);
      await dialog.getByRole('button', { name: /^Continue as / }).click();
      assert.equal(await dialog.getByLabel('Business name').inputValue(), 'Old Name');
      await dialog.getByLabel('Business name').fill('New Name');
      await dialog.getByRole('button', { name: 'Continue' }).click();
      assert.equal(await dialog.getByLabel('Account name').inputValue(), 'New Name');
      assert.equal(await dialog.getByLabel('Display name').inputValue(), 'Shop');
      await press(dialog, ...standardWay.slice(2));
      assert.match(
        (await dialog.locator('dl').last().textContent()) ?? '',
        /New Name\s+Display name\s+Shop\s+Phone number\s+\+44 207 9460123/,
      );
      await pressLast(dialog, 'Finish');

      const { messages } = await seenOnce(page, 'messages.length === 1 && callbacks.length === 1');
      assert.equal(messages[0]?.version, 3);
      const state = await (await fetch(`${stage.sandbox.url}/_sandbox/state`)).json();
      assert.ok(state.businesses.some((business: { name: string }) => business.name === 'New Name'));
    });

    it('is stopped by a wrong code until it is right', async () => {
      const { dialog } = await openFresh(stage);
      await press(dialog, ...standardWay.slice(0, 4));
      const code = await dialog.getByLabel('Code').inputValue();
      await dialog.getByLabel('Code').fill('000000');
      await dialog.getByRole('button', { name: 'Verify' }).click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByLabel('Code').fill(code);
      await dialog.getByRole('button', { name: 'Verify' }).click();
      await dialog.getByRole('heading', { name: 'Review the permissions' }).waitFor();
    });

    it('leaves with Cancel: the message names the screen, and the callback has no code', async () => {
      const { page, dialog } = await openFresh(stage);
      await press(dialog, ...standardWay.slice(0, 3));
      await pressLast(dialog, 'Cancel');

      const { callbacks, messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.deepEqual(messages[0]?.data, { current_step: 'PHONE_NUMBER_SETUP' });
      assert.deepEqual(callbacks, [{ status: 'unknown', authResponse: null }]);
    });

    it('refuses on the first screen: no message, and the callback has no code', async () => {
      const { page, dialog } = await openFresh(stage);
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

    it('gets three more codes, of which only the newest is right, and then no more', async () => {
      const { dialog } = await openFresh(stage);
      await press(dialog, ...standardWay.slice(0, 3));
      await dialog.getByLabel('How should we verify it?').selectOption('VOICE');
      await press(dialog, 'Continue');
      await dialog.getByText('A call came').waitFor();
      const first = await dialog.getByLabel('Code').inputValue();
      await press(dialog, 'Send a new code');
      const second = await dialog.getByLabel('Code').inputValue();
      assert.equal(second, await dialog.locator('[data-sms]').textContent());
      assert.notEqual(second, first);
      await dialog.getByLabel('Code').fill(first);
      await press(dialog, 'Verify');
      await dialog.getByText('That is not the code').waitFor();
      await press(dialog, 'Send a new code', 'Send a new code', 'Send a new code');
      await dialog.getByText('Too many codes were requested').waitFor();
      await dialog.getByLabel('Code').fill((await dialog.locator('[data-sms]').textContent()) ?? '');
      await press(dialog, 'Verify');
      await title(dialog, 'Review the permissions');
    });

    it('is told what is wrong beside the field, and can go back', async () => {
      const { dialog } = await openFresh(stage);
      await press(dialog, signIn);
      await dialog.getByLabel('Business name').fill('');
      await dialog.getByLabel('Business email').fill('hello');
      await press(dialog, 'Continue');
      await dialog.getByRole('alert').getByText('Please fill this in.').waitFor();
      await dialog.getByRole('alert').getByText('Enter an email address').waitFor();
      assert.equal(await dialog.evaluate(() => document.activeElement?.id), 'businessName');
      assert.equal(await dialog.getByLabel('Business name').getAttribute('aria-invalid'), 'true');
      await press(dialog, 'Back');
      await title(dialog, 'Connect to');
      assert.equal(await dialog.evaluate(() => document.activeElement?.tagName), 'H1');
    });

    for (const [name, way, isVerified] of [
      ['finishes with a number that is not verified', ['Skip for now'], false],
      ['finishes without a number', [], null],
    ] as const) {
      it(`${name}: the message says what there is`, async () => {
        const { page, dialog } = await openFresh(stage);
        await press(dialog, ...standardWay.slice(0, 3));
        if (isVerified === null) await choose(dialog, 'Add a number later');
        await press(dialog, 'Continue', ...way, 'Confirm');
        await pressLast(dialog, 'Finish');
        const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
        assert.equal(messages[0]?.event, 'FINISH');
        const phone = await find(stage, 'phoneNumbers', messages[0]?.data.phone_number_id);
        assert.equal(messages[0]?.data.phone_number_id === undefined, isVerified === null);
        assert.equal(phone.verifiedAt ?? null, null);
      });
    }

    it('connects an account of before again: portfolio, account and number are picked, and stay the same', async () => {
      const { event } = stage.sandbox.issueCode({ data: { businessName: 'Reconnect Books' } });
      const { page, dialog } = await openFresh(stage);
      await press(dialog, signIn);
      await choose(dialog, 'Use a portfolio that I have');
      await dialog.locator('#businessId').selectOption(event.data.business_id ?? '');
      await press(dialog, 'Continue');
      await choose(dialog, 'Use an account that I have');
      await press(dialog, 'Continue');
      await choose(dialog, 'Use a number that I have');
      await press(dialog, 'Continue', 'Confirm');
      await pressLast(dialog, 'Finish');
      const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.deepEqual(messages[0]?.data, event.data);
    });

    it('cannot take a number that is in use', async () => {
      const displayNumber = '+1 415-555-0177';
      stage.sandbox.issueCode({ data: { displayNumber } });
      const { dialog } = await openFresh(stage);
      await press(dialog, ...standardWay.slice(0, 3));
      await dialog.getByRole('textbox', { name: 'Phone number' }).fill(displayNumber);
      await press(dialog, 'Continue');
      await dialog.getByText('This number is in use on WhatsApp').waitFor();
    });

    it('writes a number their own way, and sees it as Meta prints it', async () => {
      const { dialog } = await openFresh(stage);
      await press(dialog, ...standardWay.slice(0, 3));
      const field = dialog.getByRole('textbox', { name: 'Phone number' });
      await field.fill('+-------');
      await press(dialog, 'Continue');
      await dialog.getByText('Enter a plus, the country code and the number').waitFor();
      await field.fill('+49 (301) 234-5678');
      await press(dialog, 'Continue');
      await dialog.getByText('We sent six digits to +49 301 2345678.').waitFor();
    });

    it('reports a problem, and leaves with that', async () => {
      const { page, dialog } = await openFresh(stage);
      await press(dialog, signIn, 'Report a problem');
      await dialog.getByLabel('What went wrong?').selectOption('3441045');
      await pressLast(dialog, 'Send report');
      const { callbacks, messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      const { session_id, timestamp, ...told } = messages[0]?.data ?? {};
      assert.equal(messages[0]?.event, 'CANCEL');
      assert.deepEqual(told, {
        error_message: 'This number is not eligible for the platform yet.',
        error_code: '3441045',
      });
      assert.match(`${session_id} ${timestamp}`, /^\w{24} \d{10}$/);
      assert.equal(callbacks[0]?.authResponse, null);
    });

    it('lets the sandbox answer in their place, as the picker on the first screen says', async () => {
      const { page, dialog } = await openFresh(stage);
      await dialog.getByText('Let the sandbox answer').click();
      await dialog.getByLabel('Outcome').selectOption('cancel');
      await dialog.getByLabel('Screen that was left').selectOption('PERMISSIONS');
      await pressLast(dialog, 'Answer now');
      const { messages } = await seenOnce(page, 'callbacks.length === 1 && messages.length === 1');
      assert.deepEqual(messages[0]?.data, { current_step: 'PERMISSIONS' });

      const [second] = await Promise.all([
        page.waitForEvent('popup'),
        page.getByRole('button', { name: 'Connect' }).click(),
      ]);
      await second.getByText('Let the sandbox answer').click();
      await second.getByLabel('Outcome').selectOption('finish');
      await second.getByRole('textbox', { name: 'PIN' }).fill('246810');
      await pressLast(second, 'Answer now');
      const { messages: both } = await seenOnce(page, 'callbacks.length === 2 && messages.length === 2');
      const phone = await find(stage, 'phoneNumbers', both[1]?.data.phone_number_id);
      assert.equal(phone.pin, '246810');
    });
  });
}
