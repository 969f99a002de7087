import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { secondPartner } from '../../credentials.ts';
import { createSandbox } from '../../sandbox.ts';
import { createClient, type GraphAnswer } from '../../test/client.ts';
import { createReceiver } from '../../test/receiver.ts';

const sandbox = createSandbox();
const { control, connect, as } = createClient(sandbox);
const owner = () => as(sandbox.credentials.systemUserToken);
const second = () => as(secondPartner.systemUserToken);

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

const create = (fields: Record<string, string> = {}) =>
  owner().post(`/v26.0/${sandbox.credentials.appId}/whatsapp_business_solution`, {
    solution_name: 'Bread and Messages',
    partner_app_id: secondPartner.appId,
    owner_permissions: '["MESSAGING"]',
    partner_permissions: '[]',
    ...fields,
  });

async function proposed(): Promise<string> {
  return String((await create()).body.solution_id);
}

async function active(): Promise<string> {
  const id = await proposed();
  await second().post(`/v26.0/${id}/accept`, { partner_app_id: secondPartner.appId });
  return id;
}

async function stateOf(id: string): Promise<unknown[]> {
  const { body } = await owner().get(`/v26.0/${id}`);
  return [body.status, body.status_for_pending_request];
}

const codeOf = ({ body }: GraphAnswer) => [body.error?.code, body.error?.error_subcode];

describe('making a solution', () => {
  it('invites the other app, and both see it in their lists', async () => {
    const id = await proposed();
    assert.deepEqual(await stateOf(id), ['INITIATED', 'PENDING_ACTIVATION']);
    const lists = async (call: typeof owner, appId: string, role: string) => {
      const { body } = await call().get(`/v26.0/${appId}/whatsapp_business_solutions?role=${role}`);
      return (body.data as { id: string }[]).map((solution) => solution.id);
    };
    const { appId } = sandbox.credentials;
    assert.deepEqual(await lists(owner, appId, 'OWNER'), [id]);
    assert.deepEqual(await lists(owner, appId, 'PARTNER'), []);
    assert.deepEqual(await lists(second, secondPartner.appId, 'PARTNER'), [id]);
  });

  it('tells what each side gets', async () => {
    const { body } = await second().get(
      `/v26.0/${await proposed()}?fields=name,owner_app{id},owner_permissions,partners{partner_permissions,partner_app}`,
    );
    assert.equal(body.name, 'Bread and Messages');
    assert.deepEqual(body.owner_app, { id: sandbox.credentials.appId });
    assert.ok((body.owner_permissions as string[]).includes('MESSAGING'));
    const { data } = body.partners as {
      data: { partner_app: { id: string }; partner_permissions: string[] }[];
    };
    assert.equal(data[0]?.partner_app.id, secondPartner.appId);
    assert.equal(data[0]?.partner_permissions.includes('MESSAGING'), false);
    assert.equal(data[0]?.partner_permissions.includes('MANAGE_TEMPLATES'), true);
  });

  it('lets exactly one side send messages', async () => {
    const both = await create({ partner_permissions: '["MESSAGING"]' });
    assert.match(both.body.error?.message ?? '', /Invalid Permissions for either of the partners/);
    assert.deepEqual(codeOf(await create({ owner_permissions: '[]' })), [100, undefined]);
    assert.equal((await create({ owner_permissions: '', partner_permissions: '["MESSAGING"]' })).status, 200);
    assert.deepEqual(codeOf(await create({ owner_permissions: '["MANAGE"]' })), [100, undefined]);
  });

  it('refuses partners that are no app, or the app itself, and callers that are not the partner', async () => {
    for (const partner_app_id of ['1', sandbox.credentials.appId, '']) {
      assert.deepEqual(codeOf(await create({ partner_app_id })), [100, undefined]);
    }
    const path = `/v26.0/${sandbox.credentials.appId}/whatsapp_business_solutions`;
    const { token } = await connect();
    assert.deepEqual(codeOf(await as(token).get(path)), [10, undefined]);
    assert.deepEqual(codeOf(await second().get(path)), [100, 33]);
    assert.deepEqual(codeOf(await owner().get('/v26.0/12345/accept')), [100, 33]);
  });
});

describe('answering the invitation', () => {
  it('makes it active, once', async () => {
    const id = await proposed();
    const { body } = await second().post(`/v26.0/${id}/accept`, { partner_app_id: secondPartner.appId });
    assert.deepEqual([body.success, body.partner_status, body.solution_id], [true, 'ACCEPTED', id]);
    assert.deepEqual(await stateOf(id), ['ACTIVE', 'NONE']);
    assert.deepEqual(codeOf(await second().post(`/v26.0/${id}/accept`)), [100, 2207051]);
  });

  it('is for the invited app, and nobody else', async () => {
    const id = await proposed();
    assert.deepEqual(codeOf(await owner().post(`/v26.0/${id}/accept`)), [200, 1349175]);
    const wrong = await second().post(`/v26.0/${id}/accept`, { partner_app_id: '1' });
    assert.deepEqual(codeOf(wrong), [200, 1349175]);
    const { token } = await connect();
    assert.deepEqual(codeOf(await as(token).post(`/v26.0/${id}/accept`)), [10, undefined]);
    assert.deepEqual(await stateOf(id), ['INITIATED', 'PENDING_ACTIVATION']);
  });

  it('can be a no', async () => {
    const id = await proposed();
    const { body } = await second().post(`/v26.0/${id}/reject`, { request_type: 'PARTNERSHIP_REQUEST' });
    assert.deepEqual([body.success, body.rejected_request_type], [true, 'PARTNERSHIP_REQUEST']);
    assert.deepEqual(await stateOf(id), ['REJECTED', 'NONE']);
    assert.deepEqual(codeOf(await second().post(`/v26.0/${id}/reject`)), [100, undefined]);
    assert.deepEqual(codeOf(await second().post(`/v26.0/${id}/accept`)), [100, 2207051]);
    assert.deepEqual(codeOf(await second().post(`/v26.0/${id}/reject`, { request_type: 'ALL' })), [
      100,
      undefined,
    ]);
  });
});

describe('ending a solution', () => {
  const ask = (id: string, call = owner) =>
    call().post(`/v26.0/${id}/send_deactivation_request`, { reason: 'We part as friends' });

  it('takes the owner’s request and the partner’s yes', async () => {
    const id = await active();
    assert.equal((await ask(id)).body.success, true);
    assert.deepEqual(await stateOf(id), ['ACTIVE', 'PENDING_DEACTIVATION']);
    assert.deepEqual(codeOf(await owner().post(`/v26.0/${id}/accept_deactivation_request`)), [200, 1349174]);
    const { body } = await second().post(`/v26.0/${id}/accept_deactivation_request`);
    assert.deepEqual([body.id, body.status, body.status_for_pending_request], [id, 'DEACTIVATED', 'NONE']);
    assert.match((await ask(id)).body.error?.message ?? '', /Current status: DEACTIVATED/);
  });

  it('goes on where the partner says no, in either way', async () => {
    const id = await active();
    await ask(id);
    const { body } = await second().post(`/v26.0/${id}/reject_deactivation_request`, {
      reject_deactivation_request: 'true',
    });
    assert.deepEqual([body.status, body.status_for_pending_request], ['ACTIVE', 'NONE']);
    await ask(id);
    await second().post(`/v26.0/${id}/reject`, { request_type: 'DEACTIVATION_REQUEST' });
    assert.deepEqual(await stateOf(id), ['ACTIVE', 'NONE']);
  });

  it('is the owner’s to ask for, while it is active and not asked already', async () => {
    const id = await active();
    assert.deepEqual(codeOf(await ask(id, second)), [200, 1349174]);
    for (const answer of ['accept', 'reject']) {
      const early = await second().post(`/v26.0/${id}/${answer}_deactivation_request`);
      assert.equal(early.body.error?.code, 100);
    }
    await ask(id);
    assert.deepEqual(codeOf(await ask(id)), [100, undefined]);
    assert.deepEqual(codeOf(await ask(await proposed())), [100, undefined]);
  });
});

it('tells both sides of each change by webhook, in the words of these', async () => {
  const receiver = await createReceiver();
  try {
    const appToken = `${secondPartner.appId}|${secondPartner.appSecret}`;
    const subscribed = await as(appToken).post(`/v26.0/${secondPartner.appId}/subscriptions`, {
      object: 'whatsapp_business_account',
      callback_url: receiver.url,
      verify_token: 'second',
      fields: 'partner_solutions',
    });
    assert.equal(subscribed.status, 200);
    const id = await active();
    await owner().post(`/v26.0/${id}/send_deactivation_request`);
    await second().post(`/v26.0/${id}/accept_deactivation_request`);
    await control('POST', '/clock', { advanceMs: 0 });
    const told = receiver.received.map(({ json }) => json.entry[0]);
    assert.deepEqual(told.map((entry) => entry.changes[0].value.solution_status).sort(), [
      'ACTIVE',
      'DEACTIVATED',
      'INITIATED',
      'PENDING_DEACTIVATION',
    ]);
    assert.ok(told.every((entry) => entry.id === secondPartner.businessId));
  } finally {
    await receiver.close();
  }
});
