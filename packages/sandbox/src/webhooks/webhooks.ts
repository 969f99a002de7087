import type { World } from '../world/world.ts';
import type { Callout } from './callout.ts';
import { noticesOf } from './causes.ts';
import { createDeliveries, type Deliveries } from './deliver.ts';

/** Webhooks out: what happens in the world is told to those who subscribed, as Meta tells it. */
export function createWebhooks(world: World, callout: Callout): Deliveries {
  const deliveries = createDeliveries(world, callout);
  world.onHappening((happening) => {
    for (const notice of noticesOf(world, happening, deliveries.announce)) deliveries.announce(notice);
  });
  return deliveries;
}
