import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { styles } from './element.styles.ts';
import type { SignupState } from './flow-types.ts';
import { sayIn } from './i18n/messages.ts';
import { awaitIntent, type LoadPolicy } from './intent.ts';
import { icon, panel } from './onboarding/panel.ts';
import { isBusy, labelOf, spokenText } from './onboarding/words.ts';
import { scriptRelay } from './page.ts';
import type { FlowName } from './protocol.ts';
import { createSignup } from './signup.ts';

/**
 * A button that runs Meta's WhatsApp Embedded Signup and shows the onboarding that follows.
 *
 * @tagname whatsapp-embedded-signup
 *
 * @attr {string} state - Read only: `idle`, `loading`, `ready`, `open`, `exchanging`, `onboarding`,
 *   `action-required`, `complete`, `cancelled` or `failed`.
 *
 * @attr {string} nonce - For the SDK's script tag under a nonce policy. Without it, this script's own nonce.
 * @attr {string} lang - Language of the sentences; English is built in.
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
 * @csspart icon - The button's icon.
 * @csspart label - The button's text.
 * @csspart badge - The mark that says "Test mode".
 * @csspart panel - The box below the button.
 * @csspart steps - The list of steps.
 * @csspart step - One step; its status is a part too: `pending`, `running`, `done`, `skipped`,
 *   `action_required`, `failed`.
 * @csspart note - A sentence, such as the one after a cancel; the state is a part too: `open`, `cancelled`, or
 *   `complete` where it names the connected account.
 * @csspart error - The sentence that says what failed.
 *
 * @cssprop [--signup-accent=#25d366] - The button's background.
 * @cssprop [--signup-on-accent=#0b1f14] - The button's text.
 * @cssprop [--signup-surface=Canvas] - The panel's background.
 * @cssprop [--signup-text=CanvasText] - The panel's text; borders and quiet text are mixed from it.
 * @cssprop [--signup-good=light-dark(#0a7d46, #4ade80)] - What is done.
 * @cssprop [--signup-bad=light-dark(#b3261e, #ff9d94)] - What failed.
 * @cssprop [--signup-radius=0.75rem] - Corners.
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
    session: {},
    reference: {},
    flow: {},
    loadPolicy: { attribute: 'load' },
    theme: { reflect: true },
    size: { reflect: true },
    disabled: { type: Boolean, reflect: true },
    sdkUrl: { attribute: 'sdk-url' },
  };

  /** The relay's base URL. Without it, the relay that served the script. */
  declare relay: string | null;
  /** Which portal's settings apply. */
  declare portal: string;
  /** A session made beforehand by the site's backend, for pages that are never cached. */
  declare session: string | null;
  /** The site's own word for this customer. A claim: it never decides who owns an account. */
  declare reference: string | null;
  /** The kind of signup; the portal must allow it. */
  declare flow: FlowName;
  /** When Meta's SDK is fetched: `intent`, `visible`, `eager` or `manual`. */
  declare loadPolicy: LoadPolicy;
  /** `auto`, `light` or `dark`. */
  declare theme: 'auto' | 'light' | 'dark';
  /** `small`, `medium` or `large`. */
  declare size: 'small' | 'medium' | 'large';
  declare disabled: boolean;
  /** Another origin that serves Meta's SDK and dialog, such as a sandbox. */
  declare sdkUrl: string | null;

  #signup = createSignup(this);
  /** Aborted when the element leaves the page; none while it is outside. */
  #stay?: AbortController | undefined;

  constructor() {
    super();
    this.relay = this.session = this.reference = this.sdkUrl = null;
    this.portal = 'default';
    this.flow = 'standard';
    this.loadPolicy = 'intent';
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

  /** Begins again after a failure. Where only the code failed, its session is kept. */
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
    if (this.hasUpdated) this.#enter();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('message', this.#signup.onMessage);
    // A move takes the element out and puts it back within one task.
    queueMicrotask(() => {
      if (this.isConnected || !this.#stay) return;
      this.#stay.abort();
      this.#stay = undefined;
      this.#signup.disconnect();
    });
  }

  #enter(): void {
    if (this.#stay) return;
    this.#stay = new AbortController();
    this.#signup.connect();
    awaitIntent(this, this.loadPolicy, () => this.load(), this.#stay.signal);
  }

  // Not before: properties that were set before the upgrade arrive with the first update.
  protected override firstUpdated(): void {
    if (this.isConnected) this.#enter();
  }

  protected override willUpdate(): void {
    this.#signup.refresh();
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
    const say = sayIn(this.lang);
    const { flow } = this.#signup;
    const busy = isBusy(flow);
    const complete = flow.state === 'complete';
    const label = labelOf(flow, say);
    return html`<button
        part="button"
        ?disabled=${this.disabled}
        type="button"
        aria-disabled=${busy || complete}
        aria-busy=${busy}
        aria-describedby="hint"
        @click=${this.start}
      >
        <span part="icon ${busy ? 'running' : ''}"
          >${busy || complete ? icon(busy ? 'running' : 'done') : html`<slot name="icon">${icon('chat')}</slot>`}</span
        ><span part="label"><span ?data-off=${label}><slot>${say('connect')}</slot></span><span>${label}</span></span>
      </button>
      ${this.#signup.isTest() ? html`<span part="badge">${say('testMode')}</span>` : nothing}
      <span id="hint" class="heard">${say('newWindow')}</span>
      ${panel(flow, say)}
      <div role="status" class="heard">${spokenText(flow, say)}</div>`;
  }
}
