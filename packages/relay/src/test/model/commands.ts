import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import { signup } from '../harness.ts';
import type { Real, RealCustomer } from './real.ts';

/** What a relay has to show of a customer, and nothing of how it comes to that. */
export interface ModelCustomer {
  outcome: 'finish' | 'finish-no-number' | 'finish-unverified';
  /**
   * `interrupted`: its exchange was cut off, and nobody has given it up yet. `lost`: given up, or Meta's answer never
   * came. `accepted`: a token was committed, and from there on nothing may be lost.
   */
  phase: 'new' | 'interrupted' | 'lost' | 'accepted';
  codes: number;
  /** What it waits for once it is accepted; null where it goes through. */
  asks: 'verification_method' | 'verification_code' | null;
  wrongAnswers: number;
}

export interface Model {
  isUp: boolean;
  customers: ModelCustomer[];
}

type Command = fc.AsyncCommand<Model, Real>;

/** A command for one of the customers that fit; which one is drawn beforehand, of however many there are then. */
function forCustomer(
  name: string,
  nth: number,
  fits: (customer: ModelCustomer, model: Model) => boolean,
  run: (model: ModelCustomer, real: RealCustomer, all: { model: Model; real: Real }) => Promise<void>,
): Command {
  const choose = (model: Model): number => {
    const fitting = [...model.customers.entries()].filter(([, customer]) => fits(customer, model));
    return fitting[nth % Math.max(1, fitting.length)]?.[0] ?? -1;
  };
  return {
    check: (model) => model.isUp && choose(model) >= 0,
    async run(model, real) {
      const index = choose(model);
      await run(model.customers[index] as ModelCustomer, real.customers[index] as RealCustomer, {
        model,
        real,
      });
    },
    toString: () => `${name}(${nth})`,
  };
}

const begin = (outcome: ModelCustomer['outcome'], isLate: boolean): Command => ({
  check: ({ isUp, customers }) => isUp && customers.length < 4,
  async run(model, real) {
    await real.begin(outcome, isLate);
    const asks = outcome === 'finish-unverified' ? 'verification_method' : null;
    model.customers.push({ outcome, phase: 'new', codes: 1, asks, wrongAnswers: 0 });
  },
  toString: () => `begin(${outcome}${isLate ? ', late' : ''})`,
});

/** First or again, it makes no difference to what is answered. */
const redeem = (nth: number): Command =>
  forCustomer('redeem', nth, ({ phase }) => phase !== 'interrupted', redeemAs);

export async function redeemAs(
  model: ModelCustomer,
  customer: RealCustomer,
  { real }: { real: Real },
): Promise<void> {
  const { status, body } = await real.call<Onboarding>(
    'POST',
    '/v1/onboardings',
    customer.session,
    customer.request,
  );
  if (model.phase === 'lost') {
    assert.deepEqual([status, body.code], [502, 'exchange-unknown']);
    return;
  }
  assert.equal(status, 202, JSON.stringify(body));
  assert.equal(body.id, customer.id ?? body.id);
  customer.id = body.id;
  model.phase = 'accepted';
}

const redeemDropped = (nth: number): Command =>
  forCustomer('redeemDropped', nth, isNew, async (model, customer, { real }) => {
    real.dropNext('/oauth/access_token');
    const { status } = await real.call('POST', '/v1/onboardings', customer.session, customer.request);
    assert.equal(status, 502);
    model.phase = 'lost';
  });

/** Ends the process while it waits for one of the answers that an onboarding needs. */
const redeemAndCrash = (path: string, nth: number): Command =>
  forCustomer(`crash at ${path}`, nth, isNew, async (model, customer, all) => {
    await restAll(all.model, all.real);
    const crash = all.real.crashAt(path);
    const isExchange = path.includes('access_token');
    // The connection goes with the process: what it says, if anything, the page never hears.
    all.real.call('POST', '/v1/onboardings', customer.session, customer.request).catch(() => {});
    await crash;
    model.phase = isExchange ? 'interrupted' : 'accepted';
    all.model.isUp = false;
  });

const otherCode = (nth: number): Command =>
  forCustomer(
    'otherCode',
    nth,
    ({ phase, codes }) => phase === 'accepted' || (phase === 'lost' && codes < 3),
    async (model, customer, { real }) => {
      const { code } = signup(real.sandbox, model.outcome);
      const request = { ...customer.request, code };
      if (model.phase === 'accepted') {
        const { status, body } = await real.call('POST', '/v1/onboardings', customer.session, request);
        assert.deepEqual([status, body.code], [409, 'session-used']);
        return;
      }
      newCode(model, customer, real);
      model.phase = 'new';
      model.codes++;
      await redeemAs(model, customer, { real });
    },
  );

/** Another signup in the same session, with an account of its own. */
function newCode({ outcome }: ModelCustomer, customer: RealCustomer, { sandbox }: Real): void {
  const { code, ...message } = signup(sandbox, outcome);
  const saidAtOnce = customer.request.event !== undefined;
  const { verifier } = customer.request;
  customer.request = { code, ...(verifier && { verifier }), ...(saidAtOnce && message) };
  customer.message = message;
}

/** A code that somebody has overheard is worth nothing in another session. */
const stolenCode = (nth: number): Command =>
  forCustomer(
    'stolenCode',
    nth,
    ({ phase }) => phase === 'accepted' || phase === 'lost',
    async (model, customer, { real }) => {
      await real.begin(model.outcome, false);
      const thief = real.customers.pop() as RealCustomer;
      const request = { ...thief.request, code: customer.request.code };
      const { status, body } = await real.call('POST', '/v1/onboardings', thief.session, request);
      assert.deepEqual([status, body.code], [422, 'code-used']);
    },
  );

const lateEvent = (nth: number): Command =>
  forCustomer('lateEvent', nth, isAccepted, async (_model, customer, { real }) => {
    await sendMessage(real, customer);
  });

export async function sendMessage(real: Real, { session, id, message }: RealCustomer): Promise<void> {
  if (id === null) return;
  const { status } = await real.call('PATCH', `/v1/onboardings/${id}`, session, message);
  assert.equal(status, 200);
}

const unexpectedInput = (nth: number): Command =>
  forCustomer('unexpectedInput', nth, isAccepted, async (_model, customer, { real }) => {
    if (customer.id === null) return;
    await sendMessage(real, customer);
    const before = await real.atRest(customer);
    const path = `/v1/onboardings/${customer.id}`;
    const { status, body } = await real.call('POST', `${path}/input`, customer.session, {
      kind: 'pin',
      value: '123456',
    });
    assert.deepEqual([status, body.code], [409, 'input-unexpected']);
    assert.deepEqual((await real.call('GET', path, customer.session)).body, before);
  });

/** What a customer's phone shows, or a mistyped one; Meta takes a few of these. */
const answer = (nth: number, isRight: boolean): Command =>
  forCustomer(
    isRight ? 'answer' : 'answerWrongly',
    nth,
    ({ phase, asks, wrongAnswers }) =>
      phase === 'accepted' &&
      asks !== null &&
      (isRight || (asks === 'verification_code' && wrongAnswers < 3)),
    async (model, customer, { real }) => {
      if (customer.id === null || model.asks === null) return;
      await sendMessage(real, customer);
      const { account, action } = await real.atRest(customer);
      assert.equal(action?.kind, model.asks);
      const { phoneNumbers } = await real.sandbox.control('state');
      const sent = phoneNumbers.find(({ id }) => id === account?.phoneNumberId)?.sentCode?.code ?? '';
      const right = model.asks === 'verification_method' ? 'SMS' : sent;
      const { status } = await real.call('POST', `/v1/onboardings/${customer.id}/input`, customer.session, {
        kind: model.asks,
        value: isRight ? right : sent === '000000' ? '000001' : '000000',
      });
      assert.equal(status, 202);
      await real.atRest(customer);
      if (!isRight) model.wrongAnswers++;
      else model.asks = model.asks === 'verification_method' ? 'verification_code' : null;
    },
  );

const resume = (nth: number): Command =>
  forCustomer(
    'resume',
    nth,
    (customer) => isAccepted(customer) && customer.asks === null,
    async (_model, customer, { real }) => {
      if (customer.id === null) return;
      const { status } = await real.call('POST', `/v1/onboardings/${customer.id}/resume`, customer.session);
      assert.equal(status, 202);
    },
  );

const down = (name: 'crash' | 'stop'): Command => ({
  check: ({ isUp }) => isUp,
  async run(model, real) {
    await real[name]();
    model.isUp = false;
  },
  toString: () => name,
});

const start: Command = {
  check: ({ isUp }) => !isUp,
  run: startAgain,
  toString: () => 'start',
};

export async function startAgain(model: Model, real: Real): Promise<void> {
  await real.start();
  model.isUp = true;
  for (const [index, customer] of model.customers.entries()) {
    if (customer.phase === 'interrupted') customer.phase = 'lost';
    // A code lives 30 seconds, and time has passed.
    if (customer.phase === 'new') newCode(customer, real.customers[index] as RealCustomer, real);
  }
}

/**
 * Nothing runs any more, so that the next crash is the one that is meant. Also what a page never heard of: it is asked
 * for as that page would, by the same redeem again.
 */
async function restAll({ customers }: Model, real: Real): Promise<void> {
  for (const [index, model] of customers.entries()) {
    const customer = real.customers[index];
    if (model.phase !== 'accepted' || !customer) continue;
    if (customer.id === null) await redeemAs(model, customer, { real });
    await sendMessage(real, customer);
    await real.atRest(customer);
  }
}

function isNew({ phase }: ModelCustomer): boolean {
  return phase === 'new';
}

function isAccepted({ phase }: ModelCustomer): boolean {
  return phase === 'accepted';
}

const nth = fc.nat({ max: 3 });

export const anyCommands = fc.commands(
  [
    fc
      .tuple(fc.constantFrom('finish', 'finish-no-number', 'finish-unverified'), fc.boolean())
      .map(([outcome, late]) => begin(outcome, late)),
    nth.map(redeem),
    nth.map(redeem),
    nth.map(redeemDropped),
    fc
      .tuple(fc.constantFrom('/access_token', '/debug_token', '/phone_numbers', '/subscribed_apps'), nth)
      .map(([path, which]) => redeemAndCrash(path, which)),
    nth.map(otherCode),
    nth.map(stolenCode),
    nth.map(lateEvent),
    nth.map(unexpectedInput),
    fc.tuple(nth, fc.boolean()).map(([which, isRight]) => answer(which, isRight)),
    nth.map((which) => answer(which, true)),
    nth.map(resume),
    fc.constantFrom('crash', 'stop').map((name) => down(name)),
    fc.constant(start),
    fc.constant(start),
  ],
  { maxCommands: 25, size: 'max' },
);
