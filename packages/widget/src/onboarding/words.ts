/** Which words a state is shown and spoken with. */
import type { Flow } from '../flow-types.ts';
import { say } from '../i18n/messages.ts';
import type { Step } from '../protocol.ts';

/** A press would change nothing now. */
export function isBusy({ state }: Flow): boolean {
  return ['loading', 'exchanging', 'onboarding', 'action-required'].includes(state);
}

/** What the button says, or nothing where it keeps its own label. */
export function labelOf({ state, wanted }: Flow): string {
  return say(state === 'ready' && wanted ? 'pressAgain' : state);
}

/** The steps so far; before the relay's first answer there is one, and it runs. */
export function stepsOf(flow: Flow): readonly Step[] {
  if (flow.onboarding) return flow.onboarding.steps;
  return isBusy(flow) && flow.state !== 'loading' ? [{ name: 'exchange', status: 'running' }] : [];
}

/** The sentence below the button, such as "Acme Foods · +1 555 0100 is connected". */
export function noteOf({ state, onboarding }: Flow): string {
  const { verifiedName, name, wabaId, displayPhoneNumber } = onboarding?.account ?? {};
  const who = [verifiedName ?? name ?? wabaId, displayPhoneNumber].filter(Boolean).join(' · ');
  return say(`note_${state}`).replace('{who}', () => who);
}

/** For those who hear the page. A failure is not here: it has an alert of its own. */
export function spokenText(flow: Flow): string {
  if (flow.error) return '';
  const now = stepsOf(flow).find(({ status }) => status === 'running');
  return noteOf(flow) || (now && say(`step_${now.name}`)) || labelOf(flow);
}
