import type { Account } from 'whatsapp-embedded-signup/protocol';
import type { PhoneNumber } from '../graph/calls.ts';
import type { OnboardingRow } from '../store/schema.ts';
import type { StepContext } from './steps.ts';

/** The account that `inspect` has proved; the steps after it run only when it is there. */
export function accountOf(row: OnboardingRow): Account {
  if (row.account === null) throw new Error('This step ran before the account was inspected.');
  return JSON.parse(row.account) as Account;
}

/** The number as `inspect` read it; null where the account has none yet. */
export function inspectedNumber(row: OnboardingRow): PhoneNumber | null {
  return row.number === null ? null : (JSON.parse(row.number) as PhoneNumber);
}

/**
 * The account, where the customer's own token has read it in this onboarding: nothing is done with the partner's
 * token before, whatever a browser claimed and whatever order the steps run in.
 */
export async function provedAccount({ store, row }: Pick<StepContext, 'store' | 'row'>): Promise<Account> {
  const inspected = await store
    .selectFrom('step')
    .select('status')
    .where('onboarding_id', '=', row.id)
    .where('name', '=', 'inspect')
    .executeTakeFirst();
  if (inspected?.status !== 'done')
    throw new Error('The partner’s token may not be used before inspect is done.');
  return accountOf(row);
}
