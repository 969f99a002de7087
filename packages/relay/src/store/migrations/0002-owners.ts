import type { Kysely } from 'kysely';

/** The tables as the migration before left them, and the one that is filled here. */
export type Before = {
  onboarding: {
    id: string;
    portal: string;
    status: string;
    account: string | null;
    created_at: number;
    ended_at: number | null;
  };
  account: {
    waba_id: string;
    portal: string;
    onboarding_id: string;
    business_id: string | null;
    phone_number_id: string | null;
    connected_at: number | null;
    created_at: number;
    updated_at: number;
  };
};

/**
 * Whose the accounts are that were connected before anybody asked: else the next signup of somebody else would take
 * one without a word. Only pages signed up then, which name no reference. The newest onboarding has the account.
 */
export async function keepOwners(trx: Pick<Kysely<Before>, 'selectFrom' | 'insertInto'>): Promise<void> {
  const rows = await trx
    .selectFrom('onboarding')
    .selectAll()
    .where('account', 'is not', null)
    .where('status', '!=', 'failed')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  for (const { id, portal, account, created_at, ended_at } of rows) {
    const { wabaId, businessId, phoneNumberId } = JSON.parse(account ?? '') as Record<string, string | null>;
    if (!wabaId) continue;
    const owner = {
      portal,
      onboarding_id: id,
      business_id: businessId ?? null,
      phone_number_id: phoneNumberId ?? null,
      connected_at: ended_at,
      updated_at: ended_at ?? created_at,
    };
    await trx
      .insertInto('account')
      .values({ waba_id: wabaId, ...owner, created_at })
      .onConflict((conflict) => conflict.column('waba_id').doUpdateSet(owner))
      .execute();
  }
}
