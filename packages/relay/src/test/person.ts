import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InputRequest, Onboarding, StepError } from 'whatsapp-embedded-signup/protocol';
import type { CodeDetails, CodeOutcome } from 'whatsapp-embedded-signup-sandbox';
import { type Harness, signup } from './harness.ts';

/** A customer with a number, before a page that asks for things. */
export interface Person {
  session: string;
  /** The onboarding's. */
  id: string;
  phoneNumberId: string;
  /** The onboarding, once nothing runs in it any more, and it is as wished. */
  settled(wished?: (view: Onboarding) => boolean): Promise<Onboarding>;
  /** Answers what is asked, and gives what came of it. */
  answer(kind: InputRequest['kind'], value: string): Promise<Onboarding>;
  resume(): Promise<Onboarding>;
}

/** Signs up so and has the relay redeem the code. */
export async function signUp(
  relay: Harness,
  outcome: CodeOutcome = 'finish',
  data: CodeDetails = {},
): Promise<Person> {
  const request = signup(relay.sandbox, outcome, data);
  const { session, onboarding } = await relay.onboard(request);
  return personOf(relay, session, onboarding.id, request.ids?.phoneNumberId ?? '');
}

export function personOf(
  relay: Pick<Harness, 'call'>,
  session: string,
  id: string,
  phoneNumberId: string,
): Person {
  const path = `/v1/onboardings/${id}`;

  async function settled(wished = (_view: Onboarding): boolean => true): Promise<Onboarding> {
    for (const until = Date.now() + 10_000; ; ) {
      const { body } = await relay.call<Onboarding>('GET', path, { session });
      const stands = body.status !== 'exchanging' && body.status !== 'running';
      if (stands && wished(body)) return body;
      assert.ok(Date.now() < until, `Still ${body.status}: ${JSON.stringify(body.steps)}`);
      await sleep(10);
    }
  }

  async function post(to: string, body?: InputRequest): Promise<Onboarding> {
    const answer = await relay.call('POST', `${path}/${to}`, { session, body });
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    return settled();
  }

  return {
    session,
    id,
    phoneNumberId,
    settled,
    answer: (kind, value) => post('input', { kind, value }),
    resume: () => post('resume'),
  };
}

/** What went wrong in a step, or why it waits. */
export function errorOf(view: Onboarding, step = 'register'): StepError | undefined {
  return view.steps.find(({ name }) => name === step)?.error;
}

/** What the sandbox knows of a number. */
export async function numberAtMeta(relay: Harness, phoneNumberId: string) {
  const { phoneNumbers } = await relay.sandbox.control('state');
  const found = phoneNumbers.find(({ id }) => id === phoneNumberId);
  assert.ok(found);
  return found;
}

/** A clock that a test sets forward, for the relay and its sandbox alike. */
export function createTestClock() {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    async pass(relay: Harness, ms: number): Promise<void> {
      await relay.sandbox.control('clock', { advanceMs: ms });
      ahead += ms;
    },
  };
}

/** Takes a number off Cloud API, as another partner or its owner may do; it keeps its PIN. */
export async function takeOff(relay: Harness, phoneNumberId: string): Promise<void> {
  const { tokens } = await relay.sandbox.control('state');
  for (const { token } of tokens) {
    const response = await fetch(`${relay.sandbox.url}/v26.0/${phoneNumberId}/deregister`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.ok) return;
  }
  assert.fail('No token may do this.');
}
