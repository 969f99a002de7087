/** The script tag's entry: one file that registers the element and leaves no name behind. */
import { WhatsAppEmbeddedSignup } from './element.ts';

WhatsAppEmbeddedSignup.define();
