import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { displayNumber } from '../../phone-digits.ts';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { control, as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

// Britain keeps these for fiction, and the sandbox makes up none of them by itself.
let taken = 0;
const freeNumber = () => `16329${String(60000 + taken++)}`;

const add = ({ token, wabaId }: Customer, more: Record<string, string> = {}) =>
  as(token).post(`/v26.0/${wabaId}/phone_numbers`, {
    cc: '44',
    phone_number: freeNumber(),
    verified_name: 'Second Counter',
    ...more,
  });
const list = async ({ token, wabaId }: Customer, query: string) => {
  const { status, body } = await as(token).get(`/v26.0/${wabaId}/phone_numbers?${query}`);
  return { status, ids: (body.data as { id: string }[] | undefined)?.map(({ id }) => id), error: body.error };
};

describe('adding a number', () => {
  it('gives an id of a number that waits for its code and for the review of its name', async () => {
    const customer = await connect();
    const number = freeNumber();
    const { body } = await add(customer, { phone_number: number });
    assert.deepEqual(Object.keys(body), ['id']);
    const fields = 'display_phone_number,verified_name,status,code_verification_status,name_status';
    assert.deepEqual((await as(customer.token).get(`/${body.id}?fields=${fields}`)).body, {
      display_phone_number: displayNumber(`44${number}`),
      verified_name: 'Second Counter',
      status: 'UNVERIFIED',
      code_verification_status: 'NOT_VERIFIED',
      name_status: 'PENDING_REVIEW',
      id: body.id,
    });
    await control('POST', '/clock', { advanceMs: 30_000 });
    const { body: later } = await as(customer.token).get(`/${body.id}?fields=name_status`);
    assert.equal(later.name_status, 'APPROVED');
  });

  // By the length of the country's code: Ireland's has three digits, Kazakhstan's one.
  const whole = [
    [() => `44${freeNumber()}`, '44'],
    [() => '+353 20 912 3456', '353'],
    [() => '77012345678', '7'],
  ] as const;
  for (const [number, code] of whole) {
    it(`takes the whole number in phone_number too, and finds its country's code ${code}`, async () => {
      const { token, wabaId } = await connect();
      const fields = { phone_number: number(), verified_name: 'Counter' };
      const { body } = await as(token).post(`/${wabaId}/phone_numbers`, fields);
      const { body: phone } = await as(token).get(`/${body.id}?fields=country_dial_code`);
      assert.equal(phone.country_dial_code, code);
    });
  }

  const wrong: [string, Record<string, string>][] = [
    ['no number', { phone_number: '' }],
    ['letters for a number', { phone_number: 'call me' }],
    ['a number that is too long', { phone_number: '1234567890123456' }],
    ['a country code of letters', { cc: 'GB' }],
    ['no name', { verified_name: '' }],
    ['a name of one letter', { verified_name: 'x' }],
    ['an unknown preverified_id', { preverified_id: '1' }],
    ['a migration that is neither', { migrate_phone_number: 'maybe' }],
  ];
  for (const [what, more] of wrong) {
    it(`refuses ${what}`, async () => {
      const { error } = (await add(await connect(), more)).body;
      assert.deepEqual([error?.code, error?.error_subcode], [100, undefined]);
    });
  }

  it('refuses a number that the account has, and one that another has', async () => {
    const [mine, other] = [await connect(), await connect()];
    const number = { phone_number: freeNumber() };
    await add(mine, number);
    assert.equal((await add(mine, number)).body.error?.error_subcode, 2388012);
    assert.equal((await add(other, number)).body.error?.error_subcode, 2388002);
  });

  it('is refused while the account may not add numbers, and when it is banned', async () => {
    const customer = await connect();
    const { wabaId } = customer;
    const restrictions = ['RESTRICTED_ADD_PHONE_NUMBER_ACTION'];
    await control('POST', '/accounts', { wabaId, happens: 'restricted', restrictions, forMs: 60_000 });
    assert.equal((await add(customer)).body.error?.error_subcode, 2388107);
    await control('POST', '/clock', { advanceMs: 60_000 });
    await control('POST', '/accounts', { wabaId, happens: 'banned' });
    assert.equal((await add(customer)).body.error?.code, 131031);
  });

  it('stops at two for a portfolio that is not verified', async () => {
    const customer = await connect();
    assert.equal((await add(customer)).status, 200);
    const { status, body } = await add(customer);
    assert.equal(status, 403);
    assert.deepEqual([body.error?.code, body.error?.error_subcode], [200, 1349175]);
  });
});

describe('moving a number between accounts', () => {
  const right = { messaging_product: 'whatsapp', pin: '123456' };
  const migrate = { migrate_phone_number: 'true' };

  async function numberOf({ token, phoneNumberId }: Customer): Promise<Record<string, string>> {
    const { body } = await as(token).get(`/${phoneNumberId}?fields=display_phone_number`);
    return { cc: '', phone_number: String(body.display_phone_number).replace(/\D/g, '') };
  }

  it('takes it to the new account when that registers it', async () => {
    const [from, to] = [await connect('finish', { registered: true }), await connect()];
    await as(to.token).post(`/${to.wabaId}/subscribed_apps`);
    const { body } = await add(to, { ...(await numberOf(from)), ...migrate });
    const moved = String(body.id);
    const status = async (customer: Customer, id: string) =>
      (await as(customer.token).get(`/${id}?fields=status`)).body.status;
    assert.deepEqual(
      [await status(from, from.phoneNumberId), await status(to, moved)],
      ['CONNECTED', 'UNVERIFIED'],
    );
    await as(to.token).post(`/${moved}/request_code`, { code_method: 'SMS', language: 'en_US' });
    const state = (await control('GET', '/state')).body as {
      phoneNumbers: { id: string; sentCode: { code: string } | null }[];
    };
    const code = state.phoneNumbers.find(({ id }) => id === moved)?.sentCode?.code ?? '';
    await as(to.token).post(`/${moved}/verify_code`, { code });
    assert.equal((await as(to.token).post(`/${moved}/register`, right)).status, 200);
    assert.deepEqual(
      [await status(from, from.phoneNumberId), await status(to, moved)],
      ['MIGRATED', 'CONNECTED'],
    );

    const old = await as(from.token).post(`/${from.phoneNumberId}/register`, right);
    assert.match(old.body.error?.error_data?.details ?? '', /was migrated/);
    await control('POST', '/accounts', { wabaId: from.wabaId, happens: 'offboarded', reconnectAfterMs: 0 });
    const message = { to: '14155550199', type: 'text', text: '{"body":"Hello"}' };
    const sent = await as(from.token).post(`/${from.phoneNumberId}/messages`, { ...right, ...message });
    assert.equal(sent.body.error?.code, 133010);
    const fields = 'platform_type,status';
    assert.deepEqual((await as(from.token).get(`/${from.phoneNumberId}?fields=${fields}`)).body, {
      platform_type: 'NOT_APPLICABLE',
      status: 'MIGRATED',
      id: from.phoneNumberId,
    });
  });

  it('brings its name along where none is given', async () => {
    const [from, to] = [
      await connect('finish', { registered: true, displayName: 'Quince Bakery' }),
      await connect(),
    ];
    await as(to.token).post(`/${to.wabaId}/subscribed_apps`);
    const number = await numberOf(from);
    const path = `/${to.wabaId}/phone_numbers`;
    assert.equal((await as(to.token).post(path, number)).body.error?.code, 100);
    const { body } = await as(to.token).post(path, { ...number, ...migrate });
    const { verified_name: name } = (await as(to.token).get(`/${body.id}?fields=verified_name`)).body;
    assert.equal(name, 'Quince Bakery');
  });

  it('leaves one behind for good that was off Cloud API before', async () => {
    const [from, to] = [await connect('finish', { registered: true }), await connect()];
    await as(to.token).post(`/${to.wabaId}/subscribed_apps`);
    await control('POST', '/accounts', { wabaId: from.wabaId, happens: 'offboarded' });
    const { body } = await add(to, { ...(await numberOf(from)), ...migrate });
    const moved = String(body.id);
    await as(to.token).post(`/${moved}/request_code`, { code_method: 'SMS', language: 'en_US' });
    const { body: state } = await control('GET', '/state');
    const { phoneNumbers } = state as { phoneNumbers: { id: string; sentCode: { code: string } | null }[] };
    const code = phoneNumbers.find(({ id }) => id === moved)?.sentCode?.code ?? '';
    await as(to.token).post(`/${moved}/verify_code`, { code });
    await as(to.token).post(`/${moved}/register`, right);
    await control('POST', '/accounts', { wabaId: from.wabaId, happens: 'reconnected' });
    const { platform_type } = (await as(from.token).get(`/${from.phoneNumberId}?fields=platform_type`)).body;
    assert.equal(platform_type, 'NOT_APPLICABLE');
  });

  it('needs two-step verification off, webhooks at the new account, and a number to move', async () => {
    const [guarded, open, to] = [
      await connect('finish', { registered: true, pin: '123456' }),
      await connect('finish', { registered: true }),
      await connect(),
    ];
    const subcode = async (fields: Record<string, string>) =>
      (await add(to, { ...fields, ...migrate })).body.error?.error_subcode;
    assert.equal(await subcode(await numberOf(open)), 2388103, 'no webhooks');
    await as(to.token).post(`/${to.wabaId}/subscribed_apps`);
    assert.equal(await subcode(await numberOf(guarded)), 2388001);
    assert.equal(await subcode({}), 2388103, 'nobody has it');
    assert.equal(await subcode(await numberOf(to)), 2388012);
    assert.equal(await subcode(await numberOf(open)), undefined);
  });
});

describe('the list of numbers', () => {
  it('is sorted by when they were made and by when they were onboarded', async () => {
    const customer = await connect('finish', { numbers: 3 });
    const made = (await list(customer, 'sort=creation_time.asc')).ids ?? [];
    assert.equal(made.length, 3);
    assert.deepEqual((await list(customer, 'sort=creation_time.desc')).ids, [...made].reverse());
    await control('POST', '/clock', { advanceMs: 60_000 });
    // The first of them once more: the last to be onboarded now.
    sandbox.issueCode({ data: { wabaId: customer.wabaId, phoneNumberId: made[0] ?? '' } });
    assert.equal((await list(customer, 'sort=last_onboarded_time.asc')).ids?.at(-1), made[0]);
    assert.equal((await list(customer, 'sort=last_onboarded_time.desc')).ids?.[0], made[0]);
    assert.equal((await list(customer, 'sort=name')).error?.code, 100);
  });

  it('is filtered by mode, tier and official account', async () => {
    const customer = await connect('finish', { registered: true });
    await add(customer);
    const count = async (field: string, value: unknown) => {
      const filtering = JSON.stringify([{ field, operator: 'EQUAL', value }]);
      return (await list(customer, `filtering=${encodeURIComponent(filtering)}`)).ids?.length;
    };
    assert.deepEqual([await count('account_mode', 'LIVE'), await count('account_mode', 'SANDBOX')], [2, 0]);
    assert.equal(await count('messaging_limit_tier', 'TIER_250'), 1);
    assert.equal(await count('is_official_business_account', true), 0);
    assert.equal(await count('shoe_size', 1), undefined);
  });
});
