import { setTimeout as sleep } from 'node:timers/promises';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import { createChance } from './chance.ts';
import { findFaults } from './checks.ts';
import type { Ending } from './customer.ts';
import { onboard } from './customer.ts';
import type { Evidence } from './evidence.ts';
import { strikeOnce, strikeSurely } from './faults.ts';
import { findLeaks } from './leaks.ts';
import type { Order } from './orders.ts';
import { drawOrders, isInExchange } from './orders.ts';
import type { Page } from './page.ts';
import { createPage } from './page.ts';
import type { ChaosProcess } from './process.ts';
import { recoveries } from './recovery.ts';
import type { ScenarioName } from './scenarios.ts';
import type { Stage } from './stage.ts';

export interface ChaosOptions {
  seed: string;
  /** Customers in all; at least one for each named point of a round. */
  customers: number;
  /** How often each named point is the end of a process. */
  rounds: number;
  randomKills: number;
  /** Processes at once: more than one only where the database takes them. */
  lanes: number;
  /** Chance of a fault at Meta for each customer, 0 to 1. */
  faults: number;
  /** What customers there are, but for those whom a named point needs: each once, then as it comes. */
  scenarios: readonly ScenarioName[];
  /** Milliseconds for everything. */
  limitMs: number;
}

export interface ChaosReport {
  endings: Ending[];
  orders: Order[];
  /** What went wrong; empty is what one wants. */
  faults: string[];
  leaks: string[];
  /** Milliseconds until a killed onboarding went on, one for each kill that could tell; see recovery.ts. */
  recoveries: number[];
  struck: string[];
  calls: number;
  ms: number;
}

/** An exchange that nobody ended is given up for lost after 15 s, so that much time passes. */
const GIVEN_UP_MS = 16_000;

/** Lets customers sign up while their relay is killed again and again, and looks at what is left at the end. */
export async function runChaos(
  stage: Stage,
  evidence: Evidence,
  options: ChaosOptions,
): Promise<ChaosReport> {
  const begun = performance.now();
  const chance = createChance(options.seed);
  const orders = drawOrders(chance.fork('orders'), options.rounds, options.randomKills);
  const page = createPage(stage);
  const customers: Promise<Ending>[] = [];
  const struck = await strikeSurely(stage);
  const faultChance = chance.fork('faults');
  const others = chance.fork('customers');

  async function launch(name: ScenarioName): Promise<void> {
    if (faultChance.next() < options.faults) struck.push(await strikeOnce(stage, faultChance));
    const customer = onboard(stage, page, name);
    // Looked at when all are at their end.
    customer.catch(() => {});
    customers.push(customer);
  }

  const spare = Math.max(0, options.customers - orders.filter((order) => 'at' in order).length);
  let taken = 0;
  let launched = 0;
  let watching: Promise<void> | undefined;

  /** Carries out one order after the other, each with a process of its own. */
  async function lane(): Promise<void> {
    for (let order = orders[taken++]; order !== undefined; order = orders[taken++]) {
      const relay = await stage.start('at' in order ? { killAt: order.at } : {});
      // Before the first customer: PostgreSQL changes no table that somebody writes to.
      watching ??= evidence.watch();
      await watching;
      for (; launched < (spare * taken) / orders.length; launched++)
        await launch(options.scenarios[launched] ?? others.pick(options.scenarios));
      if ('at' in order) await reach(order, relay);
      else await Promise.race([sleep(order.afterMs), relay.exited]);
      relay.signal('SIGKILL');
      await relay.exited;
      // The clocks of two processes at once do not differ by so much.
      if (options.lanes === 1 && isInExchange(order)) await stage.advance(GIVEN_UP_MS);
    }
  }

  /** Sends customers by until the process is gone; where there are two, the other one may serve some of them. */
  async function reach(order: Extract<Order, { at: unknown }>, relay: ChaosProcess): Promise<void> {
    for (let tries = 0; tries < 20; tries++) {
      await launch(order.scenario);
      if (await Promise.race([relay.exited.then(() => true), sleep(3000, false)])) return;
    }
    throw new Error(`${order.at} was not reached`);
  }

  await Promise.all(Array.from({ length: options.lanes }, lane));
  if (options.lanes === 1) await stage.advance(GIVEN_UP_MS);
  const last = await stage.start();
  const left = Math.max(0, options.limitMs - (performance.now() - begun));
  const endings = await within(left, Promise.all(customers), 'not every onboarding came to its end');
  const foreign = await readForeign(page, endings);
  await within(20_000, settledRows(evidence), 'a row stayed open');
  last.signal('SIGTERM');
  await last.exited;

  return {
    endings,
    orders,
    faults: [...foreign, ...(await findFaults(stage, endings, evidence))],
    leaks: await findLeaks(stage, evidence, page.answers),
    recoveries: recoveries(stage.processes, await evidence.moves(), options.lanes === 1 ? 'start' : 'kill'),
    struck,
    calls: stage.recorder.sent.length,
    ms: performance.now() - begun,
  };
}

/** Nobody reads what another customer's session redeemed, of whatever portal. */
async function readForeign(page: Page, endings: readonly Ending[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const [nth, { session }] of endings.entries()) {
    const other = endings[(nth + 1) % endings.length]?.onboarding;
    if (!other) continue;
    const { status } = await page.call<Onboarding>('GET', `/v1/onboardings/${other.id}`, session);
    if (status !== 404) wrong.push(`a foreign session read ${other.id}: ${status}`);
  }
  return wrong;
}

/** Codes that were given up for lost end by themselves, with nobody waiting. */
async function settledRows(evidence: Evidence): Promise<void> {
  for (;;) {
    const rows = await evidence.rows('onboarding');
    if (rows.every(({ status }) => status !== 'exchanging' && status !== 'running')) return;
    await sleep(100);
  }
}

async function within<T>(ms: number, work: Promise<T>, complaint: string): Promise<T> {
  const limit = new AbortController();
  const late = sleep(ms, undefined, { signal: limit.signal }).then(
    () => {
      throw new Error(complaint);
    },
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    limit.abort();
  }
}
