import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { dayMs } from '../../durations.ts';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { as, connect, control } = createClient(sandbox);
const whatsapp = { messaging_product: 'whatsapp', to: '+1 415-555-0199' };
const text = { ...whatsapp, type: 'text', text: { body: 'Your bread is ready.' } };

before(() => sandbox.start());
after(() => sandbox.stop());

const connected = () => connect('finish', { registered: true, funded: true });

const send = ({ token, phoneNumberId }: Customer, body: object, edge = 'messages') =>
  as(token).send('POST', `/v26.0/${phoneNumberId}/${edge}`, body);

const errorOf = async (customer: Customer, body: object) => (await send(customer, body)).body.error;

describe('sending a message', () => {
  it('gives its id and the recipient’s, and remembers what was said', async () => {
    const customer = await connected();
    const { body } = await send(customer, text);
    assert.deepEqual(body.contacts, [{ input: '+1 415-555-0199', wa_id: '14155550199' }]);
    const [message] = body.messages as { id: string }[];
    assert.match(message?.id ?? '', /^wamid\.\S+=*$/);
    const state = (await control('GET', '/state')).body as { messaging: { messages: object[] } };
    const sent = state.messaging.messages.at(-1) as Record<string, unknown>;
    assert.deepEqual([sent.messageId, sent.content], [message?.id, text.text]);
  });

  it('is text where no type is given', async () => {
    const { type: _type, ...untyped } = text;
    assert.equal((await send(await connected(), untyped)).status, 200);
  });

  it('needs a registered number', async () => {
    const error = await errorOf(await connect(), text);
    assert.deepEqual([error?.code, error?.message], [133010, '(#133010) Account not registered']);
  });

  it('refuses what is missing or wrong, and says where', async () => {
    const customer = await connected();
    const messageOf = async (body: object) => (await errorOf(customer, body))?.message;
    assert.equal(await messageOf({ to: '1' }), '(#100) The parameter messaging_product is required.');
    assert.equal(await messageOf({ ...whatsapp, type: 'text' }), '(#100) The parameter text is required.');
    assert.equal(await messageOf({ ...text, text: {} }), "(#100) The parameter text['body'] is required.");
    assert.equal(
      await messageOf({ ...text, text: { body: 'x', colour: 'red' } }),
      '(#100) Unexpected key "colour" on param "text".',
    );
    assert.match(
      (await messageOf({ ...text, type: 'smoke' })) ?? '',
      /Param type must be one of \{text, image/,
    );
    assert.match(
      (await messageOf({
        ...whatsapp,
        type: 'image',
        image: { id: '1', link: 'https://a.example/b.png' },
      })) ?? '',
      /either an id or a link/,
    );
    assert.equal(
      await messageOf({ ...whatsapp, type: 'contacts', contacts: [{}] }),
      "(#100) The parameter contacts[0]['name'] is required.",
    );
    assert.equal((await errorOf(customer, { ...whatsapp, type: 'image', image: { id: '1' } }))?.code, 131009);
  });

  it('refuses to write to itself, and to a group of another number', async () => {
    const customer = await connected();
    const { body } = await as(customer.token).get(`/v26.0/${customer.phoneNumberId}`);
    assert.equal((await errorOf(customer, { ...text, to: body.display_phone_number }))?.code, 131021);
    assert.equal((await errorOf(customer, { ...text, recipient_type: 'group', to: '1' }))?.code, 100);
  });

  it('refuses a template that is not there', async () => {
    const template = { name: 'spring_sale', language: { code: 'en_US' } };
    const error = await errorOf(await connected(), { ...whatsapp, type: 'template', template });
    assert.equal(error?.code, 132001);
    const marketing = await send(
      await connected(),
      { ...whatsapp, type: 'text', text: { body: 'Hello' } },
      'marketing_messages',
    );
    assert.match(marketing.body.error?.message ?? '', /Param type must be one of \{template\}/);
  });

  it('sends a template once it is approved, filled as it asks, and paid for', async () => {
    const customer = await connect('finish', { registered: true });
    const { wabaId, token } = customer;
    const happens = (what: string) => control('POST', '/accounts', { wabaId, happens: what });
    await as(token).send('POST', `/v26.0/${wabaId}/message_templates`, {
      name: 'order_update',
      language: 'en_US',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Order {{1}} is ready.', example: { body_text: [['5']] } }],
    });
    const message = (values: string[]) => ({
      ...whatsapp,
      type: 'template',
      template: {
        name: 'order_update',
        language: { code: 'en_US' },
        components: [{ type: 'body', parameters: values.map((value) => ({ type: 'text', text: value })) }],
      },
    });
    assert.equal((await errorOf(customer, message(['7'])))?.code, 132001);
    await happens('template-approved');
    assert.equal((await errorOf(customer, message([])))?.code, 132000);
    const fate = async () => {
      const { messages } = (await send(customer, message(['7']))).body as {
        messages: { message_status: string }[];
      };
      assert.equal(messages[0]?.message_status, 'accepted');
      const path = `/v26.0/${customer.phoneNumberId}/message_history?fields=events`;
      const [latest] = (await as(token).get(path)).body.data as {
        events: { data: { delivery_status: string; error_description?: string }[] };
      }[];
      const [event] = latest?.events.data ?? [];
      return [event?.delivery_status, event?.error_description];
    };
    assert.deepEqual(await fate(), ['FAILED', '(#131042) Business eligibility payment issue']);
    await happens('payment-added');
    assert.deepEqual(await fate(), ['SENT', undefined]);
    await happens('template-paused');
    assert.equal((await errorOf(customer, message(['7'])))?.code, 132015);
  });

  it('refuses the number of an account that is banned', async () => {
    const customer = await connected();
    await control('POST', '/accounts', { wabaId: customer.wabaId, happens: 'banned' });
    assert.equal((await errorOf(customer, text))?.code, 131031);
  });

  it('needs the messaging permission, as managing needs the other', async () => {
    const asks = async (permission: string) => {
      await control('POST', '/app', { asksFor: [permission] });
      const { token, phoneNumberId, wabaId } = await connected();
      const { get } = as(token);
      const codeOf = async (path: string) => (await get(`/v26.0/${path}`)).body.error?.code;
      return [
        await codeOf(`${phoneNumberId}/message_history`),
        await codeOf(`${phoneNumberId}?fields=message_history`),
        await codeOf(`${wabaId}/flows`),
        await codeOf(`${phoneNumberId}/whatsapp_commerce_settings`),
      ];
    };
    assert.deepEqual(await asks('whatsapp_business_management'), [200, 200, undefined, undefined]);
    assert.deepEqual(await asks('whatsapp_business_messaging'), [undefined, undefined, 200, 200]);
    await control('POST', '/app', {
      asksFor: ['whatsapp_business_management', 'whatsapp_business_messaging'],
    });
  });

  it('opens a Flow that is published', async () => {
    const customer = await connected();
    const { post } = as(customer.token);
    const { id } = (
      await post(`/v26.0/${customer.wabaId}/flows`, { name: 'Orders', categories: '["OTHER"]' })
    ).body;
    const opening = {
      ...whatsapp,
      type: 'interactive',
      interactive: {
        type: 'flow',
        body: { text: 'Order here' },
        action: { name: 'flow', parameters: { flow_id: id } },
      },
    };
    assert.equal((await errorOf(customer, opening))?.code, 131009);
    await post(`/v26.0/${String(id)}/publish`);
    assert.equal((await send(customer, opening)).status, 200);
  });
});

describe('the history of messages', () => {
  it('lists the newest first, with what became of each', async () => {
    const customer = await connected();
    await send(customer, text);
    const { messages } = (await send(customer, text)).body as { messages: { id: string }[] };
    const path = `/v26.0/${customer.phoneNumberId}/message_history`;
    const { get } = as(customer.token);
    const all = (await get(path)).body.data as { id: string; message_id: string }[];
    assert.equal(all.length, 2);
    assert.equal(all[0]?.message_id, messages[0]?.id);
    const one = (await get(`${path}?message_id=${messages[0]?.id}`)).body.data as object[];
    assert.equal(one.length, 1);
    const events = async (query = '') => (await get(`/v26.0/${all[0]?.id}/events${query}`)).body;
    const [event] = (await events()).data as { node: Record<string, unknown> }[];
    assert.equal(event?.node.delivery_status, 'SENT');
    assert.deepEqual(event?.node.application, { id: sandbox.credentials.appId, name: 'Sandbox App' });
    assert.deepEqual((await events('?status_filter=FAILED')).data, []);
    assert.equal((await events('?status_filter=LOST')).error?.code, 100);
  });
});

describe('calling someone', () => {
  const offer = { sdp_type: 'offer', sdp: 'v=0' };
  const callWith = (customer: Customer, more: object) =>
    send(customer, { messaging_product: 'whatsapp', ...more }, 'calls');
  const permission = async ({ token, phoneNumberId }: Customer) =>
    (await as(token).get(`/v26.0/${phoneNumberId}/call_permissions?user_wa_id=14155550199`)).body as {
      permission: { status: string };
      actions: { can_perform_action: boolean; limits: { current_usage: number }[] }[];
    };
  const says = ({ phoneNumberId }: Customer, does: string) =>
    control('POST', '/whatsapp-user', { phoneNumberId, waId: '14155550199', does });

  it('needs their permission, which ends after a week', async () => {
    const customer = await connected();
    const connectCall = () => callWith(customer, { to: '14155550199', action: 'connect', session: offer });
    assert.equal((await connectCall()).body.error?.code, 138006);
    await says(customer, 'allow-calls');
    assert.equal((await permission(customer)).permission.status, 'temporary');
    const { calls } = (await connectCall()).body as { calls: { id: string }[] };
    const end = () => callWith(customer, { call_id: calls[0]?.id, action: 'terminate' });
    assert.equal((await end()).body.success, true);
    assert.equal((await end()).body.error?.code, 100);
    await control('POST', '/clock', { advanceMs: 7 * dayMs });
    assert.equal((await permission(customer)).permission.status, 'no_permission');
    await says(customer, 'always-allow-calls');
    assert.equal((await connectCall()).status, 200);
    await says(customer, 'refuse-calls');
    assert.equal((await connectCall()).body.error?.code, 138006);
  });

  it('asks for it once a day', async () => {
    const customer = await connected();
    const ask = () =>
      send(customer, {
        ...whatsapp,
        type: 'interactive',
        interactive: { type: 'call_permission_request', action: { name: 'call_permission_request' } },
      });
    assert.equal((await ask()).status, 200);
    assert.equal((await ask()).body.error?.code, 138009);
    const [asking] = (await permission(customer)).actions;
    assert.equal(asking?.can_perform_action, false);
    assert.deepEqual(
      asking?.limits.map((limit) => limit.current_usage),
      [1, 1],
    );
  });

  it('refuses an unregistered number and a call without an offer', async () => {
    const unregistered = await connect();
    const attempt = { to: '14155550199', action: 'connect' };
    assert.equal((await callWith(unregistered, { ...attempt, session: offer })).body.error?.code, 133010);
    assert.match(
      (await callWith(await connected(), attempt)).body.error?.message ?? '',
      /session is required/,
    );
  });

  it('names the field that a control of it lacks', async () => {
    const customer = await connected();
    const { status, body } = await says(customer, 'sing');
    assert.deepEqual([status, (body as { error: { field: string } }).error.field], [400, 'does']);
    const stranger = await says({ ...customer, phoneNumberId: '1' }, 'allow-calls');
    assert.equal((stranger.body as { error: { field: string } }).error.field, 'phoneNumberId');
  });
});

it('lets people into a group by its link, or by the business’s word', async () => {
  const { token, phoneNumberId } = await connected();
  const { send: call, get } = as(token);
  const product = { messaging_product: 'whatsapp' };
  const path = `/v26.0/${phoneNumberId}/groups`;
  await call('POST', path, { ...product, subject: 'Regulars', join_approval_mode: 'approval_required' });
  const [group] = ((await get(path)).body.data as { groups: { id: string }[] }).groups;
  const join = () =>
    control('POST', '/whatsapp-user', {
      phoneNumberId,
      waId: '14155550199',
      does: 'join-group',
      groupId: group?.id,
    });
  assert.equal((await join()).status, 200);
  assert.equal((await join()).status, 400);
  const requests = `/v26.0/${group?.id}/join_requests`;
  const [request] = (await get(requests)).body.data as { join_request_id: string; wa_id: string }[];
  assert.equal(request?.wa_id, '14155550199');
  const { body } = await call('POST', requests, { ...product, join_requests: [request?.join_request_id] });
  assert.deepEqual(body, { ...product, approved_join_requests: [request?.join_request_id] });
  assert.deepEqual((await get(`/v26.0/${group?.id}`)).body.participants, [{ wa_id: '14155550199' }]);
  assert.deepEqual((await get(requests)).body, { data: [] });
});
