/**
 * What `lit` is in the script-tag build: Lit's own templates under a smaller base class.
 *
 * LitElement brings 2.5 kB of gzip, most of it (converters, controllers, hydration, styles for old browsers) for
 * others. Sites that bundle the package get the real one; the same tests run on both.
 */
import { html, nothing, render } from 'lit/html.js';

export { html, nothing };

interface Property {
  readonly attribute?: string;
  readonly type?: typeof Boolean;
  readonly reflect?: boolean;
}

/** Styles without a placeholder. */
export function css([text = '']: TemplateStringsArray): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

export abstract class LitElement extends HTMLElement {
  static styles: CSSStyleSheet;
  static shadowRootOptions: ShadowRootInit = { mode: 'open' };
  static properties: Record<string, Property>;

  hasUpdated = false;
  updateComplete: Promise<void> | undefined;
  readonly #root: ShadowRoot;
  readonly #values = new Map<string, unknown>();
  readonly #properties = (this.constructor as typeof LitElement).properties;
  #changed?: Set<string> | undefined;

  constructor() {
    super();
    const { shadowRootOptions, styles } = new.target;
    this.#root = this.attachShadow(shadowRootOptions);
    this.#root.adoptedStyleSheets = [styles];
    // What was set before the upgrade wins over the defaults that a subclass sets after this.
    const early: Record<string, unknown> = {};
    const own = this as unknown as Record<string, unknown>;
    for (const name of Object.keys(this.#properties)) {
      if (!Object.hasOwn(own, name)) continue;
      early[name] = own[name];
      delete own[name];
    }
    queueMicrotask(() => Object.assign(this, early));
    this.requestUpdate();
  }

  /** Read once, when the tag is defined: the moment to make the accessors. */
  static get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: the class that is being defined, not this one
    const { properties, prototype } = this;
    return Object.entries(properties).map(([name, { attribute }]) => {
      Object.defineProperty(prototype, name, {
        get(this: LitElement): unknown {
          return this.#values.get(name);
        },
        set(this: LitElement, value: unknown) {
          if (value === this.#values.get(name)) return;
          this.#values.set(name, value);
          this.requestUpdate(name);
        },
      });
      return attribute ?? name;
    });
  }

  abstract render(): unknown;
  firstUpdated(): void {}
  willUpdate(): void {}
  connectedCallback(): void {}
  disconnectedCallback(): void {}

  attributeChangedCallback(changed: string, _old: string | null, value: string | null): void {
    for (const [name, { attribute = name, type }] of Object.entries(this.#properties)) {
      if (attribute === changed) Object.assign(this, { [name]: type ? value !== null : value });
    }
  }

  requestUpdate(name?: string): void {
    if (!this.#changed) {
      this.#changed = new Set();
      this.updateComplete = Promise.resolve().then(() => this.#update());
    }
    if (name) this.#changed.add(name);
  }

  #update(): void {
    this.willUpdate();
    for (const name of this.#changed ?? []) {
      const { reflect, type } = this.#properties[name] ?? {};
      const value = this.#values.get(name);
      if (reflect && type) this.toggleAttribute(name, !!value);
      else if (reflect) this.setAttribute(name, `${value}`);
    }
    this.#changed = undefined;
    render(this.render(), this.#root, { host: this });
    if (this.hasUpdated) return;
    this.hasUpdated = true;
    this.firstUpdated();
  }
}
