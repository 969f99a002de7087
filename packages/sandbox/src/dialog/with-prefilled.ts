import type { AccountDetails } from '../outcomes.ts';

/** What was asked for, and for the rest what the forms start with, as far as the two go together. */
export function withPrefilled(details: AccountDetails, prefilled: AccountDetails): AccountDetails {
  // An account of before comes with its own name and numbers.
  if (details.wabaId) return details;
  const base = { ...prefilled };
  const hasOwnDisplayName = base.displayName !== base.accountName;
  if (details.businessName || details.businessId) {
    for (const name of ['wabaId', 'businessId', 'businessName', 'accountName', 'profile'] as const) {
      delete base[name];
    }
  }
  const isNamed = details.businessName || details.businessId || details.accountName;
  // The display name follows the others, unless the page gave one of its own.
  if (isNamed && !hasOwnDisplayName) delete base.displayName;
  if (details.displayNumber || details.preverifiedId) {
    delete base.displayNumber;
    delete base.preverifiedId;
  }
  return { ...base, ...details };
}
