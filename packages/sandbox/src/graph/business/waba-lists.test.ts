import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { fixedCredentials } from '../../credentials.ts';
import { dayMs } from '../../durations.ts';
import { createGraphWorld } from '../../test/graph-world.ts';
import { createBusiness } from '../../world/make.ts';

const { world, as, connect, systemUserToken } = createGraphWorld();
const path = `/v26.0/${fixedCredentials.businessId}/client_whatsapp_business_accounts`;
const made: { wabaId: string; businessId: string; token: string }[] = [];

before(async () => {
  for (let day = 0; day < 4; day++) {
    made.push(await connect());
    await world.clock.advance(dayMs);
  }
});

async function list(query = '', by = systemUserToken, from = path): Promise<string[]> {
  const { body } = await as(by).get(`${from}${query}`);
  assert.equal(body.error, undefined, body.error?.message);
  return (body.data as { id: string }[]).map(({ id }) => id);
}

const ids = (...places: number[]) => places.map((place) => made[place]?.wabaId ?? '');
const filter = (...conditions: unknown[]) => `?filtering=${encodeURIComponent(JSON.stringify(conditions))}`;

describe('the accounts of customers', () => {
  it('are listed with Meta’s default fields', async () => {
    const { body } = await as(systemUserToken).get(path);
    const [first] = body.data as Record<string, unknown>[];
    assert.deepEqual(Object.keys(first ?? {}).sort(), [
      'currency',
      'id',
      'message_template_namespace',
      'name',
      'timezone_id',
    ]);
    assert.deepEqual(await list(), ids(0, 1, 2, 3));
  });

  it('are sorted by when they were made', async () => {
    assert.deepEqual(await list('?sort=creation_time_descending'), ids(3, 2, 1, 0));
    assert.deepEqual(await list('?sort=creation_time_ascending&limit=2'), ids(0, 1));
    assert.equal((await as(systemUserToken).get(`${path}?sort=name`)).body.error?.code, 100);
  });

  it('are filtered by when they were made, in seconds', async () => {
    const at = (world.wabas.get(made[1]?.wabaId ?? '')?.createdAt ?? 0) / 1000;
    const than = (operator: string, value: unknown) => ({ field: 'creation_time', operator, value });
    assert.deepEqual(await list(filter(than('GREATER_THAN', String(at)))), ids(2, 3));
    assert.deepEqual(await list(filter(than('LESS_THAN', at))), ids(0));
    assert.deepEqual(await list(filter(than('GREATER_THAN', at - 1), than('LESS_THAN', at + 1))), ids(1));
    for (const wrong of [
      than('GREATER_THAN', 'yesterday'),
      than('ABOUT', 1),
      than('EQUAL', at),
      than('GREATER_THAN', ''),
      { field: 'partners', operator: 'EQUAL', value: '1' },
      { ...than('LESS_THAN', 1), field: 'colour' },
      { field: 'creation_time' },
    ]) {
      assert.equal((await as(systemUserToken).get(`${path}${filter(wrong)}`)).body.error?.code, 100);
    }
    assert.equal((await as(systemUserToken).get(`${path}?filtering=soon`)).body.error?.code, 100);
  });

  it('are filtered by the partners that they are shared with', async () => {
    const { businessId } = fixedCredentials;
    const all = (...value: string[]) => filter({ field: 'partners', operator: 'ALL', value });
    assert.deepEqual(await list(all(businessId)), ids(0, 1, 2, 3));
    assert.deepEqual(await list(all(businessId, '1')), []);
  });

  it('are found by their id', async () => {
    assert.deepEqual(await list(`?find=${made[2]?.wabaId}`), ids(2));
    assert.deepEqual(await list('?find=1'), []);
  });

  it('leave out what a customer shared with nobody', async () => {
    const { wabaId, businessId } = await connect({ outcome: 'app-only' });
    assert.equal((await list()).includes(wabaId), false);
    const owned = `/${businessId}/owned_whatsapp_business_accounts`;
    assert.deepEqual(await list('', systemUserToken, owned), []);
  });
});

describe('the accounts of a business', () => {
  it('are those that the token was granted', async () => {
    const first = await connect();
    const second = await connect({ details: { businessId: first.businessId } });
    const owned = `/${first.businessId}/owned_whatsapp_business_accounts`;
    assert.deepEqual(await list('', first.token, owned), [first.wabaId]);
    assert.deepEqual(await list('', second.token, owned), [second.wabaId]);
    assert.deepEqual(await list('', systemUserToken, owned), [first.wabaId, second.wabaId]);
  });

  it('can be read as a field, with fields and a limit of their own', async () => {
    const { body } = await as(systemUserToken).get(
      `/${fixedCredentials.businessId}?fields=name,client_whatsapp_business_accounts.limit(1){id,owner_business_info{name}}`,
    );
    const { data } = body.client_whatsapp_business_accounts as { data: Record<string, unknown>[] };
    const name = world.businesses.get(made[0]?.businessId ?? '')?.name;
    assert.deepEqual(data, [{ id: made[0]?.wabaId, owner_business_info: { name } }]);
  });
});

describe('a business', () => {
  it('is found by its own token and by the partner whom it let in', async () => {
    const [one, other] = [made[0], made[1]];
    assert.ok(one && other);
    const fields = 'fields=name,verification_status,timezone_id,created_time,vertical,link,primary_page';
    for (const token of [one.token, systemUserToken]) {
      const { body } = await as(token).get(`/${one.businessId}?${fields}`);
      assert.equal(body.id, one.businessId);
      assert.equal(body.verification_status, 'not_verified');
      assert.match(String(body.created_time), /^2026-11-22T12:00:00\+0000$/);
      assert.equal('primary_page' in body, false);
    }
    const stranger = createBusiness(world, 'Never signed up').id;
    for (const [id, token] of [
      [one.businessId, other.token],
      [fixedCredentials.businessId, one.token],
      [stranger, systemUserToken],
    ] as const) {
      assert.equal((await as(token).get(`/${id}`)).body.error?.error_subcode, 33);
    }
  });
});
