import * as v from 'valibot';
import { dayMs } from '../../durations.ts';
import type { Flow } from '../../world/account-extras.ts';
import { createOrdered, type Listed } from '../../world/ordered.ts';
import { badParameter } from '../frame/errors.ts';
import { graphTime } from '../frame/graph-time.ts';
import { listing, type NodeType } from '../frame/node-type.ts';
import { readInput } from '../frame/read-input.ts';
import { healthStatus } from '../number/health.ts';
import { flowJsonUrl } from './downloads.ts';
import { flowProperty, validateFlowJson } from './flow-json.ts';
import { flowEntries, flowError, publish, requireDraft, requireNewName } from './flow-rules.ts';
import { needsManagement, visibleWaba } from './number.ts';

const previewMs = 30 * dayMs;

/** A WhatsApp Flow. Meta: WhatsApp Flows › Flows API. */
export const flowNode: NodeType<Flow> = {
  name: 'WhatsAppFlow',
  find: (id, call) => {
    const flow = call.world.messaging.flows.get(id);
    return flow && visibleWaba(flow.wabaId, call) ? flow : undefined;
  },
  check: needsManagement,
  defaults: ['id', 'name', 'status', 'categories', 'validation_errors'],
  fields: {
    name: (flow) => flow.name,
    status: (flow) => flow.status,
    categories: (flow) => flow.categories,
    validation_errors: (flow) => validateFlowJson(flow.json),
    json_version: (flow) => flowProperty(flow.json, 'version'),
    data_api_version: (flow) => flowProperty(flow.json, 'data_api_version'),
    data_channel_uri: (flow) => flowProperty(flow.json, 'data_channel_uri') ?? flow.endpointUri ?? undefined,
    endpoint_uri: (flow) => flow.endpointUri ?? undefined,
    preview: (flow, { world }) => ({
      preview_url: `https://business.facebook.com/wa/manage/flows/${flow.id}/preview/?token=${flow.order}`,
      expires_at: graphTime(world.clock.now() + previewMs),
    }),
    whatsapp_business_account: ({ wabaId }, call) => call.find(wabaId) ?? undefined,
    application: (flow, { world }) => ({
      id: flow.appId,
      name: world.apps.get(flow.appId)?.name ?? '',
      link: `https://www.facebook.com/games/?app_id=${flow.appId}`,
    }),
    health_status: (flow, call) => {
      const waba = visibleWaba(flow.wabaId, call);
      if (!waba) return undefined;
      const health = healthStatus(call, waba);
      const self = { entity_type: 'FLOW', id: flow.id, can_send_message: 'AVAILABLE' };
      return { ...health, entities: [self, ...(health.entities as object[])] };
    },
    // Nobody opens a Flow here, so there is nothing to count.
    metric: () => {
      throw flowError(139006, 'Metrics threshold is not reached');
    },
  },
  update: (flow, call) => {
    requireDraft(flow);
    const input = readInput(call, v.partial(v.object(flowEntries)).entries);
    if (input.name !== undefined && input.name !== flow.name) {
      requireNewName({ id: flow.wabaId }, input.name, call);
    }
    flow.name = input.name ?? flow.name;
    flow.categories = input.categories ?? flow.categories;
    flow.endpointUri = input.endpoint_uri ?? flow.endpointUri;
    return { success: true };
  },
  remove: (flow, { world }) => {
    if (flow.status !== 'DRAFT') throw flowError(139004, "Can't delete published Flow");
    world.messaging.flows.delete(flow.id);
    world.messaging.account(flow.wabaId).flows.remove(flow);
    return { success: true };
  },
  edges: {
    assets: {
      get: (flow) => {
        const assets = createOrdered<FlowAsset>();
        assets.add({ id: flow.id, order: flow.order, flow });
        return listing(assetNode, assets);
      },
      post: async (flow, { parameters, files }) => {
        requireDraft(flow);
        readInput({ parameters }, { name: v.literal('flow.json'), asset_type: v.literal('FLOW_JSON') });
        const file = files.get('file');
        if (!file) throw badParameter('The parameter file is required.');
        flow.json = await file.text();
        return { success: true, validation_errors: validateFlowJson(flow.json) };
      },
    },
    publish: {
      post: (flow, call) => {
        publish(flow, call);
        return { success: true };
      },
    },
    deprecate: {
      post: (flow) => {
        if (flow.status === 'DRAFT') throw flowError(139003, "Can't deprecate unpublished flow");
        if (flow.status === 'DEPRECATED') throw flowError(139003, 'Flow is already deprecated');
        flow.status = 'DEPRECATED';
        return { success: true };
      },
    },
  },
};

interface FlowAsset extends Listed {
  flow: Flow;
}

const assetNode: NodeType<FlowAsset> = {
  name: 'WhatsAppFlowAsset',
  find: () => undefined,
  idless: true,
  defaults: ['name', 'asset_type', 'download_url'],
  fields: {
    name: () => 'flow.json',
    asset_type: () => 'FLOW_JSON',
    download_url: ({ flow }, call) => flowJsonUrl(flow, call),
  },
};
