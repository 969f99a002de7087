import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isTrustedOrigin, readMessage } from './messages.ts';

const type = 'WA_EMBEDDED_SIGNUP';
const none = { wabaId: undefined, phoneNumberId: undefined, businessId: undefined };

describe('an origin', () => {
  it('is Meta’s only by https and by whole host', () => {
    for (const origin of ['https://facebook.com', 'https://www.facebook.com', 'https://a.b.facebook.com']) {
      assert.ok(isTrustedOrigin(origin), origin);
    }
    for (const origin of [
      'https://evilfacebook.com',
      'http://www.facebook.com',
      'https://www.facebook.com.evil.test',
      'https://www.facebook.com:8443',
      'https://facebook.com/',
      'null',
      '',
    ]) {
      assert.ok(!isTrustedOrigin(origin), origin);
    }
    assert.ok(isTrustedOrigin('http://127.0.0.1:4400', 'http://127.0.0.1:4400'));
  });
});

describe('a message', () => {
  it('finishes, as an object or a string, with its ids as strings of digits', () => {
    const data = {
      phone_number_id: '103',
      waba_id: 102,
      business_id: '../101',
      page_ids: ['1'],
      toString: 'x',
    };
    const expected = {
      type: 'finish',
      finish: {
        event: 'FINISH',
        ids: { phoneNumberId: '103', wabaId: '102', businessId: undefined },
        data: { page_ids: ['1'], toString: 'x', version: 3 },
      },
    };
    const message = { type, event: 'finish', version: 3, data };
    assert.deepEqual(readMessage(message), expected);
    assert.deepEqual(readMessage(JSON.stringify(message)), expected);
  });

  it('may have its fields beside data, and any event that begins with FINISH', () => {
    const heard = readMessage({ type, event: 'FINISH_SOMETHING_NEW', waba_id: '102' });
    assert.ok(heard?.type === 'finish');
    assert.deepEqual(
      [heard.finish.event, heard.finish.ids],
      ['FINISH_SOMETHING_NEW', { ...none, wabaId: '102' }],
    );
  });

  it('drops an id that JSON has rounded', () => {
    const heard = readMessage(`{"type":"${type}","event":"FINISH","data":{"waba_id":12345678901234567890}}`);
    assert.ok(heard?.type === 'finish');
    assert.deepEqual(heard.finish.ids, none);
  });

  it('cancels with the step, or reports an error under either name', () => {
    assert.deepEqual(readMessage({ type, event: 'CANCEL', data: { current_step: 'PERMISSIONS' } }), {
      type: 'left',
      step: 'PERMISSIONS',
    });
    for (const name of ['error_code', 'error_id']) {
      const data = { [name]: 2494067, error_message: 'Taken', session_id: 's', timestamp: '1' };
      const heard = readMessage({ type, event: 'CANCEL', data });
      assert.ok(heard?.type === 'left');
      assert.deepEqual([heard.report?.code, heard.report?.message], ['meta-reported', 'Taken']);
      assert.deepEqual(heard.report?.meta, { errorCode: '2494067', sessionId: 's', timestamp: '1' });
    }
    assert.equal(readMessage({ type, event: 'ERROR', data: {} })?.type, 'left');
  });

  it('is not the SDK’s own string, which holds the code', () => {
    assert.equal(readMessage('cb=f1&code=secret&frame=f2'), null);
  });

  it('cuts strings, and drops a claim that would not fit in a request', () => {
    const long = readMessage({ type, event: 'FINISH', data: { note: 'x'.repeat(5000) } });
    assert.ok(long?.type === 'finish');
    assert.equal(String(long.finish.data.note).length, 300);
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`field${at}`, 'x'.repeat(300)]));
    const huge = readMessage({ type, event: 'FINISH', data: { ...many, waba_id: '102' } });
    assert.ok(huge?.type === 'finish');
    assert.deepEqual([huge.finish.data, huge.finish.ids], [{}, { ...none, wabaId: '102' }]);
  });

  it('cannot reach a prototype', () => {
    const heard = readMessage(
      `{"type":"${type}","event":"FINISH","data":{"__proto__":{"polluted":1},"constructor":1}}`,
    );
    assert.ok(heard?.type === 'finish');
    assert.equal(Object.getPrototypeOf(heard.finish.data), Object.prototype);
    assert.equal(heard.finish.data.polluted, undefined);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  it('never throws, whatever comes', () => {
    const loop: Record<string, unknown> = { type, event: 'FINISH' };
    loop.data = loop;
    assert.equal(readMessage(loop), null);
    assert.equal(readMessage({ type, event: 'FINISH', data: 1n }), null);
    fc.assert(fc.property(fc.anything(), (data) => void readMessage({ type, event: 'FINISH', data })));
    fc.assert(fc.property(fc.string(), (text) => readMessage(text) === null));
  });
});
