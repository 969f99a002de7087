import { type SVGTemplateResult, svg } from 'lit';

/** Strokes on a 24-unit square. The bubble is a neutral sign for chat: the logo is Meta's to give out. */
export const paths = {
  chat: 'M4 5.5h16v11h-9L6.5 20v-3.5H4z',
  done: 'M5 12.5l4.5 4.5L19 7.5',
  failed: 'M7 7l10 10M17 7L7 17',
  skipped: 'M7 12h10',
  action_required: 'M12 6v7M12 17.5v.01',
  running: '',
  pending: '',
} as const;

/** Decoration: the words beside it say the same. */
export function icon(name: keyof typeof paths): SVGTemplateResult {
  return svg`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${paths[name]} /></svg>`;
}
