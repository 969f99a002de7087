import { isCallbackUrl } from '../../callback-url.ts';
import { verifyCallback } from '../../webhooks/verify.ts';
import type { App } from '../../world/access.ts';
import { requireAppToken } from '../frame/call.ts';
import { badParameter, callbackRefused } from '../frame/errors.ts';
import { required } from '../frame/input.ts';
import { readList, requireOneOf } from '../frame/list-parameter.ts';
import type { Edge } from '../frame/node-type.ts';

/** What an app can be told about. Meta: Graph API › Webhooks. */
const objects = [
  'user',
  'page',
  'permissions',
  'payments',
  'instagram',
  'application',
  'whatsapp_business_account',
] as const;

/** Meta: WhatsApp Business Platform › Webhooks › Fields. */
const webhookFields = [
  'account_alerts',
  'account_review_update',
  'account_settings_update',
  'account_update',
  'automatic_events',
  'business_capability_update',
  'business_status_update',
  'calls',
  'consumer_profile',
  'flows',
  'group_lifecycle_update',
  'group_participants_update',
  'group_settings_update',
  'group_status_update',
  'history',
  'message_echoes',
  'message_template_components_update',
  'message_template_quality_update',
  'message_template_status_update',
  'messages',
  'messaging_handovers',
  'partner_solutions',
  'payment_configuration_update',
  'phone_number_name_update',
  'phone_number_quality_update',
  'security',
  'smb_app_state_sync',
  'smb_message_echoes',
  'standby',
  'template_category_update',
  'template_correct_category_detection',
  'tracking_events',
  'user_id_update',
  'user_preferences',
] as const;

/**
 * `/{app}/subscriptions`: where the app's webhooks go, one callback for each kind of object; a new one stands in
 * for the one before. Meta: Graph API › Application › Subscriptions.
 */
export const appSubscriptions: Edge<App> = {
  check: (_app, call) => void requireAppToken(call),
  get: (app) => ({
    data: [...app.subscriptions.values()].map(({ object, callbackUrl, fields }) => ({
      object,
      callback_url: callbackUrl,
      active: true,
      fields: [...fields].map(([name, version]) => ({ name, version })),
    })),
  }),
  post: async (app, { parameters, version, fetch, random }) => {
    const object = readObject(parameters);
    const callbackUrl = required(parameters, 'callback_url');
    const verifyToken = required(parameters, 'verify_token');
    const fields = readFields(object, parameters);
    if (fields.length === 0) throw badParameter('The parameter fields is required.');
    if (!isCallbackUrl(callbackUrl)) {
      throw badParameter('Invalid parameter', 'callback_url must be an https address.');
    }
    const problem = await verifyCallback({ url: callbackUrl, verifyToken }, { fetch, random });
    if (problem !== null) throw callbackRefused(problem);
    app.subscriptions.set(object, {
      object,
      callbackUrl,
      verifyToken,
      fields: new Map(fields.map((name) => [name, version])),
    });
    return { success: true };
  },
  // Without an object all subscriptions end, with fields only these.
  delete: (app, { parameters }) => {
    if (!parameters.has('object')) {
      if (parameters.has('fields')) throw badParameter('The parameter object is required.');
      app.subscriptions.clear();
      return { success: true };
    }
    const object = readObject(parameters);
    const fields = readFields(object, parameters);
    const subscription = app.subscriptions.get(object);
    for (const field of fields) subscription?.fields.delete(field);
    if (fields.length === 0 || subscription?.fields.size === 0) app.subscriptions.delete(object);
    return { success: true };
  },
};

function readObject(parameters: Map<string, string>): string {
  const object = required(parameters, 'object');
  requireOneOf('object', object, objects);
  return object;
}

function readFields(object: string, parameters: Map<string, string>): string[] {
  const fields = readList(parameters, 'fields') ?? [];
  if (object === 'whatsapp_business_account') {
    for (const [place, field] of fields.entries()) requireOneOf(`fields[${place}]`, field, webhookFields);
  }
  return fields;
}
