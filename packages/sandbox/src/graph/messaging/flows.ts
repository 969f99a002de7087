import * as v from 'valibot';
import type { Flow } from '../../world/account-extras.ts';
import type { Waba } from '../../world/assets.ts';
import type { Call } from '../frame/call.ts';
import { badParameter, notVisible } from '../frame/errors.ts';
import { type Edge, listing } from '../frame/node-type.ts';
import { digits, flag, json, readInput } from '../frame/read-input.ts';
import { firstFlowJson, validateFlowJson } from './flow-json.ts';
import { flowNode } from './flow-node.ts';
import { flowEntries, isNameTaken, requireNewName, requirePublishable } from './flow-rules.ts';
import { visibleWaba } from './number.ts';

/** `/{waba}/flows` */
export const flows: Edge<Waba> = {
  get: (waba, { world }) =>
    listing(flowNode, world.messaging.account(waba.id).flows, { direction: 'descending' }),
  post: (waba, call) => {
    const input = readInput(call, {
      ...flowEntries,
      endpoint_uri: v.optional(flowEntries.endpoint_uri),
      clone_flow_id: v.optional(digits),
      flow_json: v.optional(v.string()),
      publish: v.optional(flag),
    });
    requireNewName(waba, input.name, call);
    const source = input.clone_flow_id === undefined ? undefined : findSource(input.clone_flow_id, call);
    const details = {
      name: input.name,
      categories: input.categories,
      endpointUri: input.endpoint_uri ?? source?.endpointUri ?? null,
      json: input.flow_json ?? source?.json ?? firstFlowJson,
    };
    // Meta: WhatsApp Flows › Flows API › Creating a Flow: `publish` needs a valid Flow JSON. That a refusal leaves
    // a draft behind is said nowhere.
    if (input.publish) requirePublishable({ wabaId: waba.id, ...details }, call);
    const flow = addFlow(waba, call, { ...details, status: input.publish ? 'PUBLISHED' : 'DRAFT' });
    return { id: flow.id, success: true, validation_errors: validateFlowJson(flow.json) };
  },
};

/** `/{waba}/migrate_flows`: copies Flows from another account. Meta: WhatsApp Flows › Flows API › Migrating Flows. */
export const migrateFlows: Edge<Waba> = {
  post: (waba, call) => {
    const input = readInput(call, {
      source_waba_id: digits,
      source_flow_names: v.optional(json(v.array(v.string()))),
    });
    const source = visibleWaba(input.source_waba_id, call);
    if (!source) throw notVisible(call.method, input.source_waba_id);
    const there = [...call.world.messaging.account(source.id).flows];
    const failed: Record<string, string>[] = [];
    const migrated: Record<string, string>[] = [];
    for (const name of input.source_flow_names ?? there.map((flow) => flow.name)) {
      const flow = there.find((one) => one.name === name);
      if (!flow) failed.push(failure(name, '4233041', 'Flow name not found in source WABA.'));
      else if (isNameTaken(waba, name, call)) failed.push(failure(name, '100', 'Flow name is not unique.'));
      else {
        const { categories, endpointUri, json: flowJson } = flow;
        const copy = addFlow(waba, call, { name, categories, endpointUri, json: flowJson, status: 'DRAFT' });
        migrated.push({ source_name: name, source_id: flow.id, migrated_id: copy.id });
      }
    }
    return { migrated_flows: migrated, failed_flows: failed };
  },
};

function addFlow(
  waba: Waba,
  { world, caller }: Call,
  details: Pick<Flow, 'name' | 'categories' | 'endpointUri' | 'json' | 'status'>,
): Flow {
  const flow: Flow = {
    ...world.newIdentity(),
    wabaId: waba.id,
    appId: caller.app.id,
    ...details,
  };
  world.messaging.flows.set(flow.id, flow);
  world.messaging.account(waba.id).flows.add(flow);
  return flow;
}

function findSource(id: string, call: Call): Flow {
  const source = flowNode.find(id, call);
  if (!source) throw badParameter('Flow with specified ID does not exist');
  return source;
}

const failure = (name: string, code: string, reason: string) => ({
  source_name: name,
  error_code: code,
  error_message: `Flows Migration Error: ${reason}`,
});
