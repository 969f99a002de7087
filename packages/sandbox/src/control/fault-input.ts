import * as v from 'valibot';
import { faultKinds } from '../faults.ts';
import { milliseconds, wholeNumber } from './input.ts';

const methods = ['GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS'] as const;

/** Body of `POST /_sandbox/faults`. */
export const faultInput = v.strictObject({
  match: v.optional(
    v.strictObject({
      method: v.optional(v.picklist(methods)),
      path: v.optional(v.string()),
    }),
    {},
  ),
  kind: v.picklist(faultKinds),
  times: v.optional(wholeNumber({ from: 1 })),
  ms: v.optional(milliseconds),
  code: v.optional(wholeNumber()),
  subcode: v.optional(wholeNumber()),
  message: v.optional(v.string()),
  details: v.optional(v.string()),
  isTransient: v.optional(v.boolean()),
  minutes: v.optional(wholeNumber({ from: 0 })),
});
