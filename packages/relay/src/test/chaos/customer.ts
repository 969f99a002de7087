import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InputRequest, Onboarding, RedeemRequest } from 'whatsapp-embedded-signup/protocol';
import type { FinishedSignup } from 'whatsapp-embedded-signup-sandbox';
import type { Page } from './page.ts';
import type { Scenario, ScenarioName } from './scenarios.ts';
import { ownPin, scenarios, wrongPin } from './scenarios.ts';
import type { Stage } from './stage.ts';
import { createWitness } from './witness.ts';

/** What became of a customer. */
export interface Ending {
  scenario: ScenarioName;
  /** How often the customer went through Meta's dialog. */
  signups: number;
  session: string;
  /** null: no code was ever acknowledged. */
  onboarding: Onboarding | null;
  /** Milliseconds from the first 202 to the end. */
  ms: number;
}

/** An onboarding that will not go on by itself within this time is at an end, by design. */
const FAR_MS = 45_000;
/** Codes may be refused while Meta's fault is on the way; a person gives up at some point. */
const MOST_SIGNUPS = 8;
/** A page offers to try again where something failed; a person does so a few times. */
const MOST_RESUMES = 4;

/** A person on the page: signs up, answers what is asked, tries again, until there is nothing to do any more. */
export async function onboard(stage: Stage, page: Page, name: ScenarioName): Promise<Ending> {
  const scenario: Scenario = scenarios[name];
  let wabaId: string | undefined;
  let opened = await page.session(scenario.portal, scenario.flow);
  for (let signups = 1; ; signups++) {
    // Who signs up again chooses the account of before.
    const { code, event } = stage.sandbox.issueCode({
      outcome: scenario.outcome,
      data: { ...scenario.data, ...(wabaId && { wabaId }) },
    });
    wabaId = event.data.waba_id;
    stage.secrets.long.add(code);
    const message = messageOf(event);
    const request: RedeemRequest = {
      code,
      verifier: opened.verifier,
      ...(scenario.message === 'with' && message),
    };
    const { status, body } = await page.call<Onboarding>('POST', '/v1/onboardings', opened.session, request);
    if (status === 202) {
      const accepted = body as Onboarding;
      if (scenario.message === 'late') {
        await page.call('PATCH', `/v1/onboardings/${accepted.id}`, opened.session, message);
      }
      const since = performance.now();
      const onboarding = await follow(stage, page, opened.session, accepted);
      return { scenario: name, signups, session: opened.session, onboarding, ms: performance.now() - since };
    }
    const { code: problem } = body as { code: string };
    assert.match(problem, /^(code-(used|expired|refused)|exchange-unknown|session-used)$/);
    if (signups === MOST_SIGNUPS)
      return { scenario: name, signups, session: opened.session, onboarding: null, ms: 0 };
    // A refused code leaves the session as it is; after a lost answer nobody knows, and the page starts anew.
    if (problem === 'exchange-unknown' || problem === 'session-used')
      opened = await page.session(scenario.portal, scenario.flow);
  }
}

async function follow(stage: Stage, page: Page, session: string, first: Onboarding): Promise<Onboarding> {
  const see = createWitness();
  const path = `/v1/onboardings/${first.id}`;
  const answered = new Set<string>();
  let resumes = 0;
  let view = first;
  for (;;) {
    see(view);
    if (view.status === 'completed' && view.steps.every((step) => step.status !== 'failed')) return view;
    if (view.status === 'completed' || view.status === 'failed') {
      if (resumes++ === MOST_RESUMES) return view;
      await page.call('POST', `${path}/resume`, session);
    } else if (view.retryAt && isFar(stage, view.retryAt)) {
      return view;
    } else if (view.action && view.action.attemptsLeft !== 0) {
      await page.call('POST', `${path}/input`, session, await answerTo(stage, view, answered));
    }
    await sleep(60);
    const { status, body } = await page.call<Onboarding>('GET', path, session);
    assert.equal(status, 200, JSON.stringify(body));
    view = body as Onboarding;
  }
}

function isFar(stage: Stage, time: string): boolean {
  return Date.parse(time) - stage.now() > FAR_MS;
}

/** What the customer says to what is asked: first something wrong where that can happen, then what is right. */
async function answerTo(stage: Stage, view: Onboarding, answered: Set<string>): Promise<InputRequest> {
  const kind = view.action?.kind;
  if (kind === 'pin') {
    const isFirst = !answered.has('pin:wrong');
    answered.add(isFirst ? 'pin:wrong' : 'pin:right');
    return { kind, value: isFirst ? wrongPin : ownPin };
  }
  if (kind === 'verification_method') return { kind, value: 'SMS' };
  if (kind === 'verification_code') {
    const sent = await sentCode(stage, view.account?.phoneNumberId ?? '');
    if (sent === undefined) return { kind: 'verification_method', value: 'VOICE' };
    return { kind, value: `${sent.slice(0, 3)}-${sent.slice(3)}` };
  }
  throw new Error(`Nobody knows what to say to ${JSON.stringify(view.action)}`);
}

/** What stands on the customer's phone. */
async function sentCode(stage: Stage, phoneNumberId: string): Promise<string | undefined> {
  const { phoneNumbers } = await stage.sandbox.control('state');
  const code = phoneNumbers.find(({ id }) => id === phoneNumberId)?.sentCode?.code;
  if (code) stage.secrets.digits.add(code);
  return code;
}

function messageOf({ event, data }: FinishedSignup['event']): Pick<RedeemRequest, 'event' | 'ids'> {
  return {
    event,
    ids: {
      wabaId: data.waba_id,
      ...(data.phone_number_id && { phoneNumberId: data.phone_number_id }),
      ...(data.business_id && { businessId: data.business_id }),
    },
  };
}
