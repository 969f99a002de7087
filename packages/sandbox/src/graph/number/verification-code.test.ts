import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { control, as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

const minute = 60_000;
const advance = (advanceMs: number) => control('POST', '/clock', { advanceMs });

const request = ({ token, phoneNumberId }: Customer, fields: Record<string, string> = {}) =>
  as(token).post(`/${phoneNumberId}/request_code`, { code_method: 'SMS', language: 'en_US', ...fields });
const verify = ({ token, phoneNumberId }: Customer, code: string) =>
  as(token).post(`/${phoneNumberId}/verify_code`, { code });

async function sentTo({ phoneNumberId }: Customer): Promise<string> {
  const { phoneNumbers } = (await control('GET', '/state')).body as {
    phoneNumbers: { id: string; sentCode: { code: string } | null }[];
  };
  return phoneNumbers.find(({ id }) => id === phoneNumberId)?.sentCode?.code ?? '';
}

const another = (code: string) => (code === '111111' ? '222222' : '111111');

describe('a verification code', () => {
  it('stands in the state, verifies the number, and can be given with its hyphen', async () => {
    const customer = await connect('finish-unverified');
    assert.deepEqual((await request(customer, { code_method: 'VOICE', language: 'de' })).body, {
      success: true,
    });
    const code = await sentTo(customer);
    assert.match(code, /^\d{6}$/);
    const { body } = await verify(customer, `${code.slice(0, 3)}-${code.slice(3)}`);
    assert.deepEqual(body, { success: true, id: customer.phoneNumberId });
    const { body: phone } = await as(customer.token).get(
      `/${customer.phoneNumberId}?fields=status,code_verification_status`,
    );
    assert.deepEqual([phone.status, phone.code_verification_status], ['PENDING', 'VERIFIED']);
  });

  it('works once', async () => {
    const customer = await connect('finish-unverified');
    await request(customer);
    const code = await sentTo(customer);
    assert.equal((await verify(customer, code)).status, 200);
    assert.equal((await verify(customer, code)).body.error?.code, 136025);
  });

  it('is refused where it is wrong, and after five wrong ones even where it is right', async () => {
    const customer = await connect('finish-unverified');
    await request(customer);
    const code = await sentTo(customer);
    for (let call = 0; call < 5; call++) {
      const { error } = (await verify(customer, another(code))).body;
      assert.deepEqual([error?.code, error?.error_subcode], [136025, 2388093]);
      assert.match(error?.error_user_msg ?? '', /incorrect/);
    }
    assert.match((await verify(customer, code)).body.error?.error_user_msg ?? '', /too many times/);
  });

  it('lives ten minutes', async () => {
    const customer = await connect('finish-unverified');
    await request(customer);
    await advance(10 * minute);
    const { error } = (await verify(customer, await sentTo(customer))).body;
    assert.match(error?.error_user_msg ?? '', /expired/);
  });

  it('is not sent to a number that is verified', async () => {
    const { error } = (await request(await connect())).body;
    assert.equal(error?.code, 136024);
    assert.match(error?.error_user_msg ?? '', /already verified/);
  });

  it('is sent five times in an hour', async () => {
    const customer = await connect('finish-unverified');
    for (let call = 0; call < 5; call++) assert.equal((await request(customer)).status, 200);
    const { error } = (await request(customer)).body;
    assert.deepEqual([error?.code, error?.error_subcode], [136024, 2388367]);
    await advance(60 * minute);
    assert.equal((await request(customer)).status, 200);
  });

  const wrong: Record<string, string>[] = [
    { code_method: 'PIGEON' },
    { language: 'English' },
    { language: '' },
  ];
  for (const fields of wrong) {
    it(`is refused for ${JSON.stringify(fields)}`, async () => {
      const { error } = (await request(await connect('finish-unverified'), fields)).body;
      assert.equal(error?.code, 100);
    });
  }

  it('is refused where none was asked for, and where it is no code', async () => {
    const customer = await connect('finish-unverified');
    assert.equal((await verify(customer, '123456')).body.error?.code, 136025);
    assert.equal((await verify(customer, 'abc')).body.error?.code, 100);
  });
});
