import type { OnboardingRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';

/** When Meta took the code, in milliseconds since 1970: whatever Meta allows a time for after a signup runs from there. */
export async function exchangedAt(
  store: Store,
  row: Pick<OnboardingRow, 'id' | 'created_at'>,
): Promise<number> {
  const { ended_at } = await store
    .selectFrom('step')
    .select('ended_at')
    .where('onboarding_id', '=', row.id)
    .where('name', '=', 'exchange')
    .executeTakeFirstOrThrow();
  return ended_at ?? row.created_at;
}
