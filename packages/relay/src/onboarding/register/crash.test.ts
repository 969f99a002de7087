import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { Onboarding, SessionGrant } from 'whatsapp-embedded-signup/protocol';
import type { ChaosOrder, ChaosProcess } from '../../test/chaos/process.ts';
import { loadChaosProcess } from '../../test/chaos/process.ts';
import { fileOf } from '../../test/file.ts';
import { type Harness, origin, signup, startHarness } from '../../test/harness.ts';
import { type Person, personOf } from '../../test/person.ts';

const pin = '314159';

/** A relay whose process can die in the middle of `register`, and its customer, whose number has a PIN or none. */
async function begin(t: TestContext, data: { pin?: string }, first: ChaosOrder = {}) {
  const relay = await startHarness(t);
  const folder = join(relay.folder, 'own');
  const env = { ...relay.env, DATABASE_URL: `file:${join(folder, 'relay.db')}` };
  let running: ChaosProcess | undefined;
  t.after(() => running?.signal('SIGKILL'));
  const start = async (order: ChaosOrder = {}): Promise<ChaosProcess> => {
    running = await loadChaosProcess(env).start(order);
    return running;
  };
  const via: Pick<Harness, 'call'> = {
    async call(method, path, { session, body } = {}) {
      const response = await fetch(`${running?.url}${path}`, {
        method,
        headers: {
          origin,
          ...(session !== undefined && { authorization: `Bearer ${session}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as never };
    },
  };

  await start(first);
  const verifier = 'v'.repeat(43);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const challenge = Buffer.from(digest).toString('base64url');
  const { session } = (
    await via.call<SessionGrant>('POST', '/v1/sessions', { body: { portal: 'default', challenge } })
  ).body;
  const request = signup(relay.sandbox, 'finish', data);
  const { id } = (
    await via.call<Onboarding>('POST', '/v1/onboardings', { session, body: { ...request, verifier } })
  ).body;
  const person: Person = personOf(via, session, id, request.ids?.phoneNumberId ?? '');
  return {
    relay,
    person,
    start,
    /** Waits until the process that was told to has killed itself. */
    killed: async () => running?.exited,
    /** Ends the process, and starts one that dies at the next such point. */
    async restart(order: ChaosOrder = {}) {
      running?.signal('SIGKILL');
      await running?.exited;
      await start(order);
    },
    file: fileOf({ ...relay, folder, env }),
    registers: async () =>
      (await relay.sandbox.control('journal')).filter(({ path }) => path.endsWith('/register')),
  };
}

for (const killAt of ['after:pin.commit', 'after:register.call'] as const) {
  test(`kill -9 ${killAt}: one PIN, and register is sent once`, async (t) => {
    const { relay, person, start, killed, file, registers } = await begin(t, {}, { killAt });
    await killed();
    const before = await file.pin(person.phoneNumberId);
    await start();
    assert.equal((await person.settled()).status, 'completed');
    assert.equal((await registers()).length, 1);
    const { phoneNumbers } = await relay.sandbox.control('state');
    assert.equal(phoneNumbers.find(({ id }) => id === person.phoneNumberId)?.pin, before);
    assert.equal(await file.pin(person.phoneNumberId), before);
  });
}

test('kill -9 after the customer’s PIN was right: it is kept, and register is not sent again', async (t) => {
  const { person, restart, start, killed, file, registers } = await begin(t, { pin });
  assert.equal((await person.settled()).action?.kind, 'pin');
  await restart({ killAt: 'after:register.call' });
  await person.answer('pin', pin).catch(() => 'the connection broke');
  await killed();
  await start();
  const done = await person.settled();
  assert.equal(done.status, 'completed');
  assert.equal(done.steps.find(({ name }) => name === 'register')?.status, 'done');
  assert.deepEqual(
    (await registers()).map(({ status }) => status),
    [400, 200],
  );
  assert.equal(await file.pin(person.phoneNumberId), pin);
  assert.deepEqual(
    file.all('SELECT outcome FROM registration ORDER BY id').map(({ outcome }) => outcome),
    ['wrong-pin', 'registered'],
  );
});

test('kill -9 after the customer’s PIN was wrong: the call that nobody knows the end of counts as a guess', async (t) => {
  const { relay, person, restart, start, killed, file, registers } = await begin(t, { pin });
  await person.settled();
  await restart({ killAt: 'after:register.call' });
  await person.answer('pin', '000000').catch(() => 'the connection broke');
  await killed();
  // The third guess would else have to wait: it comes within ten seconds of the other two.
  await relay.sandbox.control('clock', { advanceMs: 11_000 });
  await start({ aheadMs: 11_000 });
  const asked = await person.settled();
  assert.deepEqual(asked.action, { kind: 'pin', attemptsLeft: 2 });
  assert.equal((await registers()).length, 3);
  assert.equal(file.step(person.id).input, null);
});
