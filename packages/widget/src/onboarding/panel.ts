/** The box below the button: what happens, what happened, what to do. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../flow-types.ts';
import type { Say } from '../i18n/messages.ts';
import { noteOf, stepsOf } from './words.ts';

/** Strokes on a 24-unit square. The bubble is a neutral sign for chat: the logo is Meta's to give out. */
const strokes = {
  chat: 'M4 5.5h16v11h-9L6.5 20v-3.5H4z',
  done: 'M6 12.5l4 4 8-9',
  failed: 'M8 8l8 8M16 8l-8 8',
  skipped: 'M8 12h8',
  action_required: 'M12 7v6M12 17v.01',
  pending: '',
  running: '',
} as const;

/** Decoration: the words beside it say the same. */
export function icon(name: keyof typeof strokes): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${strokes[name]} /></svg>`;
}

export function panel(flow: Flow, say: Say): TemplateResult | typeof nothing {
  const { state, error } = flow;
  const steps = stepsOf(flow);
  const note = noteOf(flow, say);
  if (!steps.length && !error && !note) return nothing;
  return html`<div part="panel">
    ${note && html`<p part="note ${state}">${state === 'complete' ? icon('done') : ''}${note}</p>`}
    ${
      steps[0] &&
      html`<ol part="steps">
        ${steps.map((step) => {
          // What ended it all is said once, below.
          const why = error ? undefined : step.error;
          return html`<li part="step ${step.status}">
            ${icon(step.status)}<span class="name"
              >${say(`step_${step.name}`) || step.name}${why && html`<small>${why.message} ${why.hint}</small>`}</span
            ><small>${say(`status_${step.status}`)}</small>
          </li>`;
        })}
      </ol>`
    }
    ${
      error &&
      html`<div part="error" role="alert">
        <b>${error.message}</b> ${error.hint}
        ${error.meta && html`<small>${Object.values(error.meta).join(' · ')}</small>`}
      </div>`
    }
  </div>`;
}
