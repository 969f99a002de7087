import type { Transaction } from 'kysely';
import type { Secret } from '../../secret.ts';
import { createSecret } from '../../secret.ts';
import type { Tables } from '../../store/schema.ts';
import type { StepContext } from '../steps.ts';

/**
 * The number's two-step PIN, made and committed before the call that uses it: whatever happens to the answer, the
 * next attempt brings the same PIN.
 */
export async function pinFor(context: StepContext, phoneNumberId: string): Promise<Secret> {
  const { store, sealer, portal, now } = context;
  const fresh = await sealer.seal(randomPin(), sealContext(context, phoneNumberId));
  await store
    .insertInto('pin')
    .values({ portal: portal.name, phone_number_id: phoneNumberId, sealed: fresh, created_at: now() })
    .onConflict((conflict) => conflict.columns(['portal', 'phone_number_id']).doNothing())
    .execute();
  const { sealed } = await store
    .selectFrom('pin')
    .select('sealed')
    .where('portal', '=', portal.name)
    .where('phone_number_id', '=', phoneNumberId)
    .executeTakeFirstOrThrow();
  return sealer.open(sealed, sealContext(context, phoneNumberId));
}

/** Has the customer's own PIN take the place of the relay's, in the transaction that says that it was right. */
export async function keepPin(
  context: StepContext,
  phoneNumberId: string,
  pin: Secret,
): Promise<(trx: Transaction<Tables>) => Promise<void>> {
  const { sealer, portal, now } = context;
  // Sealed here: nothing but queries is waited for in a transaction.
  const kept = { sealed: await sealer.seal(pin, sealContext(context, phoneNumberId)), created_at: now() };
  return async (trx) => {
    await trx
      .insertInto('pin')
      .values({ portal: portal.name, phone_number_id: phoneNumberId, ...kept })
      .onConflict((conflict) => conflict.columns(['portal', 'phone_number_id']).doUpdateSet(kept))
      .execute();
  };
}

function sealContext({ portal }: StepContext, phoneNumberId: string) {
  return { kind: 'pin', row: `${portal.name}/${phoneNumberId}` } as const;
}

/** Six digits, each value as likely as any other: numbers above the last full million are drawn again. */
function randomPin(): Secret {
  const limit = 4_294_000_000;
  const draw = new Uint32Array(1);
  do crypto.getRandomValues(draw);
  while ((draw[0] ?? limit) >= limit);
  return createSecret(String((draw[0] ?? 0) % 1_000_000).padStart(6, '0'));
}
