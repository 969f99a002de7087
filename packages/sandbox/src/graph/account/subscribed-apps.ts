import type { Waba, WabaSubscription } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../frame/call.ts';
import type { Edge } from '../frame/node-type.ts';
import { takeOverride } from './callback-override.ts';

/** `/{waba}/subscribed_apps`. Meta: Embedded Signup › Managing webhooks, and Webhooks › Override. */
export const subscribedApps: Edge<Waba> = {
  get: (waba, { world }) => ({ data: [...waba.subscriptions.values()].map((one) => describe(world, one)) }),
  post: subscribe,
  delete: (waba, { caller }) => {
    waba.subscriptions.delete(caller.app.id);
    return { success: true };
  },
};

/** The app is the token's. Without an override in the request, one of before goes. */
async function subscribe(waba: Waba, call: Call): Promise<Record<string, unknown>> {
  const { caller, parameters, world } = call;
  const uri = parameters.get('override_callback_uri');
  const override = uri
    ? await takeOverride({ uri, verifyToken: parameters.get('verify_token') }, waba, call)
    : null;
  const subscription = { appId: caller.app.id, override };
  waba.subscriptions.set(caller.app.id, subscription);
  return override ? { success: true, data: [describe(world, subscription)] } : { success: true };
}

function describe(world: World, { appId, override }: WabaSubscription): Record<string, unknown> {
  return {
    whatsapp_business_api_data: {
      id: appId,
      name: world.apps.get(appId)?.name ?? '',
      link: `https://www.facebook.com/games/?app_id=${appId}`,
    },
    ...(override ? { override_callback_uri: override.callbackUrl } : {}),
  };
}
