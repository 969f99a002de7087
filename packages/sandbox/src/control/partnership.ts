import { Hono } from 'hono';
import { fixedCredentials } from '../credentials.ts';
import { takeAway } from '../world/funding.ts';
import type { World } from '../world/world.ts';
import { invalidInput } from './input-error.ts';
import { partnershipInput } from './partnership-input.ts';
import { takes } from './takes.ts';

/**
 * What a person does in Business Manager, and no call of the Graph API.
 *
 * `POST /partnership` `{systemUserId?, role?, isFinanceEditor?, creditLineId?, creditTerms?, creditLine?}`: roles of
 * a system user (default: the partner's), the Credit Allocation terms of a credit line (default: the partner's)
 * `accepted` or `withdrawn`, the line itself `available` or `taken-away`. Answers `{systemUser, creditLine}`.
 */
export function createPartnership(world: World): Hono {
  const routes = new Hono();
  routes.post(
    '/partnership',
    takes(partnershipInput, ({ role, isFinanceEditor, creditTerms, creditLine, ...named }) => {
      const user = world.systemUsers.get(named.systemUserId ?? fixedCredentials.systemUserId);
      if (!user) throw invalidInput('systemUserId', '"systemUserId" is no system user of this sandbox.');
      const line = world.creditLines.get(named.creditLineId ?? fixedCredentials.creditLineId);
      if (!line) throw invalidInput('creditLineId', '"creditLineId" is no credit line of this sandbox.');
      user.role = role ?? user.role;
      user.isFinanceEditor = isFinanceEditor ?? user.isFinanceEditor;
      if (creditTerms) line.termsAccepted = creditTerms === 'accepted';
      if (creditLine === 'taken-away') takeAway(world, line);
      if (creditLine === 'available') line.isAvailable = true;
      return {
        systemUser: { id: user.id, role: user.role, isFinanceEditor: user.isFinanceEditor },
        creditLine: { id: line.id, termsAccepted: line.termsAccepted, isAvailable: line.isAvailable },
      };
    }),
  );
  return routes;
}
