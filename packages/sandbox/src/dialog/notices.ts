import { html } from 'hono/html';
import type { AppRefusal } from '../world/may-use.ts';
import type { Markup } from './fields.ts';
import { renderFrame } from './page.ts';
import type { DialogProblem } from './request.ts';

/** What Meta shows, and what it keeps to itself. */
interface Notice {
  title: string;
  text: string;
}

const problems: Record<DialogProblem['problem'], Notice> = {
  'wrong-address': {
    title: 'Something went wrong',
    text: 'This dialog cannot be opened. The page that opened it hears nothing of that, as with Meta.',
  },
  // Meta: Multi-Partner Solutions › Solution states.
  'solution-not-active': {
    title: 'Something went wrong',
    text: 'This partner solution cannot be used for onboarding at this time.',
  },
};

/** In Meta's words, as people report them. Meta: App Development › App modes. */
const refusals: Record<AppRefusal, Notice & { why: string }> = {
  'app-not-active': {
    title: 'App not active',
    text: 'This app is not currently accessible and the app developer is aware of the issue. You will be able to log in when the app is reactivated.',
    why: 'The app is in development mode, and this person has no role on it.',
  },
  'feature-unavailable': {
    title: 'Feature unavailable',
    text: 'Facebook Login is currently unavailable for this app, since we are updating additional details for this app. Please try again later.',
    why: 'The app has standard access, and this person has no role on it.',
  },
};

/** The page in place of a dialog that cannot be opened. */
export function renderProblem({ problem, reason }: DialogProblem): Markup {
  const { title } = problems[problem];
  return renderFrame(`${title} – Sandbox`, notice('', problems[problem], reason, ''));
}

/** What comes after sign-in for whom the app is closed: hidden until then. */
export function renderRefusals(kinds: ReadonlySet<AppRefusal>): Markup {
  const button = html`<button type="button" class="secondary" data-back>Sign in as someone else</button>`;
  return html`${[...kinds].map((kind) => notice(kind, refusals[kind], refusals[kind].why, button))}`;
}

/** What ends a dialog that has no page to go back to: the hosted link, and a window that nobody opened. */
export function renderEnds(appName: string): Markup {
  return html`${notice('done', { title: 'You’re connected', text: `${appName} can now work with your WhatsApp account. You can close this page.` }, '', '')}
  ${notice('left', { title: 'Nothing was connected', text: 'The dialog ended early. You can close this page, or open the link again.' }, '', '')}`;
}

function notice(name: string, { title, text }: Notice, why: string, button: Markup | string): Markup {
  return html`<div class="screen" role="group" data-notice="${name}" ${name === '' ? '' : 'hidden'}>
    <div class="content">
      <h1 tabindex="-1">${title}</h1>
      <p class="intro">${text}</p>
      ${why && html`<p class="sms"><span class="muted">What Meta would not tell you</span><span>${why}</span></p>`}
    </div>
    ${button && html`<div class="actions">${button}</div>`}
  </div>`;
}
