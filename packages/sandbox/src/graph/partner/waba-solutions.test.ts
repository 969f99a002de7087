import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { secondPartner } from '../../credentials.ts';
import { createSandbox } from '../../sandbox.ts';
import { createClient, type GraphAnswer } from '../../test/client.ts';

const sandbox = createSandbox();
const { control, connect, as } = createClient(sandbox);
const owner = () => as(sandbox.credentials.systemUserToken);
const second = () => as(secondPartner.systemUserToken);

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

async function proposed(fields: Record<string, string> = {}): Promise<string> {
  const { body } = await owner().post(`/v26.0/${sandbox.credentials.appId}/whatsapp_business_solution`, {
    solution_name: 'Bread and Messages',
    partner_app_id: secondPartner.appId,
    owner_permissions: '["MESSAGING"]',
    partner_permissions: '[]',
    ...fields,
  });
  return String(body.solution_id);
}

async function active(fields: Record<string, string> = {}): Promise<string> {
  const id = await proposed(fields);
  await second().post(`/v26.0/${id}/accept`, { partner_app_id: secondPartner.appId });
  return id;
}

const codeOf = ({ body }: GraphAnswer) => [body.error?.code, body.error?.error_subcode];

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
