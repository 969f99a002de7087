/** Importing this registers `<whatsapp-embedded-signup>`. */
import { WhatsAppEmbeddedSignup } from './element.ts';

WhatsAppEmbeddedSignup.define();

declare global {
  interface HTMLElementTagNameMap {
    'whatsapp-embedded-signup': WhatsAppEmbeddedSignup;
  }
}
