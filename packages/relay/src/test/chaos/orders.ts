import type { Point } from '../../onboarding/points.ts';
import type { Chance } from './chance.ts';
import type { ScenarioName } from './scenarios.ts';

/** How one process of a run ends: at a named point, or after a time. */
export type Order =
  | { at: Point; scenario: ScenarioName }
  /** Milliseconds after it began to listen. */
  | { afterMs: number };

/** Between the exchange's call and its commit nobody knows what became of a code: such a one needs a new signup. */
const inExchange: readonly Point[] = ['after:intent.commit', 'after:exchange.response'];

/** Steps, and a customer whose onboarding has them. */
const steps: Readonly<Record<string, ScenarioName>> = {
  inspect: 'plain',
  subscribe: 'plain',
  register: 'plain',
  confirm: 'plain',
  assign_system_user: 'partner',
  share_credit: 'partner',
  sync_contacts: 'coexistence',
  sync_history: 'coexistence',
};

/** Every named point, with a customer who comes by. */
const namedOrders: readonly Extract<Order, { at: Point }>[] = [
  ...[...inExchange, 'after:credential.commit', 'after:pin.commit'].map((at) => ({
    at: at as Point,
    scenario: 'plain' as const,
  })),
  ...Object.entries(steps).flatMap(([step, scenario]) =>
    (['call', 'commit'] as const).map((moment): { at: Point; scenario: ScenarioName } => ({
      at: `after:${step}.${moment}`,
      scenario,
    })),
  ),
];

export function isInExchange(order: Order): boolean {
  return 'at' in order && inExchange.includes(order.at);
}

/** All of them `rounds` times, and kills at random times in between. */
export function drawOrders(chance: Chance, rounds: number, randomKills: number): Order[] {
  const orders: Order[] = Array.from({ length: rounds }, () => namedOrders).flat();
  for (let kill = 0; kill < randomKills; kill++) orders.push({ afterMs: chance.whole(5, 600) });
  for (let last = orders.length - 1; last > 0; last--) {
    const other = chance.whole(0, last);
    [orders[last], orders[other]] = [orders[other] as Order, orders[last] as Order];
  }
  return orders;
}
