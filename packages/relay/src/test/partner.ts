import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';
import type { Onboarding, Step, StepName } from 'whatsapp-embedded-signup/protocol';
import type { RelayOptions } from '../relay.ts';
import type { Environment } from '../settings/source.ts';
import type { Harness } from './harness.ts';
import { startHarness } from './harness.ts';

/** What the tests of a Solution Partner's side share. */

/** A relay whose portal is the sandbox's partner, and shares its credit line by itself. */
export function startPartner(
  t: TestContext,
  changes: Environment = {},
  options: Partial<RelayOptions> = {},
): Promise<Harness> {
  return startHarness(t, { RELAY_ROLE: 'solution-partner', RELAY_CREDIT: 'auto', ...changes }, options);
}

export function stepOf(onboarding: Onboarding, name: StepName): Step {
  const step = onboarding.steps.find((candidate) => candidate.name === name);
  assert.ok(step, `no ${name} among ${onboarding.steps.map(({ name: other }) => other).join(', ')}`);
  return step;
}

/** Calls the sandbox's Graph API as the partner's system user. */
export async function asPartner(
  { sandbox }: Harness,
  path: string,
  method = 'GET',
): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${sandbox.credentials.systemUserToken}` };
  const response = await fetch(`${sandbox.url}/v26.0${path}`, { method, headers });
  return (await response.json()) as Record<string, unknown>;
}

/** What pays for an account, as Meta says. */
export async function fundingOf(harness: Harness, wabaId: string): Promise<unknown> {
  return (await asPartner(harness, `/${wabaId}?fields=primary_funding_id`)).primary_funding_id;
}

export interface Audit {
  actor: string;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
}

/** The relay's audit, oldest first. */
export function auditOf({ folder }: Harness): Audit[] {
  const database = new DatabaseSync(join(folder, 'relay.db'), { readOnly: true, timeout: 5000 });
  try {
    return database
      .prepare('SELECT actor, action, subject, detail FROM audit ORDER BY id')
      .all()
      .map((row) => ({ ...(row as unknown as Audit), detail: JSON.parse(String(row.detail)) }));
  } finally {
    database.close();
  }
}

/** Waits until an onboarding says what is looked for. */
export async function until(
  { call }: Harness,
  session: string,
  id: string,
  holds: (onboarding: Onboarding) => boolean,
  ms = 10_000,
): Promise<Onboarding> {
  const end = Date.now() + ms;
  for (;;) {
    const { body } = await call<Onboarding>('GET', `/v1/onboardings/${id}`, { session });
    if (holds(body)) return body;
    if (Date.now() > end) throw new Error(`Still ${body.status}: ${JSON.stringify(body.steps)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
