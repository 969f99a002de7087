import { noticesOf } from './causes.ts';
import { createDeliveries, type Deliveries, type DeliveryMeans } from './deliver.ts';

/** Webhooks out: what happens in the world is told to those who subscribed, as Meta tells it. */
export function createWebhooks(means: DeliveryMeans): Deliveries {
  const { world } = means;
  const deliveries = createDeliveries(means);
  world.onHappening((happening) => {
    for (const notice of noticesOf(world, happening, deliveries.announce)) deliveries.announce(notice);
  });
  return deliveries;
}
