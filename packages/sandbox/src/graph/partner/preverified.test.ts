import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { secondPartner } from '../../credentials.ts';
import { dayMs } from '../../durations.ts';
import { createSandbox } from '../../sandbox.ts';
import { createClient, type GraphAnswer } from '../../test/client.ts';

const sandbox = createSandbox();
const { control, connect, as } = createClient(sandbox);
const partner = () => as(sandbox.credentials.systemUserToken);
const second = () => as(secondPartner.systemUserToken);

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

const days = (count: number) => control('POST', '/clock', { advanceMs: count * dayMs });

const add = (phone_number = '+1 (555) 078-3881', call = partner) =>
  call().post(`/v26.0/${sandbox.credentials.businessId}/add_phone_numbers`, { phone_number });

const requestCode = (id: string) =>
  partner().post(`/v26.0/${id}/request_code`, { code_method: 'SMS', language: 'en_US' });

const verify = (id: string, code: string) => partner().post(`/v26.0/${id}/verify_code`, { code });

/** The code that the owner of the number would read. */
async function sentCode(id: string): Promise<string> {
  const { body } = await control('GET', '/state');
  const { preverifiedNumbers } = body as {
    preverifiedNumbers: { id: string; sentCode: { code: string } | null }[];
  };
  return preverifiedNumbers.find((number) => number.id === id)?.sentCode?.code ?? '';
}

async function added(phoneNumber?: string): Promise<string> {
  return String((await add(phoneNumber)).body.id);
}

async function verified(phoneNumber?: string): Promise<string> {
  const id = await added(phoneNumber);
  await requestCode(id);
  assert.equal((await verify(id, await sentCode(id))).status, 200);
  return id;
}

async function list(query = '', call = partner, businessId = sandbox.credentials.businessId) {
  const { body } = await call().get(`/v26.0/${businessId}/preverified_numbers${query}`);
  return body.data as Record<string, unknown>[];
}

const statuses = async () => (await list()).map((number) => number.code_verification_status);

const codeOf = ({ body }: GraphAnswer) => [body.error?.code, body.error?.error_subcode];

describe('a pool of numbers', () => {
  it('takes a number however it is written, once', async () => {
    const { status, body } = await add();
    assert.equal(status, 200);
    assert.deepEqual(await list(), [
      {
        id: body.id,
        phone_number: '+1 555-078-3881',
        code_verification_status: 'NOT_VERIFIED',
        display_phone_number: '+1 555-078-3881',
        verification_status: 'PENDING',
      },
    ]);
    assert.match((await add('15550783881')).body.error?.message ?? '', /already registered/);
    const { id } = (await add('+44 20 7946 0958')).body;
    const british = await partner().get(`/v26.0/${id}?fields=phone_number,country_prefix`);
    assert.deepEqual([british.body.phone_number, british.body.country_prefix], ['+44 207 9460958', 44]);
  });

  it('refuses what is no number, and whoever may not', async () => {
    for (const number of ['', 'call me', '12', '+1234567890123456']) {
      assert.equal((await add(number)).body.error?.code, 100);
    }
    assert.deepEqual(codeOf(await add('+15550783881', second)), [100, 33]);
    await control('POST', '/partnership', { role: 'EMPLOYEE' });
    assert.deepEqual(codeOf(await add()), [200, 1349174]);
  });

  it('is narrowed by status', async () => {
    const done = await verified();
    await added('+44 20 7946 0958');
    const ids = async (query: string) => (await list(query)).map(({ id }) => id);
    assert.deepEqual(await ids('?code_verification_status=VERIFIED'), [done]);
    assert.deepEqual(await ids('?verification_status=VERIFIED&availability_status=AVAILABLE'), [done]);
    assert.deepEqual(await ids('?availability_status=IN_USE'), []);
    const wrong = await partner().get(
      `/${sandbox.credentials.businessId}/preverified_numbers?code_verification_status=MAYBE`,
    );
    assert.equal(wrong.body.error?.code, 100);
  });

  it('loses a number that is deleted', async () => {
    const id = await added();
    assert.deepEqual((await partner().delete(`/v26.0/${id}`)).body, { success: true });
    assert.deepEqual(await list(), []);
    assert.deepEqual(codeOf(await partner().get(`/v26.0/${id}`)), [100, 33]);
  });
});

describe('verifying a number', () => {
  it('takes the code that was sent, and no other', async () => {
    const id = await added();
    assert.notEqual((await verify(id, '123456')).status, 200);
    assert.deepEqual((await requestCode(id)).body, { success: true });
    const code = await sentCode(id);
    assert.match(code, /^\d{6}$/);
    assert.notEqual((await verify(id, code === '000000' ? '111111' : '000000')).status, 200);
    assert.equal((await verify(id, code)).body.success, true);
    const { body } = await partner().get(
      `/v26.0/${id}?fields=code_verification_status,code_verification_time,verification_expiry_time,is_input_id_valid`,
    );
    assert.equal(body.code_verification_status, 'VERIFIED');
    const [from, until] = [body.code_verification_time, body.verification_expiry_time].map((time) =>
      Date.parse(String(time)),
    );
    assert.equal((until ?? 0) - (from ?? 0), 90 * dayMs);
  });

  it('must be done within 90 days, or the number leaves the pool', async () => {
    const id = await added();
    await days(89);
    assert.deepEqual(await statuses(), ['NOT_VERIFIED']);
    await days(1);
    assert.deepEqual(await list(), []);
    assert.deepEqual(codeOf(await requestCode(id)), [100, 33]);
  });

  it('holds for 90 days, and can be renewed in the last 45', async () => {
    const id = await verified();
    await days(44);
    assert.notEqual((await requestCode(id)).status, 200);
    await days(2);
    assert.equal((await requestCode(id)).status, 200);
    assert.equal((await verify(id, await sentCode(id))).status, 200);
    await days(89);
    assert.deepEqual(await statuses(), ['VERIFIED']);
    await days(1);
    assert.deepEqual(await statuses(), ['EXPIRED']);
    assert.equal((await requestCode(id)).status, 200);
  });
});

describe('a customer who takes a number', () => {
  it('gets it as another object, and it leaves the pool', async () => {
    const preverifiedId = await verified();
    const { token, phoneNumberId } = await connect('finish', { preverifiedId });
    assert.notEqual(phoneNumberId, preverifiedId);
    const { body } = await as(token).get(`/v26.0/${phoneNumberId}`);
    assert.deepEqual(
      [body.display_phone_number, body.code_verification_status],
      ['+1 555-078-3881', 'VERIFIED'],
    );
    assert.deepEqual(await list(), []);
    assert.deepEqual(codeOf(await partner().get(`/v26.0/${preverifiedId}`)), [100, 33]);
  });
});

describe('sharing a number with a partner', () => {
  const pair = (preverified_id: string, partner_business_id = secondPartner.businessId) =>
    `/v26.0/${sandbox.credentials.businessId}/share_preverified_numbers?preverified_id=${preverified_id}&partner_business_id=${partner_business_id}`;

  async function join(): Promise<void> {
    const { body } = await partner().post(`/v26.0/${sandbox.credentials.appId}/whatsapp_business_solution`, {
      solution_name: 'Numbers for two',
      partner_app_id: secondPartner.appId,
      owner_permissions: '["MESSAGING"]',
      partner_permissions: '[]',
    });
    await second().post(`/v26.0/${body.solution_id}/accept`);
  }

  it('shows it in the partner’s list too, until it is unshared', async () => {
    await join();
    const id = await verified();
    assert.deepEqual((await partner().post(pair(id))).body, { success: true });
    const shared = async () => (await list('', second, secondPartner.businessId)).map((number) => number.id);
    assert.deepEqual(await shared(), [id]);
    const { body } = await partner().get(`/v26.0/${id}/partners`);
    assert.deepEqual(body.data, [{ id: secondPartner.businessId, name: 'Second Partner' }]);
    assert.equal((await partner().post(pair(id))).body.error?.code, 100);
    assert.deepEqual((await partner().delete(pair(id))).body, { success: true });
    assert.deepEqual(await shared(), []);
    assert.equal((await partner().delete(pair(id))).body.error?.code, 100);
  });

  it('lets the partner read it, and no more', async () => {
    await join();
    const id = await verified();
    await partner().post(pair(id));
    assert.equal((await second().get(`/v26.0/${id}`)).status, 200);
    assert.deepEqual(codeOf(await second().delete(`/v26.0/${id}`)), [200, 1349174]);
    const code = await second().post(`/v26.0/${id}/request_code`, { code_method: 'SMS', language: 'en_US' });
    assert.deepEqual(codeOf(code), [200, 1349174]);
  });

  it('needs a solution in common, a verified number of one’s own, and a business', async () => {
    const id = await verified();
    assert.deepEqual(codeOf(await partner().post(pair(id))), [200, 1349175]);
    await join();
    assert.deepEqual(codeOf(await partner().post(pair(await added('+4930123456')))), [100, undefined]);
    assert.deepEqual(codeOf(await partner().post(pair('1'))), [803, undefined]);
    assert.deepEqual(codeOf(await partner().post(pair(id, '1'))), [100, undefined]);
  });
});
