import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fixedCredentials } from '../credentials.ts';
import { createHooks } from '../test/hooks.ts';
import { createReceiver } from '../test/receiver.ts';
import { exampleFields } from '../webhooks/examples.ts';

const { appId, appSecret, businessId } = fixedCredentials;

let hooks: Awaited<ReturnType<typeof createHooks>>;

beforeEach(async () => {
  hooks = await createHooks();
  hooks.subscribeApp(['account_update', 'messages', 'security', 'history', 'account_review_update']);
});
afterEach(() => hooks.close());

const send = (body: unknown) => hooks.control('/webhooks', body);

describe('sending a webhook', () => {
  it('goes to whoever is subscribed, and says what came of it', async () => {
    const { waba } = await hooks.connect();
    const { status, body } = await send({
      field: 'account_review_update',
      value: { decision: 'APPROVED' },
      wabaId: waba.id,
    });
    assert.equal(status, 200);
    const [delivery] = body.deliveries;
    assert.deepEqual(
      [delivery.url, delivery.status, delivery.signature, delivery.appId, delivery.level],
      [hooks.receiver.url, 200, 'good', appId, 'app'],
    );
    assert.equal(delivery.body, hooks.receiver.received[0]?.body);
    assert.deepEqual(await hooks.told(), [
      { id: waba.id, time: 1_795_000_000, field: 'account_review_update', value: { decision: 'APPROVED' } },
    ]);
  });

  it('says why nobody got it', async () => {
    const { waba } = await hooks.connect('finish', { subscribed: false });
    const note = async (request: object) => {
      const { status, body } = await send(request);
      assert.deepEqual([status, body.deliveries], [200, []]);
      return body.note;
    };
    assert.match(
      await note({ field: 'messages', value: {}, wabaId: waba.id }),
      /not subscribed to the account/,
    );
    assert.match(await note({ field: 'calls', value: {} }), /not subscribed to the field calls/);
    hooks.app.subscriptions.clear();
    assert.match(await note({ field: 'messages', value: {} }), /no webhook subscription/);
    assert.match(await note({ raw: '{}' }), /No app has a webhook subscription/);
  });

  it('needs no account, as the test button of the dashboard does not, and takes one of elsewhere', async () => {
    await send({ field: 'account_update', value: { event: 'ACCOUNT_DELETED' } });
    await send({ field: 'account_update', value: { event: 'ACCOUNT_DELETED' }, wabaId: '77' });
    assert.deepEqual(
      (await hooks.told()).map(({ id }) => id),
      ['0', '77'],
    );
  });

  it('has the partner’s business in the entry of what concerns the partnership', async () => {
    const { waba } = await hooks.connect();
    await send({ field: 'account_update', value: { event: 'PARTNER_ADDED', waba_info: { waba_id: '5' } } });
    await send({ field: 'account_update', event: 'PARTNER_REMOVED', wabaId: waba.id });
    const told = await hooks.told();
    assert.deepEqual(
      told.map(({ id, value }) => [id, value.waba_info.waba_id]),
      [
        [businessId, '5'],
        [businessId, waba.id],
      ],
    );
  });

  it('fills the field’s example with what is there', async () => {
    const { waba, phone } = await hooks.connect();
    await send({ field: 'messages' });
    await send({ field: 'history', event: 'declined', wabaId: waba.id, phoneNumberId: phone.id });
    const [message, history] = await hooks.told();
    assert.deepEqual(message?.value.metadata, {
      display_phone_number: phone.displayNumber.replace(/\D/g, ''),
      phone_number_id: phone.id,
    });
    assert.deepEqual([message?.id, message?.time], [waba.id, undefined]);
    assert.equal(history?.value.history[0].errors[0].code, 2593109);
  });

  it('sends bytes as they are, signed, and an object as Meta writes it', async () => {
    await send({ raw: 'not { JSON ä' });
    await send({ raw: { name: 'ä/' } });
    await send({ raw: '{}', field: 'messages' });
    const { received } = hooks.receiver;
    assert.deepEqual(
      received.map(({ body }) => body),
      ['not { JSON ä', '{"name":"\\u00e4\\/"}', '{}'],
    );
    assert.ok(received.every((delivery) => delivery.isSigned(appSecret)));
  });

  it('comes several times, and in another order, on request', async () => {
    const value = (name: string) => ({ field: 'account_update', value: { event: name } });
    await send({ ...value('A'), duplicates: 2 });
    assert.deepEqual((await hooks.told()).length, 3);
    const { body } = await send({
      deliveries: [{ ...value('A'), duplicates: 1 }, value('B'), value('C')],
      reorder: true,
    });
    assert.equal(body.deliveries.length, 4);
    assert.deepEqual(
      (await hooks.told()).map((change) => change.value.event),
      ['C', 'B', 'A', 'A'],
    );
  });

  it('is signed wrongly on request', async () => {
    for (const signature of ['bad', 'other-secret', 'malformed', 'missing', 'sha1-only']) {
      const { body } = await send({ field: 'account_update', value: {}, signature });
      assert.equal(body.deliveries[0].signature, signature);
      assert.equal(hooks.receiver.received.at(-1)?.isSigned(appSecret), false, signature);
    }
  });

  it('goes to an address whatever is subscribed', async () => {
    hooks.app.subscriptions.clear();
    const url = `${hooks.receiver.url}/elsewhere`;
    const { body } = await send({ field: 'flows', value: {}, url });
    assert.deepEqual([body.deliveries[0].url, body.deliveries[0].level], [url, 'given']);
    assert.equal(hooks.receiver.received[0]?.path, '/webhook/elsewhere');
    assert.ok(hooks.receiver.received[0]?.isSigned(appSecret));
  });

  it('is tried again as any other', async () => {
    hooks.receiver.answers(500);
    const { body } = await send({ field: 'account_update', value: {} });
    assert.deepEqual([body.deliveries[0].status, body.deliveries[0].delivered], [500, false]);
    hooks.receiver.answers(200);
    await hooks.world.clock.advance(15_000);
    assert.equal(hooks.receiver.received.length, 2);
    assert.equal(hooks.webhooks.list[0]?.delivered, true);
  });
});

describe('what cannot be sent', () => {
  const cases: [unknown, string][] = [
    [{}, 'field'],
    [{ field: '' }, 'field'],
    [{ field: 'messages', wabaId: 'nine' }, 'wabaId'],
    [{ field: 'account_review_update' }, 'wabaId'],
    [{ field: 'flows' }, 'value'],
    [{ field: 'account_update', event: 'PARTY' }, 'event'],
    [{ field: 'messages', value: {}, signature: 'nice' }, 'signature'],
    [{ field: 'messages', value: {}, url: 'http://example.com/' }, 'url'],
    [{ field: 'messages', value: {}, url: 'http://127.0.0.1/', appId: '5' }, 'appId'],
    [{ field: 'messages', value: {}, duplicates: -1 }, 'duplicates'],
    [{ raw: 5 }, 'raw'],
    [{ deliveries: [] }, 'deliveries'],
    [{ deliveries: [{ value: {} }] }, 'deliveries.0.field'],
    [{ field: 'messages', deliveries: [{ field: 'messages', value: {} }] }, 'deliveries'],
    [{ field: 'messages', value: {}, colour: 'red' }, 'colour'],
  ];
  for (const [input, field] of cases) {
    it(`${JSON.stringify(input)} names ${field}`, async () => {
      const { status, body } = await send(input);
      assert.deepEqual([status, body.error?.field], [400, field]);
      assert.match(body.error.message, new RegExp(`^"${field.replaceAll('.', '\\.')}" .+\\.$`));
      assert.deepEqual(hooks.receiver.received, []);
    });
  }

  it('is told which events the field has', async () => {
    await hooks.connect();
    const { body } = await send({ field: 'account_update', event: 'PARTY' });
    assert.ok(body.error.allowed.includes('ACCOUNT_OFFBOARDED'));
  });
});

it('a field without an example names those that have one', async () => {
  const { body } = await send({ field: 'flows' });
  assert.deepEqual(body.error.allowed, exampleFields);
  assert.ok(body.error.message.includes(exampleFields.join(', ')));
});

describe('what was sent', () => {
  it('is listed with its attempts, and forgotten on reset', async () => {
    await send({ field: 'account_update', value: { event: 'X' } });
    const [delivery] = hooks.webhooks.list;
    assert.deepEqual(delivery?.attempts, [{ at: '2026-11-18T11:06:40.000Z', status: 200 }]);
    await hooks.control('/reset', {});
    assert.deepEqual(hooks.webhooks.list, []);
  });
});

describe('the callbacks of App Review', () => {
  it('get a signed request, as a form', async () => {
    const { waba } = await hooks.connect();
    hooks.receiver.answers(200);
    const { status, body } = await hooks.control('/signed-request', {
      url: hooks.receiver.url,
      wabaId: waba.id,
    });
    assert.deepEqual([status, body.status], [200, 200]);
    const [delivery] = hooks.receiver.received;
    assert.match(String(delivery?.headers['content-type']), /^application\/x-www-form-urlencoded/);
    const text = new URLSearchParams(delivery?.body).get('signed_request') ?? '';
    const [signature, payload = ''] = text.split('.');
    assert.equal(signature, createHmac('sha256', appSecret).update(payload).digest('base64url'));
    const userId = hooks.world.businesses.get(waba.businessId)?.installs.get(appId)?.userId;
    assert.deepEqual(JSON.parse(Buffer.from(payload, 'base64url').toString()), {
      user_id: userId,
      algorithm: 'HMAC-SHA256',
      issued_at: 1_795_000_000,
    });
  });

  it('have no answer where nobody listens, which names the address and the cause', async () => {
    const gone = await createReceiver();
    await gone.close();
    const expected = { url: gone.url, status: null, error: 'ECONNREFUSED' };
    assert.deepEqual((await hooks.control('/signed-request', { url: gone.url })).body, expected);
    const { body } = await send({ field: 'messages', value: {}, url: gone.url });
    const [{ url, status, error }] = body.deliveries;
    assert.deepEqual({ url, status, error }, expected);
  });

  it('need an address that may be called', async () => {
    const { status, body } = await hooks.control('/signed-request', { url: 'http://example.com' });
    assert.deepEqual([status, body.error.field], [400, 'url']);
  });
});
