import { readNumber } from '../graph/calls.ts';
import { accountOf } from './account.ts';
import type { StepContext, StepOutcome } from './steps.ts';

/** Reads the number again and writes down what it is now. It never undoes a registration that Meta accepted. */
export async function confirm({ graph, token, row }: StepContext): Promise<StepOutcome> {
  const account = accountOf(row);
  if (account.phoneNumberId === null) return { status: 'skipped' };
  const number = await readNumber(graph, token, account.phoneNumberId);
  return {
    status: 'done',
    account: {
      ...account,
      displayPhoneNumber: number.display_phone_number ?? account.displayPhoneNumber,
      verifiedName: number.verified_name ?? account.verifiedName,
      qualityRating: number.quality_rating ?? account.qualityRating,
    },
  };
}
