import type { Transaction } from 'kysely';
import type { Account, StepError } from 'whatsapp-embedded-signup/protocol';
import type { PhoneNumber, Waba } from '../../graph/calls.ts';
import { debugToken } from '../../graph/calls.ts';
import { createSecret } from '../../secret.ts';
import type { OnboardingRow, StepRow, Tables } from '../../store/schema.ts';
import type { Decisions } from '../answers.ts';
import { flowMismatch, isMismatch, plannedSteps, turnedOut } from '../plan.ts';
import type { StepContext, StepOutcome } from '../steps.ts';
import { readRow } from '../view.ts';
import { waitForEvent } from './event-wait.ts';
import type { Hints } from './find.ts';
import { findAccount, findNumber, notGranted, numberChoice } from './find.ts';
import { accountConflict, claimAccount, ownerOf, superseded } from './ownership.ts';
import type { ReadAccount, Refused } from './proof.ts';
import { businessOf, discoverWabas, readAccount } from './proof.ts';

/**
 * Proves what the page claimed. The customer's own token must be this app's and must read the WABA, and the WABA
 * must list the number; nothing that a browser said counts before. What is proved is then bound to its owner: no
 * step after this one, and no call with the partner's own token, is made for an account of somebody else.
 */
export async function inspect(context: StepContext): Promise<StepOutcome> {
  const { graph, portal, token, store } = context;
  await waitForEvent(context);
  const row = (await readRow(store, context.row.id)) ?? context.row;
  const decisions = decisionsOf(row);
  const kept = keptOf(context.step);
  const hints = hintsOf(row, decisions, kept);
  const appToken = createSecret(`${portal.appId}|${portal.appSecrets[0].reveal()}`);
  const read = once((wabaId) => readAccount(graph, token, wabaId));

  const likely = hints.waba.decided ?? hints.waba.claimed;
  // Both are asked at once, and what is said of the token counts first: a dead one can read nothing.
  const [asked] = await Promise.allSettled([debugToken(graph, appToken, token), likely && read(likely)]);
  if (asked.status === 'rejected') throw asked.reason;
  const facts = asked.value;
  if (!facts.valid || facts.appId !== portal.appId) return failed(tokenNotOurs);
  await store
    .updateTable('credential')
    .set({ expires_at: facts.expiresAt === null ? null : facts.expiresAt * 1000 })
    .where('onboarding_id', '=', row.id)
    .execute();

  const found = await findAccount({
    facts,
    ...hints,
    reconnect: row.reconnect,
    read,
    discover: () => discoverWabas(graph, token, row.claimed_business_id),
  });
  if ('error' in found) return failed(found.error);
  if ('choices' in found)
    return { status: 'action_required', action: { kind: 'waba', choices: found.choices } };

  const wabaId = found.waba.id;
  const which = findNumber(found.numbers, hints.number, row);
  if (which === 'not-listed') return failed(notGranted(facts));
  if ('choices' in which) {
    if (which.choices.every((number) => isMismatch(row, number))) return failed(flowMismatch(row));
    const choices = which.choices.map(numberChoice);
    return { status: 'action_required', action: { kind: 'phone_number', choices }, result: { wabaId } };
  }
  const { number } = which;
  if (isMismatch(row, number)) return failed(flowMismatch(row));

  const account = toAccount(found.waba, number, await businessOf(graph, token, found.waba));
  const acceptedFrom = (decisions.transfer && kept.owner) || null;
  switch (await claimAccount(context, row, account, acceptedFrom)) {
    case 'superseded':
      return failed(superseded);
    case 'conflict':
      if (decisions.transfer === false) return failed(accountConflict);
      return {
        status: 'action_required',
        action: { kind: 'transfer' },
        error: accountConflict,
        account,
        result: { wabaId, phoneNumberId: number?.id ?? null, owner: await ownerOf(store, wabaId) },
        also: (trx) => forgetYes(trx, row.id, decisions),
      };
    case 'bound':
      return { status: 'done', account, number, plan: plannedSteps(portal.role, turnedOut(row, number)) };
  }
}

function decisionsOf({ decisions }: OnboardingRow): Decisions {
  return decisions === null ? {} : (JSON.parse(decisions) as Decisions);
}

/** What `inspect` has to know of itself when something that it asked for was answered. */
interface Kept {
  wabaId?: string;
  phoneNumberId?: string;
  /** Who had the account when the backend was asked whether it may move. */
  owner?: string;
}

function keptOf({ result }: StepRow): Kept {
  return result === null ? {} : (JSON.parse(result) as Kept);
}

/** A yes was about the owner of then; about another one the backend is asked again. */
async function forgetYes(
  trx: Transaction<Tables>,
  id: string,
  { transfer: _spent, ...decisions }: Decisions,
): Promise<void> {
  const others = JSON.stringify(decisions);
  await trx.updateTable('onboarding').set({ decisions: others }).where('id', '=', id).execute();
}

/**
 * What was found when something was asked stays: an answer is about that account and number, whatever a page says
 * in the meantime.
 */
function hintsOf(
  row: OnboardingRow,
  { wabaId, phoneNumberId }: Decisions,
  kept: Kept,
): { waba: Hints; number: Hints } {
  return {
    waba: { decided: wabaId ?? kept.wabaId ?? null, claimed: row.claimed_waba_id },
    number: { decided: phoneNumberId ?? kept.phoneNumberId ?? null, claimed: row.claimed_phone_number_id },
  };
}

/** Reads each account once, however many ask for it. */
function once(
  read: (wabaId: string) => Promise<ReadAccount | Refused>,
): (wabaId: string) => Promise<ReadAccount | Refused> {
  const asked = new Map<string, Promise<ReadAccount | Refused>>();
  return (wabaId) => {
    const answer = asked.get(wabaId) ?? read(wabaId);
    asked.set(wabaId, answer);
    return answer;
  };
}

function toAccount(waba: Waba, number: PhoneNumber | null, businessId: string | null): Account {
  return {
    wabaId: waba.id,
    phoneNumberId: number?.id ?? null,
    businessId,
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

function failed(error: StepError): StepOutcome {
  return { status: 'failed', error };
}
