import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { createClient } from '../test/client.ts';
import { createReceiver } from '../test/receiver.ts';
import type { Delivery } from './deliver.ts';

const sandbox = createSandbox();
const { control, as, connect } = createClient(sandbox);
let receiver: Awaited<ReturnType<typeof createReceiver>>;

before(async () => {
  await sandbox.start();
  receiver = await createReceiver();
});
after(async () => {
  await sandbox.stop();
  await receiver.close();
});
beforeEach(async () => {
  const { appId, appSecret } = sandbox.credentials;
  const { status } = await as(`${appId}|${appSecret}`).post(`/v26.0/${appId}/subscriptions`, {
    object: 'whatsapp_business_account',
    callback_url: receiver.url,
    verify_token: 'mine',
    fields: 'account_update,messages,phone_number_quality_update,smb_app_state_sync,history,security',
  });
  assert.equal(status, 200);
});
afterEach(async () => {
  receiver.answers(200);
  await control('POST', '/reset');
  receiver.received.length = 0;
});

interface Status {
  id: string;
  status: string;
  errors?: { code: number }[];
}

/** What has come since the last call, once all that is under way has come. */
async function told() {
  await control('POST', '/clock', { advanceMs: 0 });
  const { appSecret } = sandbox.credentials;
  return receiver.received.splice(0).map((delivery) => {
    assert.ok(delivery.isSigned(appSecret));
    const [entry] = delivery.json.entry;
    return { id: entry.id, path: delivery.path, ...entry.changes[0] };
  });
}

const webhooks = async () => ((await control('GET', '/state')).body as { webhooks: Delivery[] }).webhooks;

describe('from signup to the end', () => {
  it('the partner is told of the account, then of its number, then that it lost it', async () => {
    const { token, wabaId, phoneNumberId } = await connect();
    const [added] = await told();
    assert.deepEqual(
      [added?.id, added?.value.event, added?.value.waba_info.waba_id],
      [sandbox.credentials.businessId, 'PARTNER_ADDED', wabaId],
    );
    await as(token).post(`/v26.0/${wabaId}/subscribed_apps`);
    await as(token).post(`/v26.0/${phoneNumberId}/register`, {
      messaging_product: 'whatsapp',
      pin: '123456',
    });
    const [onboarding] = await told();
    assert.deepEqual([onboarding?.id, onboarding?.value.event], [wabaId, 'ONBOARDING']);
    await control('POST', '/accounts', { wabaId, happens: 'removed' });
    assert.equal((await told())[0]?.value.event, 'PARTNER_REMOVED');
    const { body } = await as(token).get(`/v26.0/${wabaId}`);
    assert.deepEqual([body.error?.code, body.error?.error_subcode], [100, 33]);
    const system = as(sandbox.credentials.systemUserToken);
    assert.equal((await system.get(`/v26.0/${wabaId}`)).body.error?.error_subcode, 33);
  });

  it('an app that is uninstalled is left with a dead token', async () => {
    const { token, wabaId } = await connect();
    await control('POST', '/accounts', { wabaId, happens: 'uninstalled' });
    assert.equal((await told()).at(-1)?.value.event, 'PARTNER_APP_UNINSTALLED');
    const { body } = await as(token).get(`/v26.0/${wabaId}`);
    assert.deepEqual([body.error?.code, body.error?.error_subcode], [190, 458]);
  });

  it('what became of a message is told: it was sent, or not for want of a payment method', async () => {
    const statusOf = async (funded: boolean) => {
      const { token, wabaId, phoneNumberId } = await connect('finish', { registered: true, funded });
      await as(token).post(`/v26.0/${wabaId}/subscribed_apps`);
      await as(token).post(`/v26.0/${wabaId}/message_templates`, {
        name: 'hello',
        language: 'en_US',
        category: 'UTILITY',
        components: '[{"type":"BODY","text":"Your order is ready."}]',
      });
      await control('POST', '/accounts', { wabaId, happens: 'template-approved' });
      await told();
      const { body } = await as(token).post(`/v26.0/${phoneNumberId}/messages`, {
        messaging_product: 'whatsapp',
        to: '14155550199',
        type: 'template',
        template: '{"name":"hello","language":{"code":"en_US"}}',
      });
      const [{ field, value }] = (await told()) as [{ field: string; value: { statuses: Status[] } }];
      const [status] = value.statuses;
      assert.equal(field, 'messages');
      assert.equal(status?.id, (body.messages as { id: string }[])[0]?.id);
      return [status?.status, status?.errors?.[0]?.code];
    };
    assert.deepEqual(await statusOf(true), ['sent', undefined]);
    assert.deepEqual(await statusOf(false), ['failed', 131042]);
  });

  it('message traffic goes to the account’s override, and nothing else does', async () => {
    const { token, wabaId } = await connect();
    await as(token).post(`/v26.0/${wabaId}/subscribed_apps`);
    const { status } = await as(token).post(`/v26.0/${wabaId}/subscribed_apps`, {
      override_callback_uri: `${receiver.url}/customer`,
      verify_token: 'theirs',
    });
    assert.equal(status, 200);
    await told();
    await control('POST', '/webhooks', { field: 'messages', wabaId });
    await control('POST', '/accounts', { wabaId, happens: 'banned' });
    assert.deepEqual(
      (await told()).map(({ field, path }) => [field, path]),
      [
        ['messages', '/webhook/customer'],
        ['account_update', '/webhook'],
      ],
    );
  });
});

describe('over HTTP', () => {
  it('retries happen while the clock moves, and are done when it answers', async () => {
    receiver.answers(500);
    await connect();
    await told();
    assert.equal((await webhooks())[0]?.delivered, false);
    await control('POST', '/clock', { advanceMs: 15_000 });
    receiver.answers(200);
    await control('POST', '/clock', { advanceMs: 30_000 });
    const [delivery] = await webhooks();
    assert.deepEqual(
      delivery?.attempts.map(({ status }) => status),
      [500, 500, 200],
    );
    assert.deepEqual((await control('GET', '/webhooks')).body, await webhooks());
  });

  it('reset forgets what was to be tried again', async () => {
    receiver.answers(500);
    await connect();
    await told();
    await control('POST', '/reset');
    assert.deepEqual(await webhooks(), []);
    await control('POST', '/clock', { advanceMs: 86_400_000 });
    assert.equal(receiver.received.length, 0);
  });

  it('stop breaks off what is under way', async () => {
    const other = createSandbox();
    await other.start();
    const endpoint = await createReceiver();
    endpoint.answers('never');
    const sending = other.control('webhooks', { field: 'account_update', value: {}, url: endpoint.url });
    await endpoint.waitFor(1);
    await other.stop();
    const { deliveries } = (await sending) as { deliveries: { status: number | null; error: string }[] };
    assert.deepEqual([deliveries[0]?.status, deliveries[0]?.error], [null, 'broken off']);
    await endpoint.close();
  });
});

it('a test’s own fetch is what calls out', async () => {
  const called: string[] = [];
  const own = createSandbox({
    fetch: async (input) => {
      called.push(String(input));
      return new Response(null, { status: 200 });
    },
  });
  await own.control('webhooks', { field: 'messages', value: {}, url: 'https://example.com/hook' });
  await own.control('signed-request', { url: 'https://example.com/deauthorize' });
  assert.deepEqual(called, ['https://example.com/hook', 'https://example.com/deauthorize']);
});
