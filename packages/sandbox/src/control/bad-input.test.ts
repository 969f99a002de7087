import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { createClient } from '../test/client.ts';

const sandbox = createSandbox();
const { control } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

describe('bad input', () => {
  const cases: [string, unknown, string][] = [
    ['/next', { outcome: 'explode' }, 'outcome'],
    ['/next', {}, 'outcome'],
    ['/next', { outcome: 'finish', delayMs: -1 }, 'delayMs'],
    ['/next', { outcome: 'finish', data: { pin: '12' } }, 'data.pin'],
    ['/next', { outcome: 'finish', colour: 'red' }, 'colour'],
    ['/codes', { outcome: 'cancel' }, 'outcome'],
    ['/faults', { kind: 'gremlins' }, 'kind'],
    ['/faults', { kind: '500', match: { method: 'FETCH' } }, 'match.method'],
    ['/faults', { kind: '500', times: 0 }, 'times'],
    ['/clock', { advanceMs: 'soon' }, 'advanceMs'],
    ['/clock', [], 'advanceMs'],
    ['/clock', { advanceMs: 1.5 }, 'advanceMs'],
    ['/clock', { advanceMs: 10 * 366 * 86_400_000 }, 'advanceMs'],
    ['/faults', { kind: 'graph-error', code: 1.5 }, 'code'],
    ['/webhooks', { deliveries: [] }, 'deliveries'],
    ['/whatsapp-user', { phoneNumberId: '1', waId: '14155550199', does: 'dance' }, 'does'],
    ['/next', { outcome: 'deny', data: { step: 'PERMISSIONS' } }, 'data.step'],
    ['/next', { outcome: 'cancel', data: { code: '5' } }, 'data.code'],
    ['/next', { outcome: 'finish', data: { message: 'No luck' } }, 'data.message'],
    ['/next', { outcome: 'cancel', data: { event: 'ERROR' } }, 'data.event'],
    ['/next', { outcome: 'finish', data: { profile: { colour: 'red' } } }, 'data.profile.colour'],
    ['/codes', { data: { profile: { websites: 'https://shop.example' } } }, 'data.profile.websites'],
  ];
  for (const [path, input, field] of cases) {
    it(`POST ${path} ${JSON.stringify(input)} names ${field}`, async () => {
      const { status, body } = await control('POST', path, input);
      assert.equal(status, 400);
      const { error } = body as { error: { code: string; field: string; message: string } };
      assert.equal(error.code, 'invalid-input');
      assert.equal(error.field, field);
      assert.match(error.message, new RegExp(`^"${field}" .+\\.$`));
    });
  }

  it('says what kind of value it is, and never the value', async () => {
    for (const [path, input, message] of [
      [
        '/next',
        { outcome: 'finish', data: { funded: 'hush' } },
        '"data.funded" must be boolean, but is string.',
      ],
      ['/next', { outcome: 'finish', data: { pin: 'hush' } }, '"data.pin" must be 6 digits.'],
      ['/codes', { data: { businessName: ['hush'] } }, '"data.businessName" must be string, but is Array.'],
    ] as const) {
      const { body } = await control('POST', path, input);
      const { error } = body as { error: { message: string } };
      assert.equal(error.message, message);
    }
  });

  it('lists what is allowed where the list is closed', async () => {
    const { body } = await control('POST', '/next', { outcome: 'explode' });
    assert.ok((body as { error: { allowed: string[] } }).error.allowed.includes('event-late'));
  });

  it('is a number that is none, of which it says what it may be', async () => {
    const message = async (path: string, input: object) => {
      const { body } = await control('POST', path, input);
      return (body as { error: { message: string } }).error.message;
    };
    const long = '"advanceMs" must be a whole number of milliseconds from 0 to 315360000000.';
    for (const advanceMs of [1.5, -1, 1e12, '5', null]) {
      assert.equal(await message('/clock', { advanceMs }), long);
    }
    assert.equal(
      await message('/faults', { kind: '500', times: 0 }),
      '"times" must be a whole number from 1.',
    );
    assert.equal(
      await message('/faults', { kind: 'graph-error', code: 1.5 }),
      '"code" must be a whole number.',
    );
    assert.equal(
      await message('/codes', { data: { numbers: 51 } }),
      '"data.numbers" must be a whole number from 1 to 50.',
    );
  });

  it('is a field of another name, of which it says which there are', async () => {
    const { body } = await control('POST', '/faults', { kind: '500', match: { pathname: '/me' } });
    assert.deepEqual((body as { error: unknown }).error, {
      code: 'invalid-input',
      field: 'match.pathname',
      message: '"match.pathname" is not a field here: there are method, path.',
      allowed: ['method', 'path'],
    });
  });

  it('is a doing in WhatsApp that is none, of which it says which there are', async () => {
    const { body } = await control('POST', '/whatsapp-user', { phoneNumberId: '1', waId: '14155550199' });
    const { error } = body as { error: { field: string; allowed: string[] } };
    assert.equal(error.field, 'does');
    assert.deepEqual(error.allowed, ['allow-calls', 'always-allow-calls', 'refuse-calls', 'join-group']);
  });

  it('is a body that is no JSON, too', async () => {
    const response = await fetch(`${sandbox.url}/_sandbox/next`, { method: 'POST', body: '{' });
    assert.equal(response.status, 400);
    assert.equal((await response.json()).error.field, 'body');
  });
});

describe('a call that no control takes', () => {
  it('is answered with the methods, where the control is there', async () => {
    for (const [method, path, allow] of [
      ['GET', '/reset', 'POST'],
      ['DELETE', '/journal', 'GET'],
      ['PUT', '/faults', 'GET, POST, DELETE'],
    ] as const) {
      const response = await fetch(`${sandbox.url}/_sandbox${path}`, { method });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), allow);
      const { error } = await response.json();
      assert.equal(error.code, 'method-not-allowed');
      assert.ok(error.message.includes(`takes ${allow.replaceAll(', ', ' and ')}`), error.message);
    }
  });

  it('is answered with the controls, where it is not', async () => {
    const { status, body } = await control('POST', '/outcome', { outcome: 'deny' });
    const { error } = body as { error: { code: string; message: string; allowed: string[] } };
    assert.deepEqual([status, error.code], [404, 'not-found']);
    assert.deepEqual(error.allowed.toSorted(), [
      'accounts',
      'app',
      'business',
      'clock',
      'codes',
      'credentials',
      'faults',
      'journal',
      'next',
      'partnership',
      'reset',
      'signed-request',
      'state',
      'tokens',
      'webhooks',
      'whatsapp-user',
    ]);
    assert.match(error.message, /next, codes/);
  });
});

describe('time', () => {
  it('goes ten years at once, and not past the year 9999', async () => {
    const late = createSandbox({ now: () => Date.UTC(9985, 0) });
    const tenYears = 10 * 365 * 86_400_000;
    assert.equal((await late.control('clock', { advanceMs: tenYears })).now, '9994-12-30T00:00:00.000Z');
    await assert.rejects(late.control('clock', { advanceMs: tenYears }), {
      field: 'advanceMs',
      message: '"advanceMs" must not lead past the year 9999.',
    });
  });
});
