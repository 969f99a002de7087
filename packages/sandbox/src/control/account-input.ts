import * as v from 'valibot';
import { decisions, disconnectionReasons, restrictionTypes } from '../world/happening.ts';
import { duration } from './input.ts';
import { id } from './webhook-input.ts';

/** What can happen to an account at Meta. */
export const accountHappenings = [
  'banned',
  'scheduled-ban',
  'reinstated',
  'restricted',
  'violation',
  'reviewed',
  'offboarded',
  'reconnected',
  'removed',
  'uninstalled',
  'deleted',
  'name-approved',
  'name-rejected',
  'name-deferred',
  'quality-flagged',
  'quality-unflagged',
  'throughput-upgraded',
  'pin-changed',
  'pin-reset-requested',
  'pin-reset',
  'template-approved',
  'template-rejected',
  'template-paused',
  'template-disabled',
  'payment-added',
  'payment-removed',
] as const;

const weekMs = 7 * 24 * 60 * 60 * 1000;

/** Body of `POST /_sandbox/accounts`. */
export const accountInput = v.strictObject({
  wabaId: id,
  happens: v.picklist(accountHappenings),
  /** For what happens to a number; default the account's newest. */
  phoneNumberId: v.optional(id),
  /** `template-…`; default the account's newest. */
  templateId: v.optional(id),
  /** `reviewed`. */
  decision: v.optional(v.picklist(decisions), 'APPROVED'),
  /** `restricted`: what the account may not do, and for how long in sandbox time. */
  restrictions: v.optional(
    v.pipe(v.array(v.picklist(restrictionTypes)), v.minLength(1, 'must not be empty')),
    ['RESTRICTED_BIZ_INITIATED_MESSAGING'],
  ),
  forMs: v.optional(duration, weekMs),
  /** `violation`. */
  violation: v.optional(v.pipe(v.string(), v.minLength(1, 'must not be empty')), 'SCAM'),
  /** `removed` in the WhatsApp Business app: why, and by whom. */
  reason: v.optional(v.picklist(disconnectionReasons)),
  initiatedBy: v.optional(v.picklist(['USER', 'SYSTEM'])),
  /** `offboarded`: after this long, in sandbox time, the customer is connected again by itself. */
  reconnectAfterMs: v.optional(duration),
  /** `uninstalled`: which app; default every app that the business lets in. */
  appId: v.optional(id),
  /** `name-…`: the display name in question; default the one that waits for review, or else the present one. */
  name: v.optional(v.pipe(v.string(), v.minLength(1, 'must not be empty'))),
  /** `pin-changed`. */
  pin: v.optional(v.pipe(v.string(), v.regex(/^\d{6}$/, 'must be 6 digits'))),
});

export type AccountRequest = v.InferOutput<typeof accountInput>;
