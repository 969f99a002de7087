import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createSecret } from '../secret.ts';
import { debugToken, readNumbers, readWaba } from './calls.ts';
import type { Json } from './client.ts';
import { GraphError } from './error.ts';

const token = createSecret('token');
const digits = /^\d{1,25}$/;

/** Any JSON, with the names that the relay looks at in it more often than chance would have it. */
const json = fc.letrec<{ value: unknown; object: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom('10001', 10001, 1e21, '../me', 'whatsapp_business_management', true),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(
    fc.constantFrom(
      'data',
      'id',
      'is_valid',
      'app_id',
      'expires_at',
      'granular_scopes',
      'scope',
      'target_ids',
      'owner_business_info',
      'status',
      'x',
    ),
    tie('value'),
  ),
})).object;

/** What a call makes of an answer: its result, or null where it says that it cannot read it. */
async function outcome<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (cause) {
    assert.ok(cause instanceof GraphError, String(cause));
    return null;
  }
}

test('whatever Meta answers, ids are digits and nothing but a GraphError is thrown', async () => {
  await fc.assert(
    fc.asyncProperty(json, async (answer) => {
      const graph = async () => answer;
      const facts = await outcome(debugToken(graph, token, token));
      const waba = await outcome(readWaba(graph, token, '10001'));
      const numbers = await outcome(readNumbers(graph, token, '10001'));
      assert.equal(waba?.id, '10001');
      const ids = [facts?.appId, waba?.owner_business_info?.id, ...(facts?.targets ?? [])];
      for (const id of [...ids, ...(numbers ?? []).map((number) => number.id)]) {
        if (id !== null && id !== undefined) assert.match(id, digits);
      }
    }),
    { numRuns: 500 },
  );
});
