import type { ExpressionBuilder, Transaction } from 'kysely';
import type {
  Action,
  InputRequest,
  StepError,
  StepName,
  StepStatus,
} from 'whatsapp-embedded-signup/protocol';
import type { Engine } from '../engine/engine.ts';
import { RelayProblem } from '../errors.ts';
import type { Hub } from '../hub.ts';
import { type Log, placeOf } from '../log.ts';
import type { Sealer } from '../seal.ts';
import type { OnboardingRow, StepRow, Tables } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { askedBy, fits, packInput, readAnswer } from './answers.ts';
import { lockOnboarding, touch } from './ledger.ts';

/** What sets an onboarding that stands still in motion again: an answer, a wish, a time. */
export interface Turns {
  /**
   * Takes an answer and goes on from the step that asked.
   *
   * @throws RelayProblem `input-unexpected` where nothing of that kind is asked, `input-invalid` where the answer
   *   cannot be right; nothing is changed then.
   */
  answer(onboardingId: string, input: InputRequest): Promise<void>;
  /**
   * Goes on from the first step that is not done. Does nothing where it runs or is complete, nor to a step that waits
   * for the end of a rate limit.
   *
   * @throws RelayProblem `onboarding-not-resumable` where there is no access to go on with.
   */
  resume(onboardingId: string): Promise<void>;
  /** Takes up what waited for a time that has come. Gives when the next one comes; null where nothing waits. */
  wakeDue(): Promise<number | null>;
}

export interface TurnsOptions {
  store: Store;
  hub: Hub;
  sealer: Sealer;
  engine: Pick<Engine, 'submit'>;
  now: () => number;
  log: Log;
}

/** Changes of one step, or null where it stays as it is. */
type Change = (step: StepRow) => Partial<StepRow> | null;

/** Anew: the attempts are counted from the beginning, and what went wrong is behind it. */
const fresh = { status: 'pending', error: null, action: null, retry_at: null } as const;
const anew = { ...fresh, attempts: 0, unsent: null } as const;

/**
 * Meta has said when it takes calls again. Nothing that a person does ends that sooner, and whoever asks before it
 * waits longer (Meta: Graph API › Rate Limits).
 */
function isHeldByMeta({ error, retry_at }: StepRow, time: number): boolean {
  if (error === null || retry_at === null || retry_at <= time) return false;
  return (JSON.parse(error) as StepError).code === 'rate-limited';
}

export function createTurns({ store, hub, sealer, engine, now, log }: TurnsOptions): Turns {
  /** Has the onboarding run again, from steps that are changed so; in the transaction of its caller. */
  async function begin(
    trx: Transaction<Tables>,
    row: OnboardingRow,
    change: Change,
    more: Partial<OnboardingRow> = {},
  ): Promise<number | null> {
    const steps = await trx.selectFrom('step').selectAll().where('onboarding_id', '=', row.id).execute();
    const changes = steps.flatMap((step) => {
      const changed = change(step);
      return changed ? [{ step, changed }] : [];
    });
    if (changes.length === 0) return null;
    // It says how things stand at the end, so it looks again whatever else is done.
    const end = steps.find(({ name }) => name === 'confirm');
    if (end && !changes.some(({ step }) => step === end)) changes.push({ step: end, changed: anew });
    for (const { step, changed } of changes) {
      await trx
        .updateTable('step')
        .set(changed)
        .where('onboarding_id', '=', row.id)
        .where('name', '=', step.name)
        .execute();
    }
    const generation = row.generation + 1;
    await touch(trx, row.id, now(), { ...more, status: 'running', error: null, ended_at: null, generation });
    return generation;
  }

  /** What the engine does not take now, the next sweep gives it: the row says that it runs. */
  async function submit(id: string, generation: number | null): Promise<void> {
    if (generation === null) return;
    hub.publish(id);
    try {
      await engine.submit(id, generation);
    } catch (cause) {
      log('error', 'the engine took no run', { onboarding: id, detail: placeOf(cause) });
    }
  }

  return {
    async answer(id, { kind, value }) {
      const step = askedBy[kind];
      const asked = await actionOf(store, id, step);
      if (!asked || !fits(kind, asked)) throw new RelayProblem('input-unexpected', { onboarding: id });
      const answer = readAnswer(kind, value, asked);
      const decided = 'decision' in answer ? answer.decision : {};
      // Sealed before the transaction begins: nothing but queries is waited for within.
      const input =
        'input' in answer
          ? await sealer.seal(packInput(kind, answer.input), { kind: 'input', row: `${id}/${step}` })
          : null;
      const generation = await store.transaction().execute(async (trx) => {
        const row = await lockOnboarding(trx, id);
        const now = await actionOf(trx, id, step);
        if (row?.status !== 'action_required' || !now || !fits(kind, now)) {
          throw new RelayProblem('input-unexpected', { onboarding: id });
        }
        const decisions = JSON.stringify({ ...JSON.parse(row.decisions ?? '{}'), ...decided });
        return begin(trx, row, ({ name }) => (name === step ? { ...anew, input } : null), { decisions });
      });
      await submit(id, generation);
    },

    async resume(id) {
      const generation = await store.transaction().execute(async (trx) => {
        const row = await lockOnboarding(trx, id);
        if (!row || row.status === 'running' || row.status === 'exchanging') return null;
        const token = await trx
          .selectFrom('credential')
          .select('onboarding_id')
          .where('onboarding_id', '=', id)
          .executeTakeFirst();
        if (!token) throw new RelayProblem('onboarding-not-resumable', { onboarding: id });
        const unfinished: readonly StepStatus[] = ['failed', 'action_required'];
        const time = now();
        return begin(trx, row, (step) =>
          unfinished.includes(step.status) && !isHeldByMeta(step, time) ? anew : null,
        );
      });
      await submit(id, generation);
    },

    async wakeDue() {
      const due = await waiting(store).where(wakeAt, '<=', now()).distinct().execute();
      for (const { id } of due) {
        const generation = await store.transaction().execute(async (trx) => {
          const row = await lockOnboarding(trx, id);
          if (row?.status !== 'action_required') return null;
          const steps = await waiting(trx)
            .select('step.name')
            .where('onboarding.id', '=', id)
            .where(wakeAt, '<=', now())
            .execute();
          return begin(trx, row, ({ name }) => (steps.some((step) => step.name === name) ? fresh : null));
        });
        await submit(id, generation);
      }
      const { next } = await waiting(store)
        .clearSelect()
        .select((eb) => eb.fn.min<number | null>(wakeAt(eb)).as('next'))
        .executeTakeFirstOrThrow();
      return next;
    },
  };
}

/** Steps for which an onboarding stands still. */
function waiting(store: Store) {
  return store
    .selectFrom('step')
    .innerJoin('onboarding', 'onboarding.id', 'step.onboarding_id')
    .leftJoin('deadline', (join) =>
      join
        .onRef('deadline.onboarding_id', '=', 'step.onboarding_id')
        .onRef('deadline.step', '=', 'step.name'),
    )
    .select('onboarding.id')
    .where('onboarding.status', '=', 'action_required')
    .where('step.status', '=', 'action_required');
}

/** When a step is taken up by itself: at its time; where a person is asked, once it is too late for an answer. */
function wakeAt(eb: ExpressionBuilder<Tables, 'step' | 'deadline'>) {
  return eb.fn.coalesce('step.retry_at', 'deadline.at');
}

/** What a step asks for at the moment. */
async function actionOf(store: Store, id: string, step: StepName): Promise<Action | null> {
  const row = await store
    .selectFrom('step')
    .select('action')
    .where('onboarding_id', '=', id)
    .where('name', '=', step)
    .executeTakeFirst();
  return row?.action ? (JSON.parse(row.action) as Action) : null;
}
