/** Runs one element's signup: does what the state machine asks for and tells it what came of it. */
import { openDialog, watchPopup } from './dialog.ts';
import { errorDetail, type SignupErrorDetail, SignupFailure } from './errors.ts';
import { signupEvent } from './events.ts';
import { initialFlow, isRunning, step } from './flow.ts';
import type { Effect, Flow, Input } from './flow-types.ts';
import { type Launch, prepareLaunch, type SignupConfig } from './launch.ts';
import { type FinishMessage, isTrustedOrigin, readMessage } from './messages.ts';
import { type Owner, sharedPage } from './page.ts';
import { createRelayClient } from './relay.ts';
import { createResumeStore, type Resume, resumeKey } from './resume.ts';
import { metaSdkUrl } from './sdk.ts';
import { challengeOf, createVerifier } from './verifier.ts';
import { watchOnboarding } from './watch.ts';

export interface Signup {
  readonly flow: Flow;
  /** The SDK in use is not Meta's. */
  readonly testMode: boolean;
  send(input: Input): void;
  /** A person's press, or `start()`: opens the dialog in this very task where the SDK is ready. */
  press(): void;
  /** Hears window messages, or no longer. */
  listen(on: boolean): void;
  /** The element is in the page: picks up what a reload or a removal interrupted. */
  connect(): void;
  /** The element has left the page: no timer and no stream is left. */
  disconnect(): void;
}

export interface SignupOptions {
  config(): SignupConfig;
  /** Gets each event. */
  emit(event: Event): void;
  /** Called after each change of `flow`. */
  changed(): void;
}

interface Grant {
  readonly session: string;
  readonly verifier?: string;
}

export function createSignup({ config, emit, changed }: SignupOptions): Signup {
  const page = sharedPage();
  let flow = initialFlow;
  let launch: Launch | null = null;
  let grant: Promise<Grant> | null = null;
  let redeemed: Resume | null = null;
  let popup: Window | null = null;
  let stopPopup = (): void => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stream: AbortController | null = null;
  let loads = 0;
  let connected = false;
  const owner: Owner = { focus: () => popup?.focus() };

  function send(input: Input): void {
    const [next, effects] = step(flow, input);
    flow = next;
    changed();
    for (const effect of effects) run(effect);
  }

  function run(effect: Effect): void {
    switch (effect.type) {
      case 'emit':
        emit(signupEvent(effect));
        break;
      case 'load':
        void load();
        break;
      case 'login':
        login(effect.attempt, effect.keepSession);
        break;
      case 'session':
        grant ??= ask();
        grant.catch(() => undefined); // asked again when the code is there
        break;
      case 'focus':
        popup?.focus();
        break;
      case 'deadline':
        clearTimeout(timer);
        timer = setTimeout(() => send({ type: 'deadline', deadline: effect.deadline }), effect.ms);
        break;
      case 'redeem':
        void redeem(effect.attempt, effect.code, effect.finish);
        break;
      case 'tell':
        void tell(effect.finish);
        break;
      case 'watch':
        void watch();
        break;
      case 'release':
        release();
    }
  }

  async function load(): Promise<void> {
    const turn = ++loads;
    try {
      const prepared = await prepareLaunch(config(), page);
      if (turn !== loads) return;
      launch = prepared;
      const active = !page.busy && navigator.userActivation?.isActive === true;
      send({ type: 'loaded', active });
    } catch (error) {
      if (turn === loads) send({ type: 'not-loaded', error: detailOf(error) });
    }
  }

  function login(attempt: number, keepSession: boolean): void {
    // A listener of `signup-start` may have called it off.
    if (!launch || flow.state !== 'open' || flow.attempt !== attempt) return;
    page.owner = owner;
    page.busy = true;
    const dialog = openDialog(page, launch.appId, launch.flow, (code) =>
      send({ type: 'callback', attempt, code }),
    );
    if (dialog.error) {
      send({ type: 'refused', attempt, error: dialog.error });
      return;
    }
    if (!keepSession) grant = null;
    popup = dialog.popup;
    if (popup) stopPopup = watchPopup(popup, () => send({ type: 'closed', attempt }));
    send({ type: 'launched', attempt, opened: popup !== null });
  }

  async function ask(): Promise<Grant> {
    const { portal, session, flow, reference } = config();
    if (session) return { session };
    const verifier = createVerifier();
    const challenge = await challengeOf(verifier);
    const request = { portal, challenge, flow, ...(reference && { reference }) };
    const answer = await (launch as Launch).relay.session(request);
    return { session: answer.session, verifier };
  }

  async function redeem(attempt: number, code: string, finish: FinishMessage | null): Promise<void> {
    const { relay, portal } = config();
    const client = (launch as Launch).relay;
    try {
      const { session, verifier } = await (grant ?? ask()).catch(() => (grant = ask()));
      const onboarding = await client.redeem(session, {
        code,
        ...(verifier && { verifier }),
        ...(finish && { event: finish.event, ids: finish.ids, data: finish.data }),
      });
      if (attempt !== flow.attempt || flow.state !== 'exchanging') return;
      redeemed = { relay: relay ?? '', portal, id: onboarding.id, session };
      store().write(redeemed);
      page.busy = false;
      stopPopup();
      send({ type: 'redeemed', attempt, onboarding });
    } catch (error) {
      send({ type: 'refused', attempt, error: detailOf(error) });
    }
  }

  /** Without an answer nothing is lost: the relay finds the ids through the customer's token. */
  async function tell({ event, ids, data }: FinishMessage): Promise<void> {
    if (!redeemed) return;
    await launch?.relay.amend(redeemed.session, redeemed.id, { event, ids, data }).catch(() => undefined);
  }

  async function watch(): Promise<void> {
    if (!redeemed || stream || !connected) return;
    stream = new AbortController();
    await watchOnboarding({
      relay: createRelayClient({ base: redeemed.relay }),
      session: redeemed.session,
      id: redeemed.id,
      signal: stream.signal,
      onOnboarding: (onboarding) => send({ type: 'onboarding', onboarding }),
      onLost: (error) => send({ type: 'lost', error }),
    });
  }

  function quiet(): void {
    clearTimeout(timer);
    stopPopup();
    stream?.abort();
    stream = null;
    if (page.owner === owner) page.busy = false;
  }

  function release(): void {
    quiet();
    popup = null;
    if (redeemed) {
      store().clear();
      page.resumed.delete(keyOf(redeemed));
    }
    redeemed = null;
  }

  function store(): ReturnType<typeof createResumeStore> {
    return createResumeStore(redeemed ? keyOf(redeemed) : '');
  }

  function onMessage({ origin, data }: MessageEvent): void {
    if (page.owner !== owner || !launch || !isTrustedOrigin(origin, new URL(launch.sdkUrl).origin)) return;
    const message = readMessage(data);
    if (message) send({ type: 'message', message });
  }

  return {
    get flow() {
      return flow;
    },
    get testMode() {
      const sdkUrl = config().sdkUrl ?? launch?.sdkUrl;
      return Boolean(sdkUrl) && sdkUrl !== metaSdkUrl;
    },
    send,
    press() {
      // One dialog at a time: its messages do not say which button they belong to.
      if (page.busy && page.owner !== owner) page.owner?.focus();
      else send({ type: 'press' });
    },
    listen: (on) => (on ? addEventListener('message', onMessage) : removeEventListener('message', onMessage)),
    connect() {
      connected = true;
      const { relay, portal } = config();
      if (!relay) return;
      const key = resumeKey(relay, portal);
      redeemed ??= page.resumed.has(key) ? null : createResumeStore(key).read();
      if (!redeemed) return;
      page.resumed.add(key);
      if (isRunning(flow.state)) void watch();
      else send({ type: 'resume' });
    },
    disconnect() {
      connected = false;
      if (flow.state === 'open') send({ type: 'reset' });
      // A code does not wait for the element to come back.
      send({ type: 'deadline', deadline: flow.deadline });
      quiet();
    },
  };
}

function keyOf({ relay, portal }: Resume): string {
  return resumeKey(relay, portal);
}

function detailOf(error: unknown): SignupErrorDetail {
  return error instanceof SignupFailure ? error.detail : errorDetail('dialog-failed');
}
