import * as v from 'valibot';
import { codeOutcomes, outcomes, reportEvents } from '../outcomes.ts';
import { readDisplayNumber } from '../phone-digits.ts';
import { milliseconds, wholeNumber } from './input.ts';

/** Meta: Cloud API › Business profiles. */
const profile = v.strictObject({
  about: v.optional(v.string()),
  address: v.optional(v.string()),
  description: v.optional(v.string()),
  email: v.optional(v.string()),
  profile_picture_url: v.optional(v.string()),
  websites: v.optional(v.array(v.string())),
  vertical: v.optional(v.string()),
});

/** What an account can be told to be. */
export const accountEntries = {
  businessName: v.optional(v.string()),
  accountName: v.optional(v.string()),
  displayName: v.optional(v.string()),
  displayNumber: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => readDisplayNumber(text) !== null, 'must look like "+1 415-555-0134"'),
      v.transform((text) => readDisplayNumber(text) ?? text),
    ),
  ),
  pin: v.optional(v.pipe(v.string(), v.regex(/^\d{6}$/, 'must be 6 digits'))),
  registered: v.optional(v.boolean()),
  funded: v.optional(v.boolean()),
  wabaId: v.optional(v.string()),
  businessId: v.optional(v.string()),
  accounts: v.optional(wholeNumber({ from: 1, to: 50 })),
  numbers: v.optional(wholeNumber({ from: 1, to: 50 })),
  historyDeclined: v.optional(v.boolean()),
  preverifiedId: v.optional(v.string()),
  phoneNumberId: v.optional(v.string()),
  country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'must be two capital letters, such as "US"'))),
  profile: v.optional(profile),
  personId: v.optional(v.string()),
};

/** Body of `POST /_sandbox/next`. */
export const nextInput = v.strictObject({
  outcome: v.picklist(outcomes),
  delayMs: v.optional(milliseconds, 0),
  data: v.optional(
    v.strictObject({
      ...accountEntries,
      step: v.optional(v.string()),
      code: v.optional(v.union([v.string(), v.pipe(v.number(), v.transform(String))])),
      message: v.optional(v.string()),
      event: v.optional(v.picklist(reportEvents)),
    }),
    {},
  ),
});

/** Body of `POST /_sandbox/codes`. */
export const codesInput = v.strictObject({
  outcome: v.optional(v.picklist(codeOutcomes), 'finish'),
  data: v.optional(
    v.strictObject({
      ...accountEntries,
      configId: v.optional(v.string()),
      solutionId: v.optional(v.string()),
    }),
    {},
  ),
});
