import { html } from 'hono/html';
import type { Screen, ScreenContext } from './screen.ts';

const explained: Readonly<Record<string, readonly [title: string, what: string]>> = {
  whatsapp_business_management: ['Manage your WhatsApp accounts', 'Numbers, templates and webhooks'],
  whatsapp_business_messaging: ['Send and receive messages', 'In the name of your business'],
  business_management: ['Manage your business', 'Its portfolio and who works in it'],
};

/** What the configuration asks for and the app may have: what App Review did not approve does not appear. */
export function permissions({ app, permissions: asked, solution }: ScreenContext): Screen {
  return {
    name: 'permissions',
    step: 'PERMISSIONS',
    title: 'Review the permissions',
    intro: html`${app.name} will be able to:`,
    body: html`<ul class="grants">
        ${asked.map((name) => {
          const [title, what] = explained[name] ?? [name, ''];
          return html`<li><strong>${title}</strong> <span class="muted">${what}</span> <code>${name}</code></li>`;
        })}
        ${asked.length === 0 ? html`<li>Nothing: no permission of this configuration is approved.</li>` : ''}
      </ul>
      ${
        solution
          ? html`<p class="sms"><span class="muted">Partner solution</span><span><strong>${solution.name}</strong>: its
              partners work on this account together.</span></p>`
          : ''
      }`,
    primary: 'Confirm',
  };
}

/** The account is made by now. Meta: Implementation: closing the window here counts as having finished. */
export function ending({ app, flow }: ScreenContext): Screen {
  return {
    name: 'final',
    step: 'PERMISSIONS',
    title: 'Ready to connect',
    intro: html`Your account is set up. Finish, or close this window, to hand it to ${app.name}.`,
    body: html`<dl class="summary">
      <dt>Business</dt>
      <dd data-echo="businessName"></dd>
      <dt>Account</dt>
      <dd data-echo="accountName"></dd>
      ${
        flow.kind === 'only-waba'
          ? ''
          : html`<dt data-when="account=new">Display name</dt>
              <dd data-when="account=new" data-echo="displayName"></dd>`
      }
      <dt>Phone number</dt>
      <dd class="number" data-echo="numberStatus"></dd>
    </dl>`,
    primary: 'Finish',
  };
}
