import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetaError, Problem } from 'whatsapp-embedded-signup/protocol';
import { describeError, signupErrors } from '../errors/catalogue.ts';
import { table } from '../graph/table/table.ts';
import { startHarness } from '../test/harness.ts';

test('anyone is told what a code means, from any page', async (t) => {
  const relay = await startHarness(t);
  const ask = async <T>(path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${relay.relay.url}/v1/errors/${path}`, { headers });
    return { response, body: (await response.json()) as T };
  };
  const { response, body } = await ask<MetaError>('2388098', { origin: 'https://anybody.example' });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  assert.match(response.headers.get('cache-control') ?? '', /public, max-age=\d+/);
  assert.deepEqual(
    [body.code, body.source, body.area, body.who, body.retry],
    ['2388098', 'signup', 'Business account limits', 'customer', 'later'],
  );
  const pin = await ask<MetaError>('133005');
  assert.deepEqual([pin.body.source, pin.body.who, 'area' in pin.body], ['graph', 'customer', false]);
  const expired = await ask<MetaError>('190?subcode=463');
  assert.match(expired.body.message, /run out/);
  const used = await ask<MetaError>('36009');
  assert.deepEqual([used.body.code, used.body.source], ['36009', 'graph']);
  assert.match(used.body.message, /used before/);

  for (const path of ['1234567', '2388098x', '__proto__', 'constructor', '-1', '%00', '1e3', '99999999999']) {
    const { response, body } = await ask<Problem>(path, { origin: 'https://anybody.example' });
    assert.deepEqual([response.status, body.code, body.retryable], [404, 'error-code-unknown', false], path);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
  }
});

test('each entry says in whole sentences what happened and what to do', () => {
  const codes = [...Object.keys(signupErrors), ...Object.keys(table).filter((key) => !key.includes('/'))];
  assert.ok(codes.length > 120, `${codes.length} codes`);
  for (const code of codes) {
    const { message, hint } = describeError(code) ?? assert.fail(code);
    for (const sentence of [message, hint]) assert.match(sentence, /^[A-Z].*[^.]\.$/, code);
  }
});

test('every code of Meta’s list of errors in its window is there', () => {
  // Meta: Embedded Signup › Errors, February 2026; the codes alone, in order.
  const list = `1349246 1357053 1390006 1390008 1404163 1675004 1675012 1675030 1690061 1690062 1690089 1690090 1690091
    1690114 1690181 1690214 1752004 1752069 1752089 1752140 1752206 1752224 1784028 2136001 2388002 2388009 2388010
    2388091 2388093 2388098 2388107 2446325 2455008 2494028 2494029 2494030 2494067 2494091 2494102 2494119 2494120
    2494143 2494149 2494158 2593010 2593030 2593035 2593037 2593039 2593072 2655005 2655011 2655048 2655049 2655055
    2655069 2655076 2655081 2655082 2655089 2655091 2655093 2655094 2655095 2859009 2859015 2859043 3441003 3441030
    3441033 3441040 3441041 3441042 3441045 3441046 3441047 3441049 3441051 3771014 4056009 4563015 4612001`;
  assert.deepEqual(Object.keys(signupErrors).sort(), list.split(/\s+/));
});
