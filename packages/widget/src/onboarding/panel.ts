/** The box below the button: what happens, what happened, what to do. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../flow-types.ts';
import { say } from '../i18n/messages.ts';
import { noteOf, stepsOf } from './words.ts';

const signs: Readonly<Record<string, string>> = {
  done: '✓',
  failed: '✕',
  skipped: '–',
  action_required: '!',
};

/** Decoration: the words beside it say the same. */
export function sign(status: string): TemplateResult {
  return html`<i class=${status} aria-hidden="true">${signs[status]}</i>`;
}

export function panel(flow: Flow): TemplateResult | typeof nothing {
  const { error } = flow;
  const steps = stepsOf(flow);
  const note = noteOf(flow);
  if (!steps[0] && !error && !note) return nothing;
  return html`<div part="panel">
    ${note && html`<b part="note">${note}</b>`}
    ${
      steps[0] &&
      html`<ol part="steps">
        ${steps.map(
          ({ name, status }) => html`<li part="step ${status}">
            ${sign(status)}<span>${say(`step_${name}`)}</span><small>${say(`status_${status}`)}</small>
          </li>`,
        )}
      </ol>`
    }
    ${error && html`<p part="error" role="alert"><b>${error.message}</b> ${error.hint}</p>`}
  </div>`;
}
