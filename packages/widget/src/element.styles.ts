import { type CSSResult, css } from 'lit';

// Canvas and CanvasText follow color-scheme by themselves, and a forced palette too.
export const styles: CSSResult = css`
  :host {
    --s: var(--signup-surface, Canvas);
    --t: var(--signup-text, CanvasText);
    --l: color-mix(in srgb, var(--t) 16%, var(--s));
    --g: var(--signup-good, light-dark(#0a7d46, #4ade80));
    --b: var(--signup-bad, light-dark(#b3261e, #ff9d94));
    color-scheme: light dark;
    display: inline-block;
    max-inline-size: 100%;
    position: relative;
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
  button {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: max(44px, 3em);
    padding: 8px 20px;
    border: 1px solid #0000;
    border-radius: var(--signup-radius, 12px);
    background: var(--signup-accent, #25d366);
    color: var(--signup-on-accent, #0b1f14);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  :host([size='small']) button {
    font-size: 14px;
  }
  :host([size='large']) button {
    font-size: 19px;
  }
  button:enabled:hover {
    filter: brightness(0.94);
  }
  button:focus-visible {
    outline: 2px solid var(--t);
    outline-offset: 2px;
  }
  :host([state='complete']) button {
    border-color: var(--l);
    background: var(--s);
    color: var(--t);
  }
  :disabled {
    opacity: 0.6;
  }
  [part='label'] {
    display: grid;
    min-inline-size: 9.25em;
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
    flex: none;
    inline-size: 22px;
    border-radius: 50%;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linejoin: round;
  }
  [part~='running'] svg {
    border: 2px solid;
    border-inline-end-color: #0000;
    animation: 0.8s linear infinite turn;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  [part='badge'] {
    position: absolute;
    inset-block-start: -10px;
    inset-inline-start: 12px;
    padding: 0 8px;
    border-radius: 12px;
    background: #ffe08a;
    color: #4a3600;
    font-size: 12px;
    pointer-events: none;
  }
  [part='panel'] {
    display: grid;
    gap: 12px;
    inline-size: 384px;
    max-inline-size: 100%;
    margin-block-start: 12px;
    padding: 14px 16px;
    border: 1px solid var(--l);
    border-radius: var(--signup-radius, 12px);
    background: var(--s);
    color: var(--t);
    font-size: 15px;
  }
  ol {
    display: grid;
    gap: 10px;
    padding: 0;
    list-style: none;
  }
  li,
  [part~='complete'] {
    display: flex;
    align-items: start;
    gap: 12px;
  }
  li svg {
    border: 1px solid var(--l);
  }
  .name {
    flex: 1;
  }
  [part~='running'],
  [part~='complete'] {
    font-weight: 600;
  }
  [part~='done'] svg,
  [part~='complete'] svg {
    background: var(--g);
    color: var(--s);
  }
  [part~='failed'] svg,
  b {
    color: var(--b);
  }
  small {
    font-size: 13px;
    font-weight: 400;
    opacity: 0.8;
  }
  b,
  .name small {
    display: block;
  }
  .heard {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
    }
  }
`;
