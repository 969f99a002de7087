import type { Account } from 'whatsapp-embedded-signup/protocol';
import type { PhoneNumber } from '../graph/calls.ts';
import type { OnboardingRow } from '../store/schema.ts';

/** The account that `inspect` has proved; the steps after it run only when it is there. */
export function accountOf(row: OnboardingRow): Account {
  if (row.account === null) throw new Error('This step ran before the account was inspected.');
  return JSON.parse(row.account) as Account;
}

/** The number as `inspect` read it; null where the account has none yet. */
export function inspectedNumber(row: OnboardingRow): PhoneNumber | null {
  return row.number === null ? null : (JSON.parse(row.number) as PhoneNumber);
}
