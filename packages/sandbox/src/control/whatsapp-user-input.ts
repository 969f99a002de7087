import * as v from 'valibot';

const person = {
  phoneNumberId: v.string(),
  waId: v.pipe(v.string(), v.regex(/^\d{5,20}$/, 'must be digits alone, the country code first')),
};

/** Body of `POST /_sandbox/whatsapp-user`: what somebody does in WhatsApp. */
export const whatsappUserInput = v.variant('does', [
  v.strictObject({
    ...person,
    does: v.picklist(['allow-calls', 'always-allow-calls', 'refuse-calls']),
  }),
  v.strictObject({ ...person, does: v.literal('join-group'), groupId: v.string() }),
]);
