import type { Account, StepError } from 'whatsapp-embedded-signup/protocol';
import type { PhoneNumber, TokenFacts, Waba } from '../graph/calls.ts';
import { debugToken, readNumbers, readWaba } from '../graph/calls.ts';
import type { Graph } from '../graph/client.ts';
import { GraphError } from '../graph/error.ts';
import { isNotGranted, meaningOf } from '../graph/meaning.ts';
import type { Secret } from '../secret.ts';
import { createSecret } from '../secret.ts';
import { flowMismatch, isMismatch, plannedSteps, turnedOut } from './plan.ts';
import type { StepContext, StepOutcome } from './steps.ts';
import { readRow } from './view.ts';

/** How long a plan waits for the dialog's message where the code came without it. */
const EVENT_WAIT_MS = 2000;

/**
 * Proves what the page claimed. The customer's own token must be this app's and must read the WABA, and the WABA
 * must list the number; nothing that a browser said counts before.
 */
export async function inspect(context: StepContext): Promise<StepOutcome> {
  const { graph, portal, token, store } = context;
  await waitForEvent(context);
  const row = (await readRow(store, context.row.id)) ?? context.row;
  const appToken = createSecret(`${portal.appId}|${portal.appSecrets[0].reveal()}`);

  const claimed = row.claimed_waba_id;
  const early = claimed ? readAccount(graph, token, claimed) : null;
  // Both are asked at once, and what is said of the token counts first: a dead one can read nothing.
  const [asked] = await Promise.allSettled([debugToken(graph, appToken, token), early]);
  if (asked.status === 'rejected') throw asked.reason;
  const facts = asked.value;
  if (!facts.valid || facts.appId !== portal.appId) return failed(tokenNotOurs);
  await store
    .updateTable('credential')
    .set({ expires_at: facts.expiresAt === null ? null : facts.expiresAt * 1000 })
    .where('onboarding_id', '=', row.id)
    .execute();

  const wabaId = claimed ?? facts.targets?.[0];
  if (!wabaId || !isGranted(facts, wabaId)) return failed(idsNotGranted);
  const found = await (early ?? readAccount(graph, token, wabaId));
  if ('refused' in found) return failed({ ...idsNotGranted, meta: found.refused });

  const number = numberOf(found.numbers, row.claimed_phone_number_id);
  if (number === 'not-listed') return failed(idsNotGranted);
  if (isMismatch(row, number)) return failed(flowMismatch(row));
  const account = toAccount(found.waba, number, row.claimed_business_id);
  return { status: 'done', account, number, plan: plannedSteps(portal.role, turnedOut(row, number)) };
}

/**
 * The message and the code leave Meta's window on separate ways; the plan waits a moment for the slower one. The
 * moment begins with the code's exchange, and a clock that was set back in between does not make it longer.
 */
async function waitForEvent({ row, store, hub, now }: StepContext): Promise<void> {
  const { ended_at } = await store
    .selectFrom('step')
    .select('ended_at')
    .where('onboarding_id', '=', row.id)
    .where('name', '=', 'exchange')
    .executeTakeFirstOrThrow();
  const left = Math.min((ended_at ?? row.created_at) + EVENT_WAIT_MS - now(), EVENT_WAIT_MS);
  const until = performance.now() + left;
  for (;;) {
    const seen = new AbortController();
    // Waits before it looks: a message that comes in between is noticed too.
    const changed = hub.wait(row.id, Math.max(0, until - performance.now()), seen.signal);
    const current = await readRow(store, row.id);
    if (!current || current.finish_event !== null || performance.now() >= until) {
      seen.abort();
      return;
    }
    await changed;
  }
}

/** Missing targets mean "all that the token can read" (Meta: Access Tokens); reading is proof enough then. */
function isGranted(facts: TokenFacts, wabaId: string): boolean {
  return facts.targets === null || facts.targets.includes(wabaId);
}

type Found = { waba: Waba; numbers: PhoneNumber[] } | { refused: NonNullable<StepError['meta']> };

/**
 * Reading the numbers is the proof. The account's own fields are only good to have: a configuration without
 * `business_management` may refuse one of them, and that is no reason to lose a customer.
 */
async function readAccount(graph: Graph, token: Secret, wabaId: string): Promise<Found> {
  const [waba, numbers] = await Promise.allSettled([
    readWaba(graph, token, wabaId),
    readNumbers(graph, token, wabaId),
  ]);
  if (numbers.status === 'rejected') {
    const cause: unknown = numbers.reason;
    if (cause instanceof GraphError && isNotGranted(cause))
      return { refused: meaningOf(cause).error.meta ?? {} };
    throw cause;
  }
  if (waba.status === 'rejected' && mayPass(waba.reason)) throw waba.reason;
  return { waba: waba.status === 'fulfilled' ? waba.value : { id: wabaId }, numbers: numbers.value };
}

/** Whether asking again may give what this call did not. */
function mayPass(cause: unknown): boolean {
  if (!(cause instanceof GraphError)) return true;
  return cause.failure.kind !== 'unreadable' && meaningOf(cause).transient;
}

/** Without a claim only a single number is taken for the customer's: guessing would register the wrong one. */
function numberOf(
  numbers: readonly PhoneNumber[],
  claimed: string | null,
): PhoneNumber | null | 'not-listed' {
  if (claimed !== null) return numbers.find((number) => number.id === claimed) ?? 'not-listed';
  return numbers.length === 1 ? (numbers[0] ?? null) : null;
}

function toAccount(waba: Waba, number: PhoneNumber | null, claimedBusinessId: string | null): Account {
  return {
    wabaId: waba.id,
    phoneNumberId: number?.id ?? null,
    businessId: waba.owner_business_info?.id ?? claimedBusinessId,
    name: waba.name ?? null,
    displayPhoneNumber: number?.display_phone_number ?? null,
    verifiedName: number?.verified_name ?? null,
    qualityRating: number?.quality_rating ?? null,
    templateNamespace: waba.message_template_namespace ?? null,
    messaging: number ? 'unknown' : 'needs-number',
  };
}

const tokenNotOurs: StepError = {
  code: 'token-not-ours',
  message: 'The code belongs to another app, or its access is already withdrawn.',
  hint: 'Check that the page and the relay use the same META_APP_ID, then start again.',
};

const idsNotGranted: StepError = {
  code: 'ids-not-granted',
  message: 'The account that the page named is not one that the customer shared.',
  hint: 'Start the signup again and choose the account to share.',
};

function failed(error: StepError): StepOutcome {
  return { status: 'failed', error };
}
