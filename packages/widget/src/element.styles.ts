import { type CSSResult, css } from 'lit';

// Colours of text and background are the page's own, so that the element fits whatever it stands on.
export const styles: CSSResult = css`
  :host {
    --line: 1px solid color-mix(in srgb, currentColor 25%, #0000);
    --good: var(--signup-good, light-dark(#0a7d46, #4ade80));
    --bad: var(--signup-bad, light-dark(#b3261e, #ff9d94));
    --radius: var(--signup-radius, 12px);
    display: block;
    line-height: 1.5;
  }
  :host([theme='light']),
  :host([theme='dark']) {
    color-scheme: light;
    background: Canvas;
    color: CanvasText;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([hidden]) {
    display: none;
  }
  button,
  li {
    display: inline-flex;
    align-items: center;
    gap: 12px;
  }
  button {
    min-height: 48px;
    padding: 8px 20px;
    border: 1px solid #0000;
    border-radius: var(--radius);
    background: var(--signup-accent, #25d366);
    color: var(--signup-on-accent, #0b1f14);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  :host([state='complete']) button {
    border: var(--line);
    background: none;
    color: inherit;
  }
  button:focus-visible {
    outline: 2px solid;
    outline-offset: 2px;
  }
  :disabled {
    opacity: 0.6;
  }
  [part='label'] {
    display: grid;
    align-items: center;
    text-align: start;
  }
  [part='label'] > * {
    display: block;
    grid-area: 1/1;
  }
  .off {
    visibility: hidden;
  }
  [part='badge'] {
    display: inline-block;
    margin: 8px;
    padding: 2px 8px;
    border-radius: var(--radius);
    background: #ffe08a;
    color: #4a3600;
    font-size: 12px;
  }
  [part='panel'] {
    display: grid;
    gap: 12px;
    box-sizing: border-box;
    width: min(384px, 100%);
    margin-top: 12px;
    padding: 16px;
    border: var(--line);
    border-radius: var(--radius);
  }
  ol,
  p {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 0;
  }
  small {
    margin-inline-start: auto;
  }
  svg,
  i {
    flex: none;
    box-sizing: border-box;
    width: 20px;
    height: 20px;
    border-radius: 50%;
    font: 700 12px/18px system-ui;
    text-align: center;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
  }
  i {
    border: var(--line);
  }
  .running {
    border: 2px solid;
    border-top-color: #0000;
    animation: 1s linear infinite turn;
  }
  .done {
    background: var(--good);
    color: Canvas;
  }
  .failed,
  p b {
    color: var(--bad);
  }
  [part~='running'] {
    font-weight: 600;
  }
  [role='status'] {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion) {
    i {
      animation: none;
    }
  }
`;
