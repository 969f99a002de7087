/**
 * One signup as a state machine: no DOM, no clock, no network. `step` takes a state and an input and gives the
 * next state and what has to be done. Each attempt ends in exactly one of `signup-complete`, `signup-cancel`
 * and `signup-error`, in whatever order its inputs come.
 */
import { errorDetail, type SignupErrorDetail } from './errors.ts';
import type { Effect, Flow, Input, SignupState } from './flow-types.ts';
import type { Onboarding } from './protocol.ts';

/** Milliseconds that a code waits for the finish event. It lives 30 s, so not long. */
export const eventWait = 2000;
/**
 * Milliseconds from a closed window to the SDK's callback, which asks Meta for the login status between. Where none comes, the attempt ends without it.
 */
export const closeWait = 4000;
export const initialFlow: Flow = { state: 'idle', attempt: 0 };

type Result = readonly [Flow, ...Effect[]];
/** What a state does with each input that it knows; it ignores the others. */
type Moves = {
  readonly [Type in Input['type']]?: (flow: Flow, input: Extract<Input, { type: Type }>) => Result;
};

const reset: Moves['reset'] = (flow) => begin(flow, flow.loaded ? 'ready' : 'idle');

const resting: Moves = {
  load: (flow) => (flow.loaded ? [flow] : begin(flow, 'loading', { type: 'load' })),
  press: (flow) => {
    if (flow.loaded) return launch(flow);
    const [next, ...effects] = begin(flow, 'loading', { type: 'load' });
    return [{ ...next, wanted: true }, ...effects];
  },
  resume: (flow) => begin(flow, 'onboarding'),
  reset,
};

/** An attempt is under way: a reset ends it. */
const busy: Moves = {
  failed: (flow, { error }) => fail(flow, error),
  reset: (flow, input) => [...reset(flow, input), cancelled(flow)],
};

const running: Moves = {
  ...busy,
  onboarding: (flow, { onboarding }) => progress(flow, onboarding),
};

const moves: Readonly<Record<SignupState, Moves>> = {
  idle: resting,
  ready: resting,
  cancelled: resting,
  failed: resting,
  loading: {
    press: (flow) => [{ ...flow, wanted: true }],
    loaded: (flow, { active }) => {
      const ready: Flow = { ...flow, state: 'ready', loaded: true };
      const [next, ...effects] = flow.wanted && active ? launch(ready) : [ready];
      return [next, { type: 'signup-ready', detail: null }, ...effects];
    },
    // What fails before anybody has pressed is nobody's attempt: a press tries again, and then it counts.
    failed: (flow, { error }) => (flow.wanted ? fail(flow, error) : begin(flow, 'idle')),
    reset,
  },
  open: {
    ...busy,
    callback: (flow, { code }) => {
      if (!code) return end(flow);
      const next: Flow = { ...flow, state: 'exchanging', code };
      return flow.finish ? redeem(next) : wait(next, eventWait);
    },
    closed: (flow) => wait(flow, closeWait),
    finish: (flow, { finish }) => [{ ...flow, finish }],
    // Not the end: the window may stay open, and the customer may go on in it.
    left: (flow, { step, report }) => [{ ...flow, step, report }],
    waited: end,
  },
  exchanging: {
    ...running,
    finish: (flow, { finish }) => redeem({ ...flow, finish }),
    waited: redeem,
  },
  onboarding: running,
  'action-required': running,
  complete: { reset },
};

export function step(flow: Flow, input: Input): Result {
  const move = moves[flow.state][input.type] as ((flow: Flow, input: Input) => Result) | undefined;
  return move?.(flow, input) ?? [flow];
}

/** A new beginning, with nothing left of the one before but the SDK. */
function begin({ attempt, loaded }: Flow, state: SignupState, ...effects: Effect[]): Result {
  return [{ state, loaded, attempt: attempt + 1 }, ...effects];
}

/** The login comes last: it runs in this very task, and what it answers is the next input. */
function launch(flow: Flow): Result {
  return begin(flow, 'open', { type: 'signup-start', detail: null }, { type: 'login' });
}

function wait(flow: Flow, ms: number): Result {
  return [flow, { type: 'wait', ms }];
}

/** The dialog is over and brought no code. */
function end(flow: Flow): Result {
  const { report, finish } = flow;
  if (finish) return fail(flow, errorDetail('no-code'));
  if (report) return fail(flow, report);
  return [{ ...flow, state: 'cancelled' }, cancelled(flow)];
}

function cancelled({ step }: Flow): Effect {
  return { type: 'signup-cancel', detail: { step: step ?? null } };
}

/** Once: a session takes one code. */
function redeem({ code, ...flow }: Flow): Result {
  return code ? [flow, { type: 'redeem', code, finish: flow.finish }] : [flow];
}

function progress(flow: Flow, onboarding: Onboarding): Result {
  const { status, revision, error } = onboarding;
  if (flow.onboarding && revision <= flow.onboarding.revision) return [flow];
  const state = status === 'action_required' ? 'action-required' : 'onboarding';
  const next: Flow = { ...flow, state, onboarding };
  const told: Effect = { type: 'signup-progress', detail: onboarding };
  if (status === 'completed') {
    return [{ ...next, state: 'complete' }, told, { type: 'signup-complete', detail: onboarding }];
  }
  if (status !== 'failed') return [next, told];
  const [failed, last] = fail(next, errorDetail(error?.code, error));
  return [failed, told, last];
}

function fail(flow: Flow, error: SignupErrorDetail): [Flow, Effect] {
  return [
    { ...flow, state: 'failed', code: undefined, error },
    { type: 'signup-error', detail: error },
  ];
}
