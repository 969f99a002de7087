import * as v from 'valibot';

/** Body of `POST /_sandbox/whatsapp-user`: what somebody does in WhatsApp. */
export const whatsappUserInput = v.strictObject({
  phoneNumberId: v.string(),
  waId: v.pipe(v.string(), v.regex(/^\d{5,20}$/, 'must be digits alone, the country code first')),
  does: v.picklist(['allow-calls', 'always-allow-calls', 'refuse-calls', 'join-group']),
  /** `join-group`. */
  groupId: v.optional(v.string()),
});
