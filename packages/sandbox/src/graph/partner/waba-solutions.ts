import type { Waba } from '../../world/assets.ts';
import { orderedOf } from '../../world/ordered.ts';
import type { MigrationIntent } from '../../world/partnership.ts';
import { shareWithPartners } from '../../world/solution-sharing.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../frame/call.ts';
import { badParameter, type GraphError, methodError } from '../frame/errors.ts';
import { required, requiredChoice } from '../frame/input.ts';
import { type Edge, listing } from '../frame/node-type.ts';
import { solutionNode } from './solution-node.ts';

const intents = ['INITIATE_MIGRATION', 'CANCEL_MIGRATION', 'CONFIRM_MIGRATION', 'SCHEDULE_MIGRATION'];

/** `GET /{waba}/solutions`: the one that the account came with. */
export const wabaSolutions: Edge<Waba> = {
  get: ({ solutionId }, { world }) => {
    const solution = world.solutions.get(solutionId ?? '');
    return listing(solutionNode, orderedOf(solution ? [solution] : []));
  },
};

/** `POST /{waba}/set_solution_migration_intent`. */
export const setMigrationIntent: Edge<Waba> = {
  post: (waba, call) => {
    const { world, parameters } = call;
    const wanted = requiredChoice(parameters, 'migration_intent', intents);
    const solutionId = readSolution(call);
    const open = openIntent(world, waba);
    if (wanted === 'INITIATE_MIGRATION') {
      if (open || waba.solutionId === solutionId) throw impossible();
      return answer(startIntent(world, waba, solutionId), 'PENDING');
    }
    if (wanted === 'SCHEDULE_MIGRATION') {
      const at = readTime(call);
      const intent = open ?? startIntent(world, waba, solutionId);
      world.clock.schedule(at, () => {
        if (intent.status === 'INITIATED') complete(world, intent);
      });
      return { ...answer(intent, 'SCHEDULED'), estimated_completion_time: new Date(at).toISOString() };
    }
    if (!open) throw impossible();
    if (wanted === 'CONFIRM_MIGRATION') complete(world, open);
    else open.status = 'REJECTED';
    return answer(open, wanted === 'CONFIRM_MIGRATION' ? 'APPROVED' : 'REJECTED');
  },
};

/** Where the account is to go: a solution in use that the calling app is in. */
function readSolution({ world, caller, parameters }: Call): string {
  const named = required(parameters, 'solution_id');
  const id = parameters.get('target_solution_id') ?? named;
  if (!/^\d+$/.test(id)) throw badParameter('Invalid parameter: solution_id must be a valid numeric string');
  const solution = world.solutions.get(id);
  const isIn = solution?.ownerAppId === caller.app.id || solution?.partnerAppId === caller.app.id;
  if (!isIn) {
    throw methodError(803, 'WhatsApp Business Account or Solution not found');
  }
  if (solution?.status !== 'ACTIVE') throw impossible();
  return id;
}

function readTime({ world, parameters }: Call): number {
  const at = Date.parse(required(parameters, 'scheduled_migration_time'));
  if (Number.isNaN(at) || at <= world.clock.now()) {
    throw badParameter('Invalid parameter: scheduled_migration_time must be a time that is still to come');
  }
  return at;
}

function openIntent(world: World, waba: Waba): MigrationIntent | undefined {
  return [...world.migrationIntents.values()].find(
    ({ wabaId, status }) => wabaId === waba.id && status === 'INITIATED',
  );
}

function startIntent(world: World, waba: Waba, solutionId: string): MigrationIntent {
  const intent: MigrationIntent = {
    ...world.newIdentity(),
    wabaId: waba.id,
    solutionId,
    status: 'INITIATED',
  };
  world.migrationIntents.set(intent.id, intent);
  return intent;
}

function complete(world: World, intent: MigrationIntent): void {
  intent.status = 'COMPLETED';
  const waba = world.wabas.get(intent.wabaId);
  if (!waba) return;
  waba.solutionId = intent.solutionId;
  shareWithPartners(world, waba);
}

function answer(intent: MigrationIntent, status: 'PENDING' | 'APPROVED' | 'REJECTED' | 'SCHEDULED') {
  return { success: true, migration_intent_id: intent.id, status };
}

function impossible(): GraphError {
  return methodError(100, 'Migration intent cannot be set for solution in current state');
}
