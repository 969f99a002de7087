import { type CSSResult, css } from 'lit';

export const styles: CSSResult = css`
  :host {
    --_surface: var(--signup-surface, #fff);
    --_text: var(--signup-text, #16211c);
    --_muted: var(--signup-muted, #5a6862);
    --_line: var(--signup-line, #dce4df);
    --_good: var(--signup-good, #0a7d46);
    --_bad: var(--signup-bad, #b3261e);
    --_radius: var(--signup-radius, 0.75rem);
    color-scheme: light dark;
    display: inline-block;
    max-inline-size: 100%;
    font: 400 0.9375rem/1.45 var(--signup-font, inherit);
    font-family: var(--signup-font, inherit);
  }
  @supports (color: light-dark(#000, #fff)) {
    :host {
      --_surface: var(--signup-surface, light-dark(#fff, #161b1a));
      --_text: var(--signup-text, light-dark(#16211c, #eef3f0));
      --_muted: var(--signup-muted, light-dark(#5a6862, #a3b1aa));
      --_line: var(--signup-line, light-dark(#dce4df, #313a36));
      --_good: var(--signup-good, light-dark(#0a7d46, #4ade80));
      --_bad: var(--signup-bad, light-dark(#b3261e, #ff9d94));
    }
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
    margin: 0;
  }
  .row {
    position: relative;
    display: inline-block;
    max-inline-size: 100%;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.625em;
    max-inline-size: 100%;
    min-block-size: 3rem;
    padding: 0.5em 1.25em;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--signup-accent, #25d366);
    color: var(--signup-on-accent, #0b1f14);
    box-shadow: 0 1px 2px #0b1f1433, inset 0 1px #ffffff4d;
    font: inherit;
    font-size: 1rem;
    font-weight: 600;
    cursor: pointer;
    transition: filter 0.15s, transform 0.15s;
  }
  :host([size='small']) button {
    min-block-size: 2.75rem;
    padding-inline: 1em;
    font-size: 0.9375rem;
  }
  :host([size='large']) button {
    min-block-size: 3.5rem;
    padding-inline: 1.5em;
    font-size: 1.125rem;
  }
  @media (hover: hover) {
    button:hover {
      filter: brightness(0.95);
    }
  }
  button:active {
    transform: translateY(1px);
  }
  button:focus-visible {
    outline: 2px solid var(--_text);
    outline-offset: 2px;
  }
  button[aria-disabled='true'],
  button:disabled {
    filter: none;
    transform: none;
    cursor: default;
  }
  button:disabled {
    background: var(--_line);
    color: var(--_muted);
    box-shadow: none;
  }
  :host([state='complete']) button {
    background: var(--_surface);
    border-color: var(--_line);
    color: var(--_good);
    box-shadow: none;
  }
  [part='label'] {
    display: grid;
    justify-items: start;
    text-align: start;
  }
  [part='label'] > * {
    grid-area: 1/1;
  }
  [data-off] {
    visibility: hidden;
  }
  svg {
    display: block;
    inline-size: 1.375em;
    block-size: 1.375em;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  [part='icon'] {
    position: relative;
    flex: none;
  }
  .busy > * {
    visibility: hidden;
  }
  .busy::after,
  .running .mark::after {
    content: '';
    position: absolute;
    inset: 0.125em;
    border: 2px solid;
    border-inline-end-color: transparent;
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  [part='badge'] {
    position: absolute;
    inset-block-start: -0.625rem;
    inset-inline-end: 0.75rem;
    padding: 0.0625rem 0.5rem;
    border-radius: 1rem;
    border: 1px solid #f2c14e;
    background: #fff4d6;
    color: #5c4300;
    font-size: 0.6875rem;
    font-weight: 600;
    pointer-events: none;
  }
  [part='panel'] {
    inline-size: 24rem;
    max-inline-size: 100%;
    margin-block-start: 0.75rem;
    padding: 1rem 1.125rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    overflow-wrap: anywhere;
  }
  .open,
  .cancelled {
    padding-block: 0.75rem;
  }
  [part='note'] {
    color: var(--_muted);
  }
  [part='done'] {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    font-weight: 600;
  }
  [part='done'] svg {
    flex: none;
    padding: 0.25em;
    inline-size: 1.75em;
    block-size: 1.75em;
    border-radius: 50%;
    background: var(--_good);
    color: var(--_surface);
    stroke-width: 3;
  }
  ol {
    padding: 0;
    list-style: none;
  }
  p + ol {
    margin-block-start: 0.875rem;
    padding-block-start: 0.875rem;
    border-block-start: 1px solid var(--_line);
  }
  li {
    position: relative;
    display: grid;
    grid-template-columns: auto 1fr auto;
    gap: 0.75rem;
    padding-block: 0.375rem;
  }
  li:not(:last-child)::before {
    content: '';
    position: absolute;
    inset-block: 1.875rem -0.25rem;
    inset-inline-start: calc(0.6875rem - 0.5px);
    inline-size: 1px;
    background: var(--_line);
  }
  .mark {
    position: relative;
    inline-size: 1.375rem;
    block-size: 1.375rem;
    border-radius: 50%;
    border: 1px solid var(--_line);
    color: var(--_muted);
  }
  .mark svg {
    inline-size: 100%;
    block-size: 100%;
    padding: 0.125rem;
    stroke-width: 3;
  }
  .running .mark {
    color: var(--_good);
  }
  .running .mark::after {
    inset: -1px;
  }
  .done .mark {
    border-color: var(--_good);
    background: var(--_good);
    color: var(--_surface);
  }
  .failed .mark,
  .action_required .mark {
    border-color: var(--_bad);
    color: var(--_bad);
  }
  .status,
  small {
    color: var(--_muted);
    font-size: 0.8125rem;
    line-height: 1.65;
  }
  .running {
    font-weight: 600;
  }
  .pending,
  .skipped {
    color: var(--_muted);
  }
  small {
    display: block;
    font-weight: 400;
  }
  [part='error'] p:first-child {
    color: var(--_bad);
    font-weight: 600;
  }
  ol + [part='error'] {
    margin-block-start: 0.75rem;
  }
  code {
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .heard {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    button,
    [part='panel'],
    .mark {
      border-color: ButtonText;
    }
    button:disabled {
      color: GrayText;
    }
    button:focus-visible {
      outline-color: Highlight;
    }
  }
`;
