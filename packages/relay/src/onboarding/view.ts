import type {
  Account,
  Action,
  Onboarding,
  Step,
  StepError,
  StepName,
  SyncProgress,
} from 'whatsapp-embedded-signup/protocol';
import type { OnboardingRow, StepRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { ofBackend } from './answers.ts';
import { planOf } from './plan.ts';

/** An onboarding as it goes over the wire. */
function toView(row: OnboardingRow, steps: readonly StepRow[]): Onboarding {
  const view: Onboarding = {
    id: row.id,
    revision: row.revision,
    portal: row.portal,
    reference: row.reference,
    flow: row.flow,
    status: row.status,
    steps: planOf(row).map((name) => toStep(name, steps)),
    action: row.status === 'action_required' ? actionOf(steps) : null,
    // Where another step has failed, nothing is tried again by itself.
    retryAt: row.status === 'failed' ? null : earliest(steps.map((step) => step.retry_at)),
    error: fromJson<StepError>(row.error),
    account: fromJson<Account>(row.account),
  };
  if (row.claimed_reference !== null) view.claimedReference = row.claimed_reference;
  return view;
}

function toStep(name: StepName, steps: readonly StepRow[]): Step {
  const row = steps.find((candidate) => candidate.name === name);
  const step: Step = { name, status: row?.status ?? 'pending' };
  if (row?.started_at) step.startedAt = iso(row.started_at);
  if (row?.ended_at) step.endedAt = iso(row.ended_at);
  const error = fromJson<StepError>(row?.error ?? null);
  if (error) step.error = error;
  const progress = fromJson<SyncProgress>(row?.progress ?? null);
  if (progress) step.progress = progress;
  return step;
}

/** What is asked; the customer's own before what waits for the site's backend. */
function actionOf(steps: readonly StepRow[]): Action | null {
  const asked = steps.flatMap((step) => fromJson<Action>(step.action) ?? []);
  return asked.find(({ kind }) => !ofBackend.has(kind)) ?? asked[0] ?? null;
}

export async function readRow(store: Store, id: string): Promise<OnboardingRow | undefined> {
  return store.selectFrom('onboarding').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function readView(store: Store, id: string): Promise<Onboarding | undefined> {
  const row = await readRow(store, id);
  if (!row) return undefined;
  const steps = await store.selectFrom('step').selectAll().where('onboarding_id', '=', id).execute();
  return toView(row, steps);
}

function earliest(times: readonly (number | null)[]): string | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : iso(Math.min(...known));
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

/** Reads a JSON column, which only this relay writes. */
function fromJson<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}
