/** Which words a state is shown and spoken with. */
import { isRunning } from '../flow.ts';
import type { Flow, SignupState } from '../flow-types.ts';
import type { Messages } from '../i18n/en.ts';
import type { Account, Step } from '../protocol.ts';

/** All that the button may say. They lie on top of each other, so that its width never changes. */
export const labels = [
  'connect',
  'loading',
  'pressAgain',
  'open',
  'working',
  'again',
  'connected',
] as const satisfies (keyof Messages)[];

const labelOfState: Readonly<Record<SignupState, (typeof labels)[number]>> = {
  idle: 'connect',
  loading: 'loading',
  ready: 'connect',
  open: 'open',
  exchanging: 'working',
  onboarding: 'working',
  'action-required': 'working',
  complete: 'connected',
  cancelled: 'connect',
  failed: 'again',
};

export function labelOf({ state, pressAgain }: Flow): (typeof labels)[number] {
  return pressAgain ? 'pressAgain' : labelOfState[state];
}

/** A press would change nothing now. */
export function isBusy({ state }: Flow): boolean {
  return state === 'loading' || state === 'exchanging' || isRunning(state);
}

/** The steps so far; before the relay's first answer there is one, and it runs. */
export function stepsOf({ onboarding, state }: Flow): readonly Step[] {
  if (onboarding) return onboarding.steps;
  return state === 'exchanging' || isRunning(state) ? [{ name: 'exchange', status: 'running' }] : [];
}

/** For those who hear the page. A failure is not here: it has an alert of its own. */
export function spokenText(flow: Flow, t: Messages): string {
  const { state, onboarding, pressAgain } = flow;
  if (pressAgain) return t.pressAgain;
  if (state === 'loading') return t.loading;
  if (state === 'open') return t.openNote;
  if (state === 'cancelled') return t.cancelled;
  if (state === 'complete') return doneText(onboarding?.account ?? null, t);
  const running =
    isBusy(flow) && stepsOf(flow).find(({ status }) => status !== 'done' && status !== 'skipped');
  return running ? (t[running.name] ?? running.name) : '';
}

/** "Acme Foods · +1 555 0100 is connected". */
export function doneText(account: Account | null, t: Messages): string {
  const who = [account?.verifiedName || account?.name, account?.displayPhoneNumber];
  return t.done.replace('{who}', () => who.filter(Boolean).join(' · ') || t.account);
}
