import * as v from 'valibot';
import { isLoopback } from '../loopback.ts';
import { signatureKinds } from '../webhooks/sign.ts';

export const id = v.pipe(v.string(), v.regex(/^\d{1,25}$/, 'must be 1 to 25 digits'));

/** Where something is to be sent: the sandbox speaks http to this machine alone. */
export const callbackUrl = v.pipe(
  v.string(),
  v.check(
    (url) =>
      URL.canParse(url) && (url.startsWith('https://') || (url.startsWith('http://') && isLoopback(url))),
    'must be an https address, or http on loopback',
  ),
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
  duplicates: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)), 0),
  /** To this address, whatever is subscribed. */
  url: v.optional(callbackUrl),
  /** Whose secret signs what goes to `url`, or to whom `raw` goes; default the ready-made app. */
  appId: v.optional(id),
};

const oneInput = v.strictObject(one);

export type WebhookRequest = v.InferOutput<typeof oneInput>;

/** Body of `POST /_sandbox/webhooks`: one delivery, or several in `deliveries`. */
export const webhookInput = v.strictObject({
  ...one,
  deliveries: v.optional(v.pipe(v.array(oneInput), v.minLength(1), v.maxLength(1000))),
  /** The last comes first. */
  reorder: v.optional(v.boolean(), false),
});
