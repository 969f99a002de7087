import { readNumber, registerNumber } from '../graph/calls.ts';
import { numberNotVerified } from '../graph/meaning.ts';
import type { Secret } from '../secret.ts';
import { createSecret } from '../secret.ts';
import { accountOf, inspectedNumber } from './account.ts';
import { flowMismatch, planRegister } from './plan.ts';
import type { StepContext, StepOutcome } from './steps.ts';

/** Registers the number for Cloud API, where nothing speaks against it. */
export async function register(context: StepContext): Promise<StepOutcome> {
  const { graph, token, row, attempt } = context;
  const { phoneNumberId } = accountOf(row);
  if (phoneNumberId === null) return { status: 'skipped' };
  // On a first attempt `inspect` has only just read the number. On a later one the call before may have worked
  // without its answer getting through, and each call counts against ten in 72 hours.
  const number = attempt === 1 ? inspectedNumber(row) : await readNumber(graph, token, phoneNumberId);
  const plan = planRegister(row, number);
  if (plan === 'mismatch') return { status: 'failed', error: flowMismatch(row) };
  if (plan === 'skip') return attempt === 1 ? { status: 'skipped' } : { status: 'done' };
  if (plan === 'verify') return { status: 'failed', error: numberNotVerified };
  const pin = await pinFor(context, phoneNumberId);
  context.reached('after:pin.commit', row.id);
  await registerNumber(graph, token, phoneNumberId, pin);
  return { status: 'done' };
}

/**
 * The number's two-step PIN, made and committed before the call that uses it: whatever happens to the answer, the
 * next attempt brings the same PIN.
 */
async function pinFor({ store, sealer, portal, now }: StepContext, phoneNumberId: string): Promise<Secret> {
  const context = { kind: 'pin', row: `${portal.name}/${phoneNumberId}` } as const;
  const fresh = await sealer.seal(randomPin(), context);
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
  return sealer.open(sealed, context);
}

/** Six digits, each value as likely as any other: numbers above the last full million are drawn again. */
function randomPin(): Secret {
  const limit = 4_294_000_000;
  const draw = new Uint32Array(1);
  do crypto.getRandomValues(draw);
  while ((draw[0] ?? limit) >= limit);
  return createSecret(String((draw[0] ?? 0) % 1_000_000).padStart(6, '0'));
}
