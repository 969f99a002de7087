/** Runs one element's signup: does what the state machine asks for and tells it what came of it. */
import { openDialog } from './dialog.ts';
import { errorDetail, SignupFailure } from './errors.ts';
import { SignupEvent } from './events.ts';
import { initialFlow, step } from './flow.ts';
import type { Effect, Flow, Input } from './flow-types.ts';
import { type Launch, prepareLaunch, type SignupConfig } from './launch.ts';
import { isTrustedOrigin, readMessage } from './messages.ts';
import { sharedPage } from './page.ts';
import { createRelayClient } from './relay.ts';
import { dropResume, keepResume, type Resume, readResume } from './resume.ts';
import { metaSdkUrl } from './sdk.ts';
import { challengeOf, createVerifier } from './verifier.ts';
import { watchOnboarding } from './watch.ts';

export interface Signup {
  readonly flow: Flow;
  /** The SDK in use is not Meta's. */
  isTest(): boolean;
  send(input: Input): void;
  /** A person's press, or `start()`: opens the dialog in this very task where the SDK is ready. */
  press(): void;
  /** The element is in the page: picks up what a reload or a removal interrupted. */
  connect(): void;
  /** The element has left the page: no timer and no stream is left. */
  disconnect(): void;
  /** For the window's message event. */
  onMessage(event: MessageEvent): void;
}

/** The element, as its signup sees it. */
export interface SignupHost extends SignupConfig {
  dispatchEvent(event: Event): boolean;
  /** Called after each change of `flow`. */
  changed(): void;
}

interface Grant {
  readonly session: string;
  readonly verifier: string;
}

export function createSignup(host: SignupHost): Signup {
  const page = sharedPage();
  const owner = { isBusy: () => flow.state === 'open' || flow.state === 'exchanging' };
  let flow = initialFlow;
  let launch: Launch | undefined;
  let grant: Promise<Grant> | undefined;
  let kept: Resume | null = null;
  let popup: Window | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stream: AbortController | null = null;
  let connected = false;

  function send(input: Input): void {
    const [next, ...effects] = step(flow, input);
    flow = next;
    follow();
    host.changed();
    for (const effect of effects) run(effect);
  }

  /** How to answer the present attempt: what comes after its end is dropped. */
  function reply(): (input: Input) => void {
    const { attempt } = flow;
    return (input) => {
      if (attempt === flow.attempt) send(input);
    };
  }

  /** Stream and kept session come from the state alone, so that no ending can forget them. */
  function follow(): void {
    const running = flow.state === 'onboarding' || flow.state === 'action-required';
    if (kept && !running) {
      dropResume(kept);
      kept = null;
    }
    if (!kept || !connected) {
      stream?.abort();
      stream = null;
    } else if (!stream) {
      stream = new AbortController();
      const answer = reply();
      void watchOnboarding({
        ...kept,
        relay: createRelayClient({ base: kept.relay }),
        signal: stream.signal,
        onOnboarding: (onboarding) => answer({ type: 'onboarding', onboarding }),
        onLost: (error) => answer({ type: 'failed', error }),
      });
    }
  }

  function run(effect: Effect): void {
    const answer = reply();
    const failed = (error: unknown): void =>
      answer({
        type: 'failed',
        error: error instanceof SignupFailure ? error.detail : errorDetail('dialog-failed'),
      });
    switch (effect.type) {
      case 'load':
        prepareLaunch(host, page)
          .then((prepared) => {
            launch = prepared;
            const active = !page.owner?.isBusy() && navigator.userActivation?.isActive === true;
            answer({ type: 'loaded', active });
          })
          .catch(failed);
        break;
      case 'login':
        try {
          login(answer);
        } catch (error) {
          failed(error);
        }
        break;
      case 'wait':
        clearTimeout(timer);
        timer = setTimeout(answer, effect.ms, { type: 'waited' });
        break;
      case 'redeem':
        redeem(effect, answer).catch(failed);
        break;
      default:
        host.dispatchEvent(new SignupEvent(effect.type, effect.detail));
    }
  }

  function login(answer: (input: Input) => void): void {
    // A listener of `signup-start` may have called it off.
    if (!launch || flow.state !== 'open') return;
    page.owner = owner;
    popup = openDialog(page, launch.flow, (code) => answer({ type: 'callback', code }));
    // The SDK does not always call back when the window is closed.
    const poll = setInterval(() => {
      if (flow.state !== 'open' || popup?.closed) {
        clearInterval(poll);
        answer({ type: 'closed' });
      }
    }, 250);
    grant = ask(launch);
    grant.catch(() => undefined); // asked again when the code is there
  }

  async function ask({ relay, portal }: Launch): Promise<Grant> {
    const { flow, reference } = host;
    const verifier = createVerifier();
    const challenge = await challengeOf(verifier);
    return {
      ...(await relay.session({ portal, challenge, flow, ...(reference && { reference }) })),
      verifier,
    };
  }

  async function redeem(
    { code, finish }: Extract<Effect, { type: 'redeem' }>,
    answer: (input: Input) => void,
  ): Promise<void> {
    const { relay, base, portal } = launch as Launch;
    grant = (grant as Promise<Grant>).catch(() => ask(launch as Launch));
    const { session, verifier } = await grant;
    const onboarding = await relay.redeem(session, { code, verifier, ...finish });
    if (flow.state !== 'exchanging') return;
    kept = { relay: base, portal, id: onboarding.id, session };
    keepResume(kept);
    answer({ type: 'onboarding', onboarding });
  }

  return {
    get flow() {
      return flow;
    },
    isTest: () => !!launch && launch.sdkUrl !== metaSdkUrl,
    send,
    press() {
      if (flow.state === 'open') popup?.focus();
      // One dialog at a time: its messages do not say which button they belong to.
      else if (!page.owner?.isBusy()) send({ type: 'press' });
    },
    connect() {
      if (connected) return;
      connected = true;
      const { base, portal } = host;
      if (base && flow.state === 'idle') kept = readResume({ relay: base, portal });
      if (kept) send({ type: 'resume' });
    },
    disconnect() {
      if (!connected) return;
      connected = false;
      // A code does not wait for the element to come back.
      send({ type: flow.state === 'open' ? 'reset' : 'waited' });
    },
    onMessage({ origin, data }) {
      if (page.owner !== owner || !launch || !isTrustedOrigin(origin, launch.sdkUrl)) return;
      const message = readMessage(data);
      if (message) send(message);
    },
  };
}
