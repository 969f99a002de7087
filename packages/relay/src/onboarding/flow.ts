import type { StepError, StepName } from 'whatsapp-embedded-signup/protocol';
import type { Durable, Flow } from '../engine/engine.ts';
import { codeOnly, settled } from '../engine/engine.ts';
import { assignSystemUser } from './assign-system-user.ts';
import { confirm } from './confirm/confirm.ts';
import type { Finish } from './finish.ts';
import { required } from './finish.ts';
import { inspect } from './inspect/inspect.ts';
import type { Ledger } from './ledger.ts';
import { register } from './register/register.ts';
import { shareCredit } from './share-credit.ts';
import type { StepResult, StepRunner, StepWork } from './steps.ts';
import { subscribe } from './subscribe.ts';
import { syncContacts, syncHistory } from './sync/sync.ts';

const works: Record<Exclude<StepName, 'exchange'>, StepWork> = {
  inspect,
  subscribe,
  register,
  assign_system_user: assignSystemUser,
  share_credit: shareCredit,
  sync_contacts: syncContacts,
  sync_history: syncHistory,
  confirm,
};

type Name = keyof typeof works;

/**
 * What may run at once, and in which order within. The synchronisation comes after the subscription: Meta sends
 * contacts and history once, and to nobody where nobody has subscribed.
 */
const branches: readonly (readonly Name[])[] = [
  ['subscribe', 'sync_contacts', 'sync_history'],
  ['register'],
  ['assign_system_user', 'share_credit'],
];

/**
 * What follows the exchange: `inspect`, the branches side by side, then `confirm`. The engine remembers how far it
 * came; the ledger says what happened, and the final status is read from it alone.
 */
export function createFlow(
  run: StepRunner,
  ledger: Ledger,
  planOf: (id: string) => Promise<readonly StepName[]>,
  finish: Finish,
): Flow {
  return async (id, generation, durable) => {
    // The two files can be of different age, after a restore for example. The rows decide.
    if (!(await codeOnly(() => ledger.isCurrent(id, generation)))) return;
    const step = (name: Name, work: StepWork = works[name]): Promise<StepResult> =>
      durable.run(name, () => run(id, generation, name, work));

    const inspected = await step('inspect');
    // Whoever does the work now ends it.
    if (inspected === 'overtaken') return;
    if (inspected === 'done') {
      const plan = await codeOnly(() => planOf(id));
      const results = await settled(branches.map((names) => branch(names.filter(isIn(plan)), step)));
      if (results.includes('overtaken')) return;
      if (results.every((result) => result === 'through') && (await step('confirm')) === 'overtaken') return;
    }
    await end(durable, id, generation, finish);
  };
}

/** The history does not need the contacts: they come one after the other, and neither for nothing. */
const dispensable: ReadonlySet<Name> = new Set(['sync_contacts']);

/** Runs steps one after the other. What needs a failed one cannot run, and says so. */
async function branch(
  names: readonly Name[],
  step: (name: Name, work?: StepWork) => Promise<StepResult>,
): Promise<'through' | 'stopped' | 'overtaken'> {
  let stopped = false;
  let failed = false;
  for (const name of names) {
    const result: StepResult = await (failed ? step(name, blocked) : step(name));
    if (result === 'overtaken') return 'overtaken';
    if (result === 'action_required') return 'stopped';
    failed ||= result === 'failed' && !dispensable.has(name);
    stopped ||= result === 'failed' && required.has(name);
  }
  return stopped ? 'stopped' : 'through';
}

const blockedError: StepError = {
  code: 'step-before-failed',
  message: 'The step before this one failed.',
  hint: 'Mend that step, then resume the onboarding.',
};

const blocked: StepWork = async () => ({ status: 'failed', error: blockedError });

function isIn(plan: readonly StepName[]): (name: Name) => boolean {
  return (name) => plan.includes(name);
}

async function end(durable: Durable, id: string, generation: number, finish: Finish): Promise<void> {
  await durable.run('finish', () => finish(id, generation));
}
