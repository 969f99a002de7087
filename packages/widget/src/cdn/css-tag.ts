/**
 * What `css-tag.js` of Lit's ReactiveElement is in the script-tag build: the same four functions for browsers
 * that construct style sheets, which is all of them since 2023. Lit's own also serves older ones; that costs half
 * a kB of gzip. LitElement itself is Lit's own.
 */
export const supportsAdoptingStyleSheets = true;

/** Styles without a placeholder. */
export function css([text = '']: TemplateStringsArray): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

export function getCompatibleStyle(style: CSSStyleSheet): CSSStyleSheet {
  return style;
}

export function adoptStyles(root: ShadowRoot, styles: CSSStyleSheet[]): void {
  root.adoptedStyleSheets = styles;
}

export const unsafeCSS = css;
export const CSSResult = CSSStyleSheet;
