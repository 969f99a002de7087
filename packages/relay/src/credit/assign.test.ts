import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GraphCall, Json } from '../graph/client.ts';
import { GraphError } from '../graph/error.ts';
import { createSecret } from '../secret.ts';
import type { Portal } from '../settings/settings.ts';
import { assignSystemUser } from './assign.ts';

const user = { token: createSecret('system'), userId: '7', businessId: '8' };
const refused = (code: number): GraphError => new GraphError({ kind: 'answer', message: '', code });

/** Assigns with a Meta that has these users, and refuses tasks as told; gives what came of it, and what was sent. */
async function assigned(
  users: unknown,
  { solutionId = null as string | null, refuse = (_tasks: string[]): boolean => false } = {},
) {
  const sent: string[][] = [];
  const graph = async ({ method, query = {} }: GraphCall): Promise<Json> => {
    if (method === 'GET') {
      if (users instanceof Error) throw users;
      return { data: users };
    }
    assert.equal(query.user, '7');
    const tasks: string[] = JSON.parse(query.tasks ?? '');
    sent.push(tasks);
    if (refuse(tasks)) throw refused(200);
    return { success: true };
  };
  const portal = { solutionId } as Portal;
  return { result: await assignSystemUser({ graph, portal, user, wabaId: '1' }), sent };
}

test('a user with full control is left as it is', async () => {
  for (const task of ['MANAGE', 'FULL_CONTROL']) {
    const { result, sent } = await assigned([{ id: '7', tasks: [task] }]);
    assert.deepEqual([result.kind, sent], ['already', []]);
  }
});

test('what the user could do before it can do afterwards', async () => {
  const { sent } = await assigned([
    { id: '6', tasks: ['MANAGE'] },
    { id: '7', tasks: ['DEVELOP'] },
  ]);
  assert.deepEqual(sent, [['MANAGE', 'DEVELOP']]);
});

test('a list that may not be read is no reason to stop', async () => {
  const { result, sent } = await assigned(refused(200));
  assert.deepEqual([result.kind, sent], ['assigned', [['MANAGE']]]);
});

test('in a Multi-Partner Solution without full access the tasks are named one by one', async () => {
  const refuse = (tasks: string[]) => tasks.includes('MANAGE');
  const { result, sent } = await assigned([], { solutionId: '9', refuse });
  assert.equal(result.kind, 'assigned');
  assert.ok(sent[1]?.includes('MANAGE_BILLING'));
  const { result: alone } = await assigned([], { refuse });
  assert.equal(alone.kind === 'failed' && alone.error.code, 'system-user-not-admin');
  const granted = [{ id: '7', tasks: sent[1] }];
  assert.equal((await assigned(granted, { solutionId: '9', refuse })).result.kind, 'already');
});
