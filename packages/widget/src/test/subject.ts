/** What each browser test needs: the element in the page, a person's hands, and the other side's answers. */
import { sendMouse } from '@web/test-runner-commands';
import type { SignupDetails, WhatsAppEmbeddedSignup } from '../index.ts';
import type { Seen } from './fake-relay.ts';

const tag = 'whatsapp-embedded-signup';
// A page of the script-tag build has defined it already.
if (!customElements.get(tag)) await import('../define.ts');

const terminal = ['signup-complete', 'signup-cancel', 'signup-error'] as const;
const names: (keyof SignupDetails)[] = ['signup-ready', 'signup-start', 'signup-progress', ...terminal];

export interface Subject {
  element: WhatsAppEmbeddedSignup;
  portal: string;
  /** Names of the events so far, in order. */
  events: string[];
  details: Partial<SignupDetails>;
  button: HTMLButtonElement;
  /** All that a person can read. */
  text(): string;
}

let count = 0;

/** Puts an element on the page. `kind` chooses what the relay does; see fake-relay.ts. */
export async function mount(kind: string, attributes: Record<string, string> = {}): Promise<Subject> {
  const portal = `${kind}-${Date.now()}-${count++}`;
  const element = document.createElement(tag) as WhatsAppEmbeddedSignup;
  const all = { relay: '/relay', portal, ...attributes };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  return follow(element, portal);
}

export async function follow(element: WhatsAppEmbeddedSignup, portal: string): Promise<Subject> {
  const events: string[] = [];
  const details: Partial<SignupDetails> = {};
  for (const name of names) {
    element.addEventListener(name, (event) => {
      events.push(name);
      Object.assign(details, { [name]: event.detail });
    });
  }
  document.body.append(element);
  await element.updateComplete;
  const root = element.shadowRoot as ShadowRoot;
  const button = root.querySelector('button') as HTMLButtonElement;
  return { element, portal, events, details, button, text: () => root.textContent ?? '' };
}

export async function until(holds: () => unknown, what = String(holds)): Promise<void> {
  const end = Date.now() + 7000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`Never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

export async function ready(subject: Subject): Promise<void> {
  subject.element.load();
  await until(() => subject.element.state === 'ready');
}

/** A person's click, which lets a window open. */
export async function click({ button }: Subject): Promise<void> {
  const { left, top, width, height } = button.getBoundingClientRect();
  const position: [number, number] = [Math.round(left + width / 2), Math.round(top + height / 2)];
  await sendMouse({ type: 'click', position });
}

/** How the next dialog ends by itself. */
export async function next(outcome: string, data?: Record<string, string>): Promise<void> {
  const body = JSON.stringify({ outcome, ...(data && { data }) });
  const answer = await fetch('/_sandbox/next', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  if (!answer.ok) throw new Error(await answer.text());
}

export async function ended({ events }: Subject): Promise<void> {
  await until(() => events.some((name) => terminal.includes(name as (typeof terminal)[number])), 'an ending');
}

export function endings({ events }: Subject): string[] {
  return events.filter((name) => terminal.includes(name as (typeof terminal)[number]));
}

/** What the relay was asked for this portal. */
export async function seen({ portal }: Subject): Promise<Seen[]> {
  return (await fetch(`/relay/seen/${portal}`)).json();
}
