import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { secondPartner } from '../credentials.ts';
import { createSandbox } from '../sandbox.ts';
import { createClient, type GraphAnswer } from '../test/client.ts';

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

async function active(fields: Record<string, string> = {}): Promise<string> {
  const id = String((await create(fields)).body.solution_id);
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

describe('customers of a solution', () => {
  it('share their account with both sides, who get tokens of their own for it', async () => {
    const id = await active();
    const { wabaId, businessId } = await connect('finish', { solutionId: id });
    assert.equal((await second().get(`/v26.0/${wabaId}`)).status, 200);
    const { body } = await second().get(`/v26.0/${id}/access_token?business_id=${businessId}`);
    assert.equal(typeof body.expires_at, 'number');
    const read = await as(String(body.access_token)).get(`/v26.0/${wabaId}/solutions`);
    const [solution] = read.body.data as Record<string, unknown>[];
    assert.deepEqual([solution?.id, solution?.status], [id, 'ACTIVE']);
  });

  it('are told from those who came without one', async () => {
    const id = await active();
    const { token, wabaId, businessId } = await connect();
    const { body } = await owner().get(`/v26.0/${id}/access_token?business_id=${businessId}`);
    assert.match(body.error?.message ?? '', /has not shared a WABA with this Multi-Partner Solution/);
    assert.deepEqual((await as(token).get(`/v26.0/${wabaId}/solutions`)).body, { data: [] });
  });

  it('are worked on with granular tasks by the side that may not send', async () => {
    const id = await active({ owner_permissions: '[]', partner_permissions: '["MESSAGING"]' });
    const { wabaId } = await connect('finish', { solutionId: id });
    const assign = (tasks: string) =>
      owner().post(`/v26.0/${wabaId}/assigned_users`, { user: sandbox.credentials.systemUserId, tasks });
    assert.deepEqual(codeOf(await assign("['MANAGE']")), [200, 1349174]);
    assert.equal((await assign("['MANAGE_BILLING','DEVELOP']")).status, 200);
    const byOther = await second().post(`/v26.0/${wabaId}/assigned_users`, {
      user: secondPartner.systemUserId,
      tasks: "['MANAGE']",
    });
    assert.equal(byOther.status, 200);
  });
});

describe('moving an account into a solution', () => {
  const set = (wabaId: string, migration_intent: string, fields: Record<string, string>) =>
    owner().post(`/v26.0/${wabaId}/set_solution_migration_intent`, { migration_intent, ...fields });
  const solutionsOf = async (wabaId: string) =>
    ((await owner().get(`/${wabaId}/solutions`)).body.data as { id: string }[]).map(({ id }) => id);
  const statusOf = async (id: unknown) => (await owner().get(`/v26.0/${id}`)).body.status;

  it('waits for a yes', async () => {
    const solution_id = await active();
    const { wabaId } = await connect();
    const { body } = await set(wabaId, 'INITIATE_MIGRATION', { solution_id });
    assert.deepEqual([body.success, body.status], [true, 'PENDING']);
    assert.equal(await statusOf(body.migration_intent_id), 'INITIATED');
    assert.deepEqual(codeOf(await set(wabaId, 'INITIATE_MIGRATION', { solution_id })), [100, undefined]);
    await set(wabaId, 'CONFIRM_MIGRATION', { solution_id });
    assert.equal(await statusOf(body.migration_intent_id), 'COMPLETED');
    assert.deepEqual(await solutionsOf(wabaId), [solution_id]);
    assert.equal((await second().get(`/v26.0/${wabaId}`)).status, 200);
  });

  it('can be put off to a time, and called off', async () => {
    const solution_id = await active();
    const { wabaId } = await connect();
    const scheduled_migration_time = new Date(Date.now() + 3_600_000).toISOString();
    const late = { solution_id, scheduled_migration_time };
    const { body } = await set(wabaId, 'SCHEDULE_MIGRATION', late);
    assert.deepEqual([body.status, body.estimated_completion_time], ['SCHEDULED', scheduled_migration_time]);
    await set(wabaId, 'CANCEL_MIGRATION', { solution_id });
    await control('POST', '/clock', { advanceMs: 3_600_000 });
    assert.deepEqual([await statusOf(body.migration_intent_id), await solutionsOf(wabaId)], ['REJECTED', []]);
    const later = new Date(Date.now() + 2 * 3_600_000).toISOString();
    await set(wabaId, 'SCHEDULE_MIGRATION', { solution_id, scheduled_migration_time: later });
    await control('POST', '/clock', { advanceMs: 3_600_000 });
    assert.deepEqual(await solutionsOf(wabaId), [solution_id]);
  });

  it('refuses what is not in use, not there, in the past, or not asked for', async () => {
    const { wabaId } = await connect();
    const waiting = { solution_id: await proposed() };
    assert.deepEqual(codeOf(await set(wabaId, 'INITIATE_MIGRATION', waiting)), [100, undefined]);
    assert.deepEqual(codeOf(await set(wabaId, 'INITIATE_MIGRATION', { solution_id: '1' })), [803, undefined]);
    const solution_id = await active();
    assert.deepEqual(codeOf(await set(wabaId, 'CONFIRM_MIGRATION', { solution_id })), [100, undefined]);
    assert.deepEqual(codeOf(await set(wabaId, 'EMIGRATE', { solution_id })), [100, undefined]);
    const past = { solution_id, scheduled_migration_time: '2020-01-01T00:00:00Z' };
    assert.deepEqual(codeOf(await set(wabaId, 'SCHEDULE_MIGRATION', past)), [100, undefined]);
  });
});
