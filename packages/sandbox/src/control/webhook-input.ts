import * as v from 'valibot';
import { isCallbackUrl } from '../callback-url.ts';
import { signatureKinds } from '../webhooks/sign.ts';
import { wholeNumber } from './input.ts';

export const id = v.pipe(v.string(), v.regex(/^\d{1,25}$/, 'must be 1 to 25 digits'));

/** Where something is to be sent. */
export const callbackUrl = v.pipe(
  v.string(),
  v.check(isCallbackUrl, 'must be an https address, or http on loopback'),
);

const one = {
  field: v.optional(v.pipe(v.string(), v.regex(/^\S+$/, 'must be the name of a webhook field'))),
  /** Anything; without it the field's example is sent. */
  value: v.optional(v.unknown()),
  /** Which event of the field's example. */
  event: v.optional(v.string()),
  wabaId: v.optional(id),
  phoneNumberId: v.optional(id),
  /** A string is sent as these very bytes, an object as Meta writes it; neither gets an envelope. */
  raw: v.optional(v.union([v.string(), v.record(v.string(), v.unknown())])),
  signature: v.optional(v.picklist(signatureKinds), 'good'),
  /** How often it comes again at once. */
  duplicates: v.optional(wholeNumber({ from: 0, to: 100 }), 0),
  /** To this address, whatever is subscribed. */
  url: v.optional(callbackUrl),
  /** Whose secret signs what goes to `url`, or to whom `raw` goes; default the ready-made app. */
  appId: v.optional(id),
};

const several = 'must have 1 to 1000 items';

const oneInput = v.strictObject(one);

export type WebhookRequest = v.InferOutput<typeof oneInput>;

/** Body of `POST /_sandbox/webhooks`: one delivery, or several in `deliveries`. */
export const webhookInput = v.strictObject({
  ...one,
  deliveries: v.optional(v.pipe(v.array(oneInput), v.minLength(1, several), v.maxLength(1000, several))),
  /** The last comes first. */
  reorder: v.optional(v.boolean(), false),
});
