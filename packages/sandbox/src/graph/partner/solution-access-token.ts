import { dayMs } from '../../durations.ts';
import type { Solution } from '../../world/partnership.ts';
import { mintToken } from '../../world/tokens.ts';
import { permissionDenied } from '../business/business-role.ts';
import type { Call } from '../frame/call.ts';
import { methodError } from '../frame/errors.ts';
import { required } from '../frame/input.ts';

const sixtyDaysMs = 60 * dayMs;

/**
 * `GET /{solution}/access_token?business_id=`: the calling app's own token for a customer who came through the
 * solution. Meta says that it expires, not when; it lives as long as those of a 60 day configuration.
 */
export function solutionAccessToken(solution: Solution, { world, caller, parameters }: Call) {
  if (caller.kind !== 'token' || solution.status === 'INITIATED' || solution.status === 'REJECTED') {
    throw permissionDenied(
      "Your app doesn't have permission to access this Multi-Partner Solution or the specified business",
    );
  }
  const business = world.businesses.get(required(parameters, 'business_id'));
  const wabas = [...(business?.owned ?? [])].filter(({ solutionId }) => solutionId === solution.id);
  if (!business || wabas.length === 0) {
    throw methodError(100, 'The specified business has not shared a WABA with this Multi-Partner Solution');
  }
  const { token, expiresAt } = mintToken(
    world,
    {
      appId: caller.app.id,
      kind: 'business',
      userId: business.installs.get(caller.app.id)?.userId ?? world.newIdentity().id,
      userName: `${business.name} (business integration)`,
      businessId: business.id,
      scopes: caller.token.scopes.filter((scope) => scope.startsWith('whatsapp_')),
      wabaIds: wabas.map(({ id }) => id).reverse(),
    },
    sixtyDaysMs,
  );
  return { access_token: token, expires_at: Math.floor((expiresAt ?? 0) / 1000) };
}
