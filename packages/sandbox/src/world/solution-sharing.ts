import type { Waba } from './assets.ts';
import type { World } from './world.ts';

/** Who comes through a solution shares with both its sides. Meta: Multi-Partner Solutions. */
export function shareWithPartners(world: World, waba: Waba): void {
  const solution = world.solutions.get(waba.solutionId ?? '');
  if (!solution || waba.access !== 'shared') return;
  for (const appId of [solution.ownerAppId, solution.partnerAppId]) {
    const business = world.businesses.get(world.apps.get(appId)?.businessId ?? '');
    business?.clients.add(waba);
  }
}
