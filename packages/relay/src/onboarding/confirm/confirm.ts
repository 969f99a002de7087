import { readSending } from '../../graph/calls.ts';
import { readFunding } from '../../graph/partner-calls.ts';
import { accountOf } from '../account.ts';
import type { StepContext, StepOutcome } from '../steps.ts';
import { messagingOf } from './messaging.ts';

/**
 * Reads the number again and writes down what it is now, and whether it can send. It never undoes a registration
 * that Meta accepted.
 */
export async function confirm({ graph, token, row, portal }: StepContext): Promise<StepOutcome> {
  const { nextStep: _outdated, ...account } = accountOf(row);
  const { wabaId, businessId, phoneNumberId } = account;
  const known = { role: portal.role, wabaId, businessId };
  if (phoneNumberId === null) {
    return {
      status: 'done',
      account: { ...account, ...messagingOf({ ...known, number: null, funded: null }) },
    };
  }
  const [read, funding] = await Promise.allSettled([
    readSending(graph, token, phoneNumberId),
    readFunding(graph, token, wabaId),
  ]);
  if (read.status === 'rejected') throw read.reason;
  const number = read.value;
  // Only good to have: the number's health says as much, and no other try of this step is worth it.
  const funded = funding.status === 'fulfilled' ? funding.value.fundingId !== null : null;
  return {
    status: 'done',
    account: {
      ...account,
      displayPhoneNumber: number.display_phone_number ?? account.displayPhoneNumber,
      verifiedName: number.verified_name ?? account.verifiedName,
      qualityRating: number.quality_rating ?? account.qualityRating,
      ...messagingOf({ ...known, number, funded }),
    },
  };
}
