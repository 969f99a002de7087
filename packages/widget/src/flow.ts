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
 * Milliseconds from a closed window or a cancel message to the SDK's callback, which asks Meta for the login
 * status between. Where none comes, the attempt ends without it.
 */
export const closeWait = 4000;
/** Milliseconds for a browser that asks something of its own in place of the window. */
export const noWindowWait = 30_000;

export const initialFlow: Flow = { state: 'idle', attempt: 0 };

type Result = readonly [Flow, ...Effect[]];
/** What a state does with each input that it knows; it ignores the others. */
type Moves = {
  readonly [Type in Input['type']]?: (flow: Flow, input: Extract<Input, { type: Type }>) => Result;
};

const reset: Moves['reset'] = ({ loaded, attempt }, { unload }) => {
  const kept = loaded && !unload;
  return [{ state: kept ? 'ready' : 'idle', loaded: kept, attempt: attempt + 1 }];
};

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
  finish: (flow, { finish }) => tell({ ...flow, finish }),
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
    failed: busy.failed,
    reset,
  },
  open: {
    ...busy,
    launched: (flow, { opened }) => (opened ? [{ ...flow, opened }] : wait(flow, noWindowWait)),
    callback: (flow, { code }) => {
      if (!code) return end(flow);
      const next: Flow = { ...flow, state: 'exchanging', code };
      return flow.finish ? redeem(next) : wait(next, eventWait);
    },
    closed: (flow) => wait(flow, closeWait),
    finish: (flow, { finish }) => [{ ...flow, finish }],
    left: (flow, { step, report }) => wait({ ...flow, step, report }, closeWait),
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

/** A new beginning, with nothing left of the one before but the SDK and a session that may be used again. */
function begin({ attempt, loaded, keepSession }: Flow, state: SignupState, ...effects: Effect[]): Result {
  return [{ state, loaded, keepSession, attempt: attempt + 1 }, ...effects];
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
  const { report, opened, finish, step } = flow;
  if (finish) return fail(flow, errorDetail('no-code'));
  if (report) return fail(flow, report);
  if (!opened && !step) return fail(flow, errorDetail('fedcm-intercepted'));
  return [{ ...flow, state: 'cancelled' }, cancelled(flow)];
}

function cancelled({ step }: Flow): Effect {
  return { type: 'signup-cancel', detail: { step: step ?? null } };
}

/** Once: a session takes one code. */
function redeem(flow: Flow): Result {
  const { code = '', finish, sent } = flow;
  return sent
    ? [flow]
    : [
        { ...flow, sent: true, told: !!finish },
        { type: 'redeem', code, finish },
      ];
}

function tell(flow: Flow): Result {
  const { finish, told } = flow;
  return finish && !told
    ? [
        { ...flow, told: true },
        { type: 'tell', finish },
      ]
    : [flow];
}

function progress(flow: Flow, onboarding: Onboarding): Result {
  const { status, revision, error } = onboarding;
  if (flow.onboarding && revision <= flow.onboarding.revision) return [flow];
  const state = status === 'action_required' ? 'action-required' : 'onboarding';
  const [next, ...effects] = tell({ ...flow, state, code: undefined, onboarding });
  effects.push({ type: 'signup-progress', detail: onboarding });
  if (status === 'completed') {
    return [{ ...next, state: 'complete' }, ...effects, { type: 'signup-complete', detail: onboarding }];
  }
  if (status !== 'failed') return [next, ...effects];
  const [failed, ...last] = fail(next, errorDetail(error?.code, error));
  return [failed, ...effects, ...last];
}

function fail(flow: Flow, error: SignupErrorDetail): Result {
  // The relay takes up to three codes in one session, as long as each was refused.
  const keepSession = flow.sent && /^(code|exchange|relay)-/.test(error.code);
  return [
    { ...flow, state: 'failed', code: undefined, keepSession, error },
    { type: 'signup-error', detail: error },
  ];
}
