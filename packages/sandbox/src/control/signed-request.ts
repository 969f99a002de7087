import { Hono } from 'hono';
import * as v from 'valibot';
import { type Callout, reasonOf } from '../webhooks/callout.ts';
import { signedRequest } from '../webhooks/signed-request.ts';
import { people } from '../world/seed.ts';
import type { World } from '../world/world.ts';
import { invalidInput } from './input-error.ts';
import { takes } from './takes.ts';
import { callbackUrl, id } from './webhook-input.ts';
import { appOf } from './webhooks.ts';

/** Body of `POST /_sandbox/signed-request`. */
export const signedRequestInput = v.strictObject({
  /** The app's deauthorize or data deletion callback. */
  url: callbackUrl,
  /** Who took the app off or wants their data gone: a person, or the user of a business token. */
  userId: v.optional(id),
  /** In place of `userId`: the user of the tokens that the app has of this account's business. */
  wabaId: v.optional(id),
  appId: v.optional(id),
  signature: v.optional(v.picklist(['good', 'bad']), 'good'),
});

/** The callbacks that App Review asks for. Meta: App Dashboard › Settings › Data deletion request callback. */
export function createSignedRequestControl(world: World, { fetch, patienceMs }: Callout): Hono {
  const routes = new Hono();
  routes.post(
    '/signed-request',
    takes(signedRequestInput, async ({ url, appId, signature, ...whose }) => {
      const app = appOf(world, appId);
      const secret = signature === 'good' ? app.secret : `${app.secret}-of-another-app`;
      const body = new URLSearchParams({
        signed_request: signedRequest(userOf(world, app.id, whose), secret, world.clock.now()),
      });
      try {
        const response = await fetch(url, {
          method: 'POST',
          body,
          redirect: 'manual',
          headers: { 'user-agent': 'facebookexternalua' },
        });
        return { url, status: response.status, body: await response.text() };
      } catch (error) {
        return { url, status: null, error: reasonOf(error, patienceMs) };
      }
    }),
  );
  return routes;
}

function userOf(
  world: World,
  appId: string,
  whose: { userId?: string | undefined; wabaId?: string | undefined },
): string {
  if (whose.wabaId === undefined) return whose.userId ?? people[0].id;
  const businessId = world.wabas.get(whose.wabaId)?.businessId ?? '';
  const install = world.businesses.get(businessId)?.installs.get(appId);
  if (!install) throw invalidInput('wabaId', '"wabaId" is no account whose business lets the app in.');
  return install.userId;
}
