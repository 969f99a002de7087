import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import type { FinishedSignup } from '../signup.ts';
import { createClient } from '../test/client.ts';

const sandbox = createSandbox();
const { control, exchange, connect, as } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

async function codes(outcome: string, data: Record<string, unknown> = {}): Promise<FinishedSignup> {
  const { status, body } = await control('POST', '/codes', { outcome, data });
  assert.equal(status, 200, JSON.stringify(body));
  return body as FinishedSignup;
}

async function refusal(
  path: string,
  data: Record<string, unknown>,
): Promise<{ field: string; message: string; allowed?: string[] }> {
  const { status, body } = await control('POST', path, { outcome: 'finish', data });
  assert.equal(status, 400);
  return (body as { error: { field: string; message: string; allowed?: string[] } }).error;
}

describe('what each ending says', () => {
  for (const [outcome, event, fields] of [
    ['finish', 'FINISH', ['phone_number_id', 'waba_id', 'business_id']],
    ['finish-unverified', 'FINISH', ['phone_number_id', 'waba_id', 'business_id']],
    ['finish-no-number', 'FINISH', ['waba_id', 'business_id']],
    ['only-waba', 'FINISH_ONLY_WABA', ['waba_id']],
    ['coexistence', 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', ['waba_id']],
    ['obo-migration', 'FINISH_OBO_MIGRATION', ['phone_number_id', 'waba_id', 'business_id']],
    ['app-only', 'FINISH_GRANT_ONLY_API_ACCESS', ['phone_number_id', 'waba_id', 'business_id']],
  ] as const) {
    it(`${outcome}: ${event} with ${fields.join(', ')}`, async () => {
      const { event: message } = await codes(outcome);
      assert.equal(message.event, event);
      assert.deepEqual(Object.keys(message.data), fields);
    });
  }

  it('names every account where several were granted', async () => {
    const { event } = await codes('finish', { accounts: 3 });
    assert.equal(event.data.waba_ids?.length, 3);
    assert.equal(event.data.waba_ids?.[0], event.data.waba_id);
  });
});

describe('an account that is connected again', () => {
  it('keeps its number, which counts as onboarded anew', async () => {
    const first = await connect('finish', { registered: true, pin: '111111' });
    await control('POST', '/clock', { advanceMs: 3_600_000 });
    const { code, event } = await codes('finish', { wabaId: first.wabaId });
    assert.deepEqual(event.data, {
      phone_number_id: first.phoneNumberId,
      waba_id: first.wabaId,
      business_id: first.businessId,
    });
    const token = String((await exchange({ code })).body.access_token);
    const { body } = await as(token).get(`/${first.wabaId}/phone_numbers?fields=id,is_pin_enabled`);
    assert.deepEqual(body.data, [{ id: first.phoneNumberId, is_pin_enabled: true }]);
  });

  it('gets its first number where it had none, and a second where another is typed', async () => {
    const { wabaId } = await connect('finish-no-number');
    const second = await codes('finish', { wabaId, displayNumber: '+1 415-555-0134' });
    assert.ok(second.event.data.phone_number_id);
    const again = await codes('finish', { wabaId, displayNumber: '+14155550134' });
    assert.equal(again.event.data.phone_number_id, second.event.data.phone_number_id);
    const other = await codes('finish', { wabaId, displayNumber: '+1 415-555-0135' });
    assert.notEqual(other.event.data.phone_number_id, second.event.data.phone_number_id);
  });

  it('keeps what it shared with the partner when the app alone is installed', async () => {
    const { wabaId } = await connect('finish');
    await codes('app-only', { wabaId });
    const { body } = await control('GET', '/state');
    const { businesses } = body as { businesses: { id: string; clients: string[] }[] };
    const partner = businesses.find(({ id }) => id === sandbox.credentials.businessId);
    assert.deepEqual(partner?.clients, [wabaId]);
  });
});

describe('a number', () => {
  it('is kept as Meta prints it, however it was written', async () => {
    for (const [written, printed] of [
      ['+49 (301) 234-5678', '+49 301 2345678'],
      ['+1 (415) 555.0134', '+1 415-555-0134'],
      ['+5511912345678', '+55 119 12345678'],
    ] as const) {
      const { code, event } = await codes('finish', { displayNumber: written });
      const token = String((await exchange({ code })).body.access_token);
      const { body } = await as(token).get(`/${event.data.phone_number_id}?fields=display_phone_number`);
      assert.equal(body.display_phone_number, printed);
    }
  });

  it('has a country code and at least seven digits', async () => {
    for (const displayNumber of ['+-------', '+49 301', '4155550134', '+0 415 555 0134', '+1 415 ext 0134']) {
      assert.equal((await refusal('/next', { displayNumber })).field, 'data.displayNumber');
    }
  });
});

describe('what an answer names', () => {
  for (const [field, data] of [
    ['data.wabaId', { wabaId: '1' }],
    ['data.businessId', { businessId: '1' }],
    ['data.phoneNumberId', { phoneNumberId: '1' }],
    ['data.preverifiedId', { preverifiedId: '1' }],
    ['data.personId', { personId: '1' }],
  ] as const) {
    it(`must exist: ${field}`, async () => {
      for (const path of ['/next', '/codes']) assert.equal((await refusal(path, data)).field, field);
    });
  }

  it('may be another app’s configuration, whose secret then takes the code', async () => {
    const { code } = await codes('finish', { configId: '400000000000012' });
    const own = await exchange({ code });
    assert.equal(own.body.error?.code, 100);
    const again = await codes('finish', { configId: '400000000000012' });
    const { status } = await exchange({
      code: again.code,
      client_id: '400000000000011',
      client_secret: 'second-app-secret',
    });
    assert.equal(status, 200);
  });

  it('must be a person with a role, where the app asks for one; and says how to give it', async () => {
    await control('POST', '/app', { mode: 'development' });
    const error = await refusal('/codes', {});
    assert.equal(error.field, 'data.personId');
    assert.deepEqual(error.allowed, ['400000000000104']);
    const [, role = ''] = /POST \/_sandbox\/app (\{.*\})/.exec(error.message) ?? [];
    assert.deepEqual(JSON.parse(role), { roles: { '400000000000101': 'tester' } });
    await control('POST', '/app', JSON.parse(role));
    await codes('finish');
    const { people } = await sandbox.control('state');
    assert.deepEqual(
      people.map(({ id, name, roles }) => [id, name, roles]),
      [
        ['400000000000101', 'Robin Okafor', { [sandbox.credentials.appId]: 'tester' }],
        ['400000000000102', 'Mara Lindqvist', {}],
        ['400000000000103', 'Teo Marchetti', {}],
        ['400000000000104', 'Ines Vidal', {}],
      ],
    );
  });

  it('may be a configuration and a solution where no dialog names them', async () => {
    assert.equal((await refusal('/codes', { configId: '1' })).field, 'data.configId');
    assert.equal((await refusal('/codes', { solutionId: '1' })).field, 'data.solutionId');
    const { code } = await codes('finish', { configId: sandbox.credentials.legacyConfigId });
    assert.equal((await exchange({ code })).body.expires_in, 60 * 24 * 60 * 60);
  });

  it('must belong together', async () => {
    const one = await connect();
    const other = await connect();
    const { field } = await refusal('/codes', { wabaId: one.wabaId, businessId: other.businessId });
    assert.equal(field, 'data.businessId');
    const wrong = await refusal('/codes', { wabaId: one.wabaId, phoneNumberId: other.phoneNumberId });
    assert.equal(wrong.field, 'data.phoneNumberId');
  });
});
