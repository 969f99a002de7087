import { html } from 'hono/html';
import type { App, Person } from '../../world/access.ts';
import type { Screen, ScreenContext } from './screen.ts';

/** Who goes through the dialog. Roles are shown, since they decide who may use an unreviewed app. */
export function signIn({ app, people }: ScreenContext): Screen {
  return {
    name: 'sign-in',
    step: '',
    title: `Connect to ${app.name}`,
    intro: html`${app.name} asks to work with your WhatsApp business account. Who are you?`,
    body: html`<fieldset class="choices">
      <legend class="unseen">Sign in as</legend>
      ${people.map(
        (person, index) => html`<label class="choice person">
          <input type="radio" name="personId" value="${person.id}" data-label="${person.name}" ${index === 0 ? 'checked' : ''} />
          <span class="avatar" aria-hidden="true">${initials(person.name)}</span>
          <span><strong>${person.name}</strong><br /><span class="muted">${roleOn(app, person)}</span></span>
        </label>`,
      )}
    </fieldset>`,
    primary: `Continue as ${people[0]?.name ?? ''}`,
  };
}

function roleOn(app: App, { id }: Person): string {
  const role = app.roles.get(id);
  if (role === undefined) return 'No role on this app';
  return `${role.charAt(0).toUpperCase()}${role.slice(1)} of this app`;
}

function initials(name: string): string {
  return name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('');
}
