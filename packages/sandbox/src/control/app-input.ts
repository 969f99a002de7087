import * as v from 'valibot';
import { wholeNumber } from './input.ts';

const roles = ['administrator', 'developer', 'tester'] as const;

/** Body of `POST /_sandbox/app`: what is left out stays as it is. */
export const appInput = v.strictObject({
  /** Default: the ready-made app. */
  appId: v.optional(v.string()),
  mode: v.optional(v.picklist(['live', 'development'])),
  accessLevel: v.optional(v.picklist(['advanced', 'standard'])),
  /** What App Review approved, in place of what it was. */
  permissions: v.optional(v.array(v.string())),
  /** People with a role on the app, by id, in place of those before. */
  roles: v.optional(v.record(v.string(), v.picklist(roles))),
  requiresProof: v.optional(v.boolean()),
  /** 200 calls an hour for each. */
  dailyUsers: v.optional(wholeNumber({ from: 1 })),
  /** The configuration that `tokenDays` and `asksFor` are of; default: all that the app has. */
  configId: v.optional(v.string()),
  /** Life of the tokens to come, in days; null: for ever. */
  tokenDays: v.optional(v.nullable(wholeNumber({ from: 1, to: 36_500, of: 'days' }))),
  /** Permissions that the configuration asks the customer for. */
  asksFor: v.optional(v.array(v.string())),
});

/** Body of `POST /_sandbox/business`: what is left out stays as it is. */
export const businessInput = v.strictObject({
  /** Default: the partner's own. */
  businessId: v.optional(v.string()),
  verification: v.optional(v.picklist(['not_verified', 'pending', 'verified'])),
  name: v.optional(v.pipe(v.string(), v.minLength(1, 'must not be empty'))),
});

/** Body of `POST /_sandbox/tokens`: one token, or all that the customer of an account gave. */
export const tokensInput = v.strictObject({
  token: v.optional(v.string()),
  wabaId: v.optional(v.string()),
  ended: v.picklist(['revoked', 'app-removed', 'expired']),
});
