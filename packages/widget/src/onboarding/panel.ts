/** The box below the button: what happens, what happened, what to do. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../flow-types.ts';
import type { Messages } from '../i18n/en.ts';
import type { Step } from '../protocol.ts';
import { icon } from './icons.ts';
import { doneText, stepsOf } from './words.ts';

export function panel(flow: Flow, t: Messages): TemplateResult | typeof nothing {
  const { state, onboarding, error } = flow;
  const steps = stepsOf(flow);
  const note = state === 'open' ? t.openNote : state === 'cancelled' ? t.cancelled : '';
  if (!steps.length && !error && !note) return nothing;
  return html`<div part="panel" class=${state}>
    ${note && html`<p part="note">${note}</p>`}
    ${state === 'complete' ? html`<p part="done">${icon('done')}${doneText(onboarding?.account ?? null, t)}</p>` : nothing}
    ${steps.length ? html`<ol part="steps" aria-label=${t.steps}>${steps.map((step) => item(step, t))}</ol>` : nothing}
    ${
      error
        ? html`<div part="error" role="alert">
            <p>${error.message}</p>
            <p>${error.hint}</p>
            ${error.meta && html`<code>${Object.values(error.meta).join(' · ')}</code>`}
          </div>`
        : nothing
    }
  </div>`;
}

function item({ name, status, error }: Step, t: Messages): TemplateResult {
  return html`<li part="step step-${status}" class=${status}>
    <span class="mark">${icon(status)}</span>
    <span>${t[name] ?? name}${error && html`<small>${error.message} ${error.hint}</small>`}</span>
    <span class="status">${t[`step_${status}`]}</span>
  </li>`;
}
