/**
 * One signup as a state machine: no DOM, no clock, no network. `step` takes a state and an input and gives the
 * next state and what has to be done. Each attempt ends in exactly one of `signup-complete`, `signup-cancel`
 * and `signup-error`, in whatever order its inputs come.
 */
import { errorDetail, type SignupErrorDetail } from './errors.ts';
import type { Effect, Emission, Flow, Input, SignupState } from './flow-types.ts';
import type { SignupMessage } from './messages.ts';
import type { Onboarding } from './protocol.ts';

/** Milliseconds. */
export const waits: { readonly event: number; readonly close: number; readonly message: number } = {
  /** How long a code waits for the finish event: it lives 30 s, so not long. */
  event: 2000,
  /** From a closed window or a cancel message to the callback: the SDK asks Meta for the login status between. */
  close: 4000,
  /** From a callback without a code to a message that says why. */
  message: 300,
};

const noAttempt = {
  wanted: false,
  pressAgain: false,
  opened: false,
  closed: false,
  answered: false,
  code: null,
  redeeming: false,
  finish: null,
  told: false,
  step: null,
  report: null,
  keepSession: false,
  onboarding: null,
  error: null,
} as const;

export const initialFlow: Flow = { state: 'idle', loaded: false, attempt: 0, deadline: 0, ...noAttempt };

/** Codes whose session may bring another code: the relay takes up to three. */
const sameSession = new Set([
  'code-used',
  'code-expired',
  'code-refused',
  'exchange-unknown',
  'relay-unreachable',
]);

type Result = readonly [Flow, readonly Effect[]];

export function step(flow: Flow, input: Input): Result {
  if ('attempt' in input && input.attempt !== flow.attempt) return [flow, []];
  const { state } = flow;
  switch (input.type) {
    case 'load':
      return flow.loaded || !isResting(state) ? [flow, []] : load(flow, false);
    case 'press':
      if (state === 'open') return [flow, [{ type: 'focus' }]];
      if (state === 'loading') return [{ ...flow, wanted: true }, []];
      if (!isResting(state)) return [flow, []];
      return flow.loaded ? launch(flow) : load(flow, true);
    case 'loaded': {
      if (state !== 'loading') return [flow, []];
      const ready: Flow = { ...flow, state: 'ready', loaded: true, wanted: false, pressAgain: flow.wanted };
      const emit: Effect = { type: 'emit', name: 'signup-ready' };
      if (!flow.wanted || !input.active) return [ready, [emit]];
      const [next, effects] = launch(ready);
      return [next, [emit, ...effects]];
    }
    case 'not-loaded':
      return state === 'loading' ? fail(flow, input.error) : [flow, []];
    case 'launched':
      if (state !== 'open') return [flow, []];
      if (input.opened) return [{ ...flow, opened: true }, [{ type: 'session' }]];
      return arm(flow, waits.close, [{ type: 'session' }]);
    case 'refused':
      if (state !== 'open' && state !== 'exchanging') return [flow, []];
      return fail(
        { ...flow, keepSession: state === 'exchanging' && sameSession.has(input.error.code) },
        input.error,
      );
    case 'callback':
      return state === 'open' ? callback(flow, input.code) : [flow, []];
    case 'closed':
      return state === 'open' ? arm({ ...flow, closed: true }, waits.close) : [flow, []];
    case 'message':
      return message(flow, input.message);
    case 'deadline':
      if (input.deadline !== flow.deadline) return [flow, []];
      if (state === 'open') return end(flow);
      return state === 'exchanging' ? redeem(flow) : [flow, []];
    case 'redeemed':
      return state === 'exchanging' ? redeemed(flow, input.onboarding) : [flow, []];
    case 'onboarding':
      return isRunning(state) ? progress(flow, input.onboarding) : [flow, []];
    case 'lost':
      return isRunning(state) ? fail(flow, input.error) : [flow, []];
    case 'resume':
      return state === 'idle' || state === 'ready'
        ? [{ ...flow, ...noAttempt, state: 'onboarding' }, [{ type: 'watch' }]]
        : [flow, []];
    case 'reset': {
      const loaded = flow.loaded && !input.unload;
      const idle: Flow = { ...flow, ...noAttempt, loaded, state: loaded ? 'ready' : 'idle' };
      if (state !== 'open' && state !== 'exchanging' && !isRunning(state)) {
        return [idle, [{ type: 'release' }]];
      }
      return [idle, over({ type: 'emit', name: 'signup-cancel', detail: { step: flow.step } })];
    }
  }
}

/** No attempt is under way: a press may begin one. */
export function isResting(state: SignupState): boolean {
  return state === 'idle' || state === 'ready' || state === 'cancelled' || state === 'failed';
}

/** The relay works on an onboarding that this page watches. */
export function isRunning(state: SignupState): boolean {
  return state === 'onboarding' || state === 'action-required';
}

function load(flow: Flow, wanted: boolean): Result {
  return [
    { ...flow, ...noAttempt, keepSession: flow.keepSession, state: 'loading', wanted },
    [{ type: 'load' }],
  ];
}

/** The login comes last: it runs in this very task, and what it answers is the next input. */
function launch(flow: Flow): Result {
  const attempt = flow.attempt + 1;
  return [
    { ...flow, ...noAttempt, attempt, deadline: flow.deadline + 1, state: 'open' },
    [
      { type: 'emit', name: 'signup-start' },
      { type: 'login', attempt, keepSession: flow.keepSession },
    ],
  ];
}

function arm(flow: Flow, ms: number, before: readonly Effect[] = []): Result {
  const deadline = flow.deadline + 1;
  return [{ ...flow, deadline }, [...before, { type: 'deadline', ms, deadline }]];
}

function callback(flow: Flow, code: string | null): Result {
  if (code) {
    const exchanging: Flow = { ...flow, state: 'exchanging', code };
    return flow.finish ? redeem(exchanging) : arm(exchanging, waits.event);
  }
  const explained = flow.finish || flow.report || flow.step !== null || !flow.opened;
  return explained ? end(flow) : arm({ ...flow, answered: true }, waits.message);
}

function message(flow: Flow, message: SignupMessage): Result {
  const { state } = flow;
  if (message.kind === 'finish') {
    if (flow.finish) return [flow, []];
    const finished: Flow = { ...flow, finish: message };
    if (state === 'open') {
      if (flow.answered) return end(finished);
      if (flow.closed) return arm(finished, waits.close);
      // A cancel before it is void, and so is the deadline that it set.
      return [{ ...finished, report: null, step: null, deadline: flow.deadline + 1 }, []];
    }
    if (state === 'exchanging') return flow.redeeming ? [finished, []] : redeem(finished);
    return isRunning(state) && flow.onboarding && flow.code === null ? tell(finished) : [flow, []];
  }
  if (state !== 'open' || flow.finish) return [flow, []];
  const left: Flow =
    message.kind === 'cancel'
      ? { ...flow, step: message.step ?? flow.step }
      : {
          ...flow,
          report: errorDetail('meta-reported', { message: message.message, meta: message.report }),
        };
  return flow.answered ? end(left) : arm(left, waits.close);
}

/** The dialog is over and brought no code. */
function end(flow: Flow): Result {
  if (flow.report) return fail(flow, flow.report);
  if (!flow.opened) return fail(flow, errorDetail('fedcm-intercepted'));
  if (flow.finish) return fail(flow, errorDetail('no-code'));
  return [
    { ...flow, state: 'cancelled' },
    over({ type: 'emit', name: 'signup-cancel', detail: { step: flow.step } }),
  ];
}

function redeem(flow: Flow): Result {
  if (flow.redeeming || flow.code === null) return [flow, []];
  const { attempt, code, finish } = flow;
  return [{ ...flow, redeeming: true, told: finish !== null }, [{ type: 'redeem', attempt, code, finish }]];
}

function redeemed(flow: Flow, onboarding: Onboarding): Result {
  const [next, effects] = progress({ ...flow, state: 'onboarding', code: null }, onboarding);
  if (!isRunning(next.state)) return [next, effects];
  const [told, more] = tell(next);
  return [told, [{ type: 'watch' }, ...more, ...effects]];
}

function tell(flow: Flow): Result {
  const { finish } = flow;
  return finish && !flow.told ? [{ ...flow, told: true }, [{ type: 'tell', finish }]] : [flow, []];
}

function progress(flow: Flow, onboarding: Onboarding): Result {
  if (flow.onboarding && onboarding.revision <= flow.onboarding.revision) return [flow, []];
  const next: Flow = { ...flow, onboarding };
  const emit: Effect = { type: 'emit', name: 'signup-progress', detail: onboarding };
  switch (onboarding.status) {
    case 'completed':
      return [
        { ...next, state: 'complete' },
        [emit, ...over({ type: 'emit', name: 'signup-complete', detail: onboarding })],
      ];
    case 'failed': {
      const { error } = onboarding;
      const code = error?.code ?? 'onboarding-failed';
      const [failed, effects] = fail(
        { ...next, keepSession: sameSession.has(code) },
        errorDetail(code, { message: error?.message, hint: error?.hint }),
      );
      return [failed, [emit, ...effects]];
    }
    default:
      return [
        { ...next, state: onboarding.status === 'action_required' ? 'action-required' : 'onboarding' },
        [emit],
      ];
  }
}

function fail(flow: Flow, error: SignupErrorDetail): Result {
  return [
    { ...flow, state: 'failed', code: null, error },
    over({ type: 'emit', name: 'signup-error', detail: error }),
  ];
}

/** Released first, so that a listener of the last event may begin again at once. */
function over(emission: Emission): Effect[] {
  return [{ type: 'release' }, emission];
}
