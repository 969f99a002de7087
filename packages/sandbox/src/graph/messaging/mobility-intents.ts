import * as v from 'valibot';
import type { MobilityIntent } from '../../world/account-extras.ts';
import type { Waba } from '../../world/assets.ts';
import type { Solution } from '../../world/partnership.ts';
import type { Call } from '../frame/call.ts';
import { badParameter, notVisible } from '../frame/errors.ts';
import { type Edge, listing, type NodeType } from '../frame/node-type.ts';
import { digits, json, readInput, text } from '../frame/read-input.ts';
import { solutionNode } from '../partner/solution-node.ts';
import { isoTime, needsManagement, visibleWaba } from './number.ts';

/** A wish to move an account into a solution. Meta: WhatsApp Business Account OBO Mobility Intent API. */
export const mobilityIntentNode: NodeType<MobilityIntent> = {
  name: 'WhatsAppBusinessAccountOBOMobilityIntent',
  find: (id, call) => {
    const intent = call.world.messaging.intents.get(id);
    return intent && visibleWaba(intent.wabaId, call) ? intent : undefined;
  },
  check: needsManagement,
  defaults: ['id', 'waba', 'solution', 'status', 'created_time', 'updated_time'],
  fields: {
    waba: ({ wabaId }, call) => call.find(wabaId) ?? undefined,
    solution: ({ solutionId }, call) => call.find(solutionId) ?? undefined,
    status: ({ status }) => (status === 'SCHEDULED' ? 'ACTIVE' : status),
    created_time: ({ createdAt }) => isoTime(createdAt),
    updated_time: ({ updatedAt }) => isoTime(updatedAt),
  },
};

/** `POST /{waba}/obo_mobility_intent`: begins such a move, or ends one that waits. */
export const mobilityIntents: Edge<Waba> = {
  post: (waba, call) => {
    const input = readInput(call, {
      solution_id: digits,
      intent_type: v.picklist([...beginnings, ...endings]),
      target_solution_id: v.optional(digits),
      mobility_reason: v.optional(text(500, 0)),
      scheduled_execution_time: v.optional(v.pipe(v.string(), v.isoTimestamp('must be a timestamp'))),
      metadata: v.optional(json(v.looseObject({}))),
    });
    const solution = findSolution(input.solution_id, call);
    const isNew = isOneOf(beginnings, input.intent_type);
    const intent = isNew ? addIntent(waba, solution, call) : findWaiting(waba, solution, call);
    if (input.scheduled_execution_time !== undefined) intent.status = 'SCHEDULED';
    if (!isNew) intent.status = isOneOf(agreements, input.intent_type) ? 'COMPLETED' : 'CANCELLED';
    intent.updatedAt = call.world.clock.now();
    return {
      success: true,
      mobility_intent_id: intent.id,
      status: intent.status === 'CANCELLED' ? 'REJECTED' : intent.status,
      approval_required: intent.status === 'PENDING',
    };
  },
};

const beginnings = ['INITIATE_TRANSFER', 'REQUEST_HANDOVER'] as const;
const agreements = ['CONFIRM_TRANSFER', 'APPROVE_HANDOVER'] as const;
const endings = [...agreements, 'CANCEL_TRANSFER', 'REJECT_HANDOVER'] as const;

/** `POST /{waba}/set_obo_mobility_intent` */
export const setMobilityIntent: Edge<Waba> = {
  post: (waba, call) => {
    const input = readInput(call, {
      waba_id: digits,
      solution_id: digits,
      app_id: v.optional(digits),
      actor_id: v.optional(digits),
      client_mutation_id: v.optional(text(255)),
    });
    if (input.waba_id !== waba.id) throw badParameter('Param waba_id must be the account of the request.');
    const intent = addIntent(waba, findSolution(input.solution_id, call), call);
    return {
      success: true,
      intent_id: intent.id,
      ...(input.client_mutation_id === undefined ? {} : { client_mutation_id: input.client_mutation_id }),
    };
  },
};

/** A move that waits for the other side, as a request from one business to another. */
const requestNode: NodeType<MobilityIntent> = {
  name: 'WhatsAppBusinessOnBehalfRequest',
  find: () => undefined,
  defaults: ['id', 'status', 'business_owned_object', 'receiving_business', 'requesting_business'],
  fields: {
    status: () => 'IN_PROGRESS',
    business_owned_object: ({ wabaId }) => wabaId,
    receiving_business: ({ solutionId }, call) => {
      const appId = call.world.solutions.get(solutionId)?.ownerAppId ?? '';
      return businessOf(call, call.world.apps.get(appId)?.businessId);
    },
    requesting_business: ({ wabaId }, call) => businessOf(call, call.world.wabas.get(wabaId)?.businessId),
  },
};

/** `GET /{waba}/in_progress_onbehalf_request` */
export const onBehalfRequests: Edge<Waba> = {
  get: (waba, { world }) =>
    listing(requestNode, world.messaging.account(waba.id).intents, {
      visible: ({ status }) => status === 'PENDING',
    }),
};

function addIntent(waba: Waba, solution: Solution, { world }: Call): MobilityIntent {
  const now = world.clock.now();
  const intent: MobilityIntent = {
    ...world.newIdentity(),
    wabaId: waba.id,
    solutionId: solution.id,
    status: 'PENDING',
    createdAt: now,
    updatedAt: now,
  };
  world.messaging.intents.set(intent.id, intent);
  world.messaging.account(waba.id).intents.add(intent);
  return intent;
}

function findWaiting(waba: Waba, solution: Solution, { world }: Call): MobilityIntent {
  const open = [...world.messaging.account(waba.id).intents].find(
    ({ solutionId, status }) =>
      solutionId === solution.id && (status === 'PENDING' || status === 'SCHEDULED'),
  );
  if (open) return open;
  throw badParameter('There is no mobility intent of this account and solution that waits.');
}

/** A solution that the caller's app has a part in. */
function findSolution(id: string, call: Call): Solution {
  const solution = solutionNode.find(id, call);
  if (!solution) throw notVisible(call.method, id);
  return solution;
}

function businessOf({ world }: Call, id: string | undefined) {
  const business = world.businesses.get(id ?? '');
  return business && { id: business.id, name: business.name };
}

const isOneOf = (list: readonly string[], value: string): boolean => list.includes(value);
