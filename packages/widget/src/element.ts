import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { styles } from './element.styles.ts';
import type { SignupState } from './flow-types.ts';
import { say } from './i18n/messages.ts';
import { panel, sign } from './onboarding/panel.ts';
import { isBusy, labelOf, spokenText } from './onboarding/words.ts';
import { scriptRelay } from './page.ts';
import type { FlowName } from './protocol.ts';
import { createSignup } from './signup.ts';

/** A neutral sign for chat: the logo is Meta's to give out. */
const chat = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 5.5h16v11h-9L6.5 20v-3.5H4z" /></svg>`;

/**
 * A button that runs Meta's WhatsApp Embedded Signup and shows the onboarding that follows.
 *
 * @tagname whatsapp-embedded-signup
 *
 * @attr {string} state - Read only: `idle`, `loading`, `ready`, `open`, `exchanging`, `onboarding`,
 *   `action-required`, `complete`, `cancelled` or `failed`.
 *
 * @attr {string} nonce - For the SDK's script tag under a nonce policy. Without it, this script's own nonce.
 *
 * @slot - The button's label, in place of "Connect WhatsApp".
 * @slot icon - The button's icon, in place of a neutral chat bubble.
 *
 * @fires {SignupEvent} signup-ready - Meta's SDK is ready: the next press opens the dialog at once.
 * @fires {SignupEvent} signup-start - An attempt begins. It ends in exactly one of complete, cancel, error.
 * @fires {SignupEvent} signup-progress - `detail` is the onboarding, once for each revision.
 * @fires {SignupEvent} signup-complete - `detail` is the onboarding as it ended.
 * @fires {SignupEvent} signup-cancel - `detail.step` is Meta's name for the step that was left, or null.
 * @fires {SignupEvent} signup-error - `detail` is `{code, message, hint, docs, retryable, meta?}`.
 *
 * @csspart button - The button.
 * @csspart label - The button's text.
 * @csspart badge - The mark that says "Test mode".
 * @csspart panel - The box below the button.
 * @csspart steps - The list of steps.
 * @csspart step - One step; its status is a part too: `pending`, `running`, `done`, `skipped`,
 *   `action_required`, `failed`.
 * @csspart note - A sentence, such as the one after a cancel, or the one that names the connected account.
 * @csspart error - The sentence that says what failed.
 *
 * @cssprop [--signup-accent=#25d366] - The button's background.
 * @cssprop [--signup-on-accent=#0b1f14] - The button's text.
 * @cssprop [--signup-good=light-dark(#0a7d46, #4ade80)] - What is done.
 * @cssprop [--signup-bad=light-dark(#b3261e, #ff9d94)] - What failed.
 * @cssprop [--signup-radius=12px] - Corners.
 */
export class WhatsAppEmbeddedSignup extends LitElement {
  static override styles: typeof styles = styles;

  static override shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };

  static override properties: PropertyDeclarations = {
    relay: {},
    portal: {},
    reference: {},
    flow: {},
    theme: { reflect: true },
    disabled: { type: Boolean, reflect: true },
    sdkUrl: { attribute: 'sdk-url' },
  };

  /** The relay's base URL. Without it, the relay that served the script. */
  declare relay: string | null;
  /** Which portal's settings apply. */
  declare portal: string;
  /** The site's own word for this customer. A claim: it never decides who owns an account. */
  declare reference: string | null;
  /** The kind of signup; the portal must allow it. */
  declare flow: FlowName;
  /** `auto`, `light` or `dark`. */
  declare theme: 'auto' | 'light' | 'dark';
  declare disabled: boolean;
  /** Another origin that serves Meta's SDK and dialog, such as a sandbox. */
  declare sdkUrl: string | null;

  #signup = createSignup(this);

  constructor() {
    super();
    this.relay = this.reference = this.sdkUrl = null;
    this.portal = 'default';
    this.flow = 'standard';
    this.disabled = false;
  }

  /** Where the signup is; reflected. */
  get state(): SignupState {
    return this.#signup.flow.state;
  }

  /** Registers the element; a name that is taken stays as it is. */
  static define(tag = 'whatsapp-embedded-signup', registry: CustomElementRegistry = customElements): void {
    // biome-ignore lint/complexity/noThisInStatic: a subclass registers itself
    if (!registry.get(tag)) registry.define(tag, this);
  }

  /** Opens Meta's dialog. Call it in a person's click, or the browser blocks the window. */
  start(): void {
    if (!this.disabled) this.#signup.press();
  }

  /** Begins again after a failure. */
  retry(): void {
    this.start();
  }

  /** Back to the beginning. A running attempt ends in `signup-cancel`. */
  reset(): void {
    this.#signup.send({ type: 'reset' });
  }

  /** Fetches the portal's settings and Meta's SDK now. */
  load(): void {
    this.#signup.send({ type: 'load' });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('state', this.state);
    addEventListener('message', this.#signup.onMessage);
    // Not before: properties that were set before the upgrade arrive with the first update.
    void this.updateComplete.then(() => this.#settle());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('message', this.#signup.onMessage);
    // A move takes the element out and puts it back within one task.
    queueMicrotask(() => this.#settle());
  }

  #settle(): void {
    if (this.isConnected) this.#signup.connect();
    else this.#signup.disconnect();
  }

  /** Somebody moves to the button: nothing is asked of Meta before that. */
  #warm(): void {
    if (this.state === 'idle') this.load();
  }

  /** @internal */
  get base(): string | null {
    return this.relay ? new URL(this.relay, document.baseURI).href.replace(/\/+$/, '') : scriptRelay;
  }

  /** @internal */
  changed(): void {
    this.setAttribute('state', this.state);
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { flow } = this.#signup;
    const busy = isBusy(flow);
    const complete = flow.state === 'complete';
    const label = labelOf(flow);
    return html`<button
        part="button"
        type="button"
        ?disabled=${this.disabled}
        aria-disabled=${busy || complete}
        aria-busy=${busy}
        title=${say('newWindow')}
        @pointerover=${this.#warm}
        @focus=${this.#warm}
        @click=${this.start}
      >
        ${busy || complete ? sign(busy ? 'running' : 'done') : html`<slot name="icon">${chat}</slot>`}
        <span part="label"><slot class=${label && 'off'}>${say('connect')}</slot><span>${label}</span></span>
      </button>
      ${this.#signup.isTest() ? html`<small part="badge">${say('testMode')}</small>` : nothing}
      ${panel(flow)}
      <div role="status">${spokenText(flow)}</div>`;
  }
}
