import { html } from 'hono/html';

import { websitePattern } from './formats.ts';

export type Markup = ReturnType<typeof html>;

const kinds = {
  text: html`type="text" maxlength="255"`,
  url: html`type="text" inputmode="url" pattern="${websitePattern}" data-wrong="Enter an address such as https://shop.example."`,
  email: html`type="email" data-wrong="Enter an email address such as hello@shop.example."`,
  tel: html`type="tel" data-wrong="Enter a plus, the country code and the number: 7 to 15 digits."`,
  code: html`type="text" inputmode="numeric" pattern="[0-9]{6}" maxlength="6" data-wrong="The code has six digits."`,
  pin: html`type="text" inputmode="numeric" pattern="[0-9]{6}" maxlength="6" data-wrong="A PIN has six digits."`,
  count: html`type="number" min="1" max="50" step="1"`,
  delay: html`type="number" min="0" max="600000" step="1"`,
};

interface FieldOptions {
  kind?: keyof typeof kinds;
  hint?: Markup | string;
  isOptional?: boolean;
  /** Which of the other answers make it be asked at all. */
  when?: string;
}

/** An input with its label, and room for what is wrong with it. */
export function field(name: string, label: string, value: string, options: FieldOptions = {}): Markup {
  const { kind = 'text', hint, isOptional = false, when = '' } = options;
  return html`<div class="field" data-when="${when}">
    <label for="${name}">${label}${optional(isOptional)}</label>
    <input id="${name}" name="${name}" value="${value}" ${kinds[kind]} ${isOptional ? '' : 'required'}
      autocomplete="off" aria-describedby="${describedBy(name, hint)}" />
    ${note(name, hint)}
  </div>`;
}

/** What a number looks like; in one piece wherever it stands. */
export const numberHint = html`With the country code, such as <span class="number">+1 415-555-0134</span>`;

/** A longer text. */
export function textArea(name: string, label: string, value: string, longest: number): Markup {
  return html`<div class="field">
    <label for="${name}">${label}${optional(true)}</label>
    <textarea id="${name}" name="${name}" rows="2" maxlength="${longest}" aria-describedby="${name}-error">${value}</textarea>
    ${note(name, undefined)}
  </div>`;
}

/** A closed list: value and what it is called. */
export function select(
  name: string,
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen = '',
  when = '',
): Markup {
  return html`<div class="field" data-when="${when}">
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      ${options.map(([value, text]) => html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${text}</option>`)}
    </select>
  </div>`;
}

export interface Choice {
  value: string;
  label: string;
  hint?: string;
  when?: string;
}

/** One of several ways. The group's name is for who cannot see how they stand together. */
export function choices(name: string, legend: string, list: readonly Choice[], chosen: string): Markup {
  return html`<fieldset class="choices">
    <legend class="unseen">${legend}</legend>
    ${list.map(
      ({ value, label, hint, when = '' }) => html`<label class="choice" data-when="${when}">
        <input type="radio" name="${name}" value="${value}" ${value === chosen ? 'checked' : ''} />
        <span>${label}${hint ? html`<br /><span class="muted">${hint}</span>` : ''}</span>
      </label>`,
    )}
  </fieldset>`;
}

export function checkbox(name: string, label: string, hint = '', when = ''): Markup {
  return html`<label class="choice" data-when="${when}">
    <input type="checkbox" name="${name}" value="yes" />
    <span>${label}${hint ? html`<br /><span class="muted">${hint}</span>` : ''}</span>
  </label>`;
}

/** Parts that are asked together, or not at all. */
export function group(when: string, content: Markup | Markup[]): Markup {
  return html`<div class="group" data-when="${when}">${content}</div>`;
}

const optional = (is: boolean) => (is ? html` <span class="muted">(optional)</span>` : '');

const describedBy = (name: string, hint: FieldOptions['hint']) =>
  `${name}-error${hint ? ` ${name}-hint` : ''}`;

function note(name: string, hint: FieldOptions['hint']): Markup {
  return html`${hint ? html`<span class="muted" id="${name}-hint">${hint}</span>` : ''}
    <span class="error" id="${name}-error" role="alert"></span>`;
}
