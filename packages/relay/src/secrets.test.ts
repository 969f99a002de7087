import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { databaseEnv, databases } from './test/databases.ts';
import type { Harness } from './test/harness.ts';
import { signup, startHarness } from './test/harness.ts';
import { numberAtMeta, signUp } from './test/person.ts';
import { connect, password } from './test/postgres.ts';
import { fault, journal } from './test/sandbox.ts';

const pin = '314159';
const wrongPin = '271828';
const wrongCode = '161803';
const portalKey = 'canary-of-the-backend';

/** Six digits stand by chance within longer numbers. */
function holds(text: string, secret: string): boolean {
  return /^\d+$/.test(secret) ? new RegExp(`(?<!\\d)${secret}(?!\\d)`).test(text) : text.includes(secret);
}

/** Everything that a database holds, the engine's tables too. */
async function dump(t: TestContext, relay: Harness): Promise<string> {
  const url = relay.env.DATABASE_URL ?? '';
  if (url.startsWith('file:')) {
    const folder = join(url.slice('file:'.length), '..');
    const files = readdirSync(folder).filter((name) => name !== 'development.key');
    return files.map((name) => readFileSync(join(folder, name), 'latin1')).join();
  }
  const sql = connect(t, url);
  const tables = await sql<{ schema: string; name: string }[]>`
    SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
    WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`;
  const rows = await Promise.all(
    tables.map(({ schema, name }) => sql`SELECT t::text FROM ${sql(schema)}.${sql(name)} AS t`),
  );
  assert.ok(tables.some(({ schema }) => schema === 'openworkflow'));
  return JSON.stringify(rows);
}

for (const { name, skip, create } of databases) {
  test(`${name}: whatever a person, a backend and Meta say, no secret stands anywhere but sealed`, {
    skip,
  }, async (t) => {
    const relay = await startHarness(t, {
      ...databaseEnv(await create(t)),
      RELAY_API_KEY: portalKey,
      RELAY_ROLE: 'solution-partner',
      RELAY_CREDIT: 'approve',
    });
    const { sandbox, env } = relay;
    const said: string[] = [];
    const asBackend = async (method: string, path: string, body?: unknown): Promise<void> => {
      said.push(JSON.stringify((await relay.call(method, path, { key: portalKey, body })).body));
    };

    // A number that has a PIN, with a wrong one first; the credit line shared, and taken back.
    const holder = await signUp(relay, 'finish', { pin });
    await holder.settled();
    await holder.answer('pin', wrongPin);
    await fault(sandbox, { match: { path: '*/register' }, kind: 'commit-then-drop', times: 1 });
    const asked = await holder.answer('pin', pin);
    said.push(JSON.stringify(asked));
    await asBackend('POST', `/v1/onboardings/${holder.id}/input`, { kind: 'credit', value: true });
    const { account } = await holder.settled();
    await asBackend('DELETE', `/v1/accounts/${account?.wabaId}/credit`);
    // A number that is verified first, with a wrong code before the right one.
    const newcomer = await signUp(relay, 'finish-unverified');
    await newcomer.settled();
    await newcomer.answer('verification_method', 'SMS');
    await newcomer.answer('verification_code', wrongCode);
    const { sentCode } = await numberAtMeta(relay, newcomer.phoneNumberId);
    await newcomer.answer('verification_code', sentCode?.code ?? '');
    said.push(JSON.stringify(await newcomer.settled()));
    // A code whose answer is lost, and the token that is fetched for it; one that Meta refuses.
    const request = signup(sandbox);
    await fault(sandbox, { match: { path: '*/oauth/access_token' }, kind: 'commit-then-drop', times: 1 });
    const { session, verifier } = await relay.session();
    const lost = await relay.redeem(session, { ...request, verifier });
    const { wabaId = '', businessId = '' } = request.ids ?? {};
    await relay.relay.relay.partnerAdded({ appId: sandbox.credentials.appId, wabaId, businessId });
    await relay.ended(session, (lost.body as unknown as { onboarding: string }).onboarding).catch(() => {});
    const refused = await relay.session();
    const junk = { code: 'canary-of-a-code', verifier: refused.verifier };
    said.push(JSON.stringify([lost.body, (await relay.redeem(refused.session, junk)).body]));
    await asBackend('POST', '/v1/sessions', { portal: 'default', reference: 'x', pin });

    const state = JSON.stringify(await sandbox.control('state'));
    const tokens = [...state.matchAll(/"(EAA[\w-]+)"/g)].map(([, token]) => token ?? '');
    const pins = [...state.matchAll(/"pin":"(\d{6})"/g)].map(([, known]) => known ?? '');
    assert.ok(tokens.length >= 3 && pins.length >= 2, 'the sandbox shows what must not be found');
    const secrets = [
      ...tokens,
      ...pins,
      wrongPin,
      wrongCode,
      sentCode?.code ?? 'no code',
      request.code,
      junk.code,
      holder.session,
      session,
      verifier,
      portalKey,
      password,
      env.META_APP_SECRET ?? 'no secret',
      env.META_SYSTEM_USER_TOKEN ?? 'no token',
      ...(env.RELAY_KEY ? [env.RELAY_KEY] : []),
    ];
    await relay.relay.stop();
    const stored = await dump(t, relay);
    await relay.restart();
    const places = { stored, logged: JSON.stringify(relay.logged), answered: said.join() };
    assert.match(stored, /credit\.revoked/);
    assert.match(stored, /token\.recovered/);
    for (const [place, text] of Object.entries(places)) {
      for (const secret of secrets) assert.ok(!holds(text, secret), `${secret} stands in what was ${place}`);
    }
    for (const { path, secretsInUrl = [] } of await journal(sandbox)) {
      const others = secretsInUrl.filter((field) => field !== 'appsecret_proof' && field !== 'input_token');
      assert.deepEqual(others, [], path);
    }
  });
}
