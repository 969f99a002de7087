import type { Action, StepError } from 'whatsapp-embedded-signup/protocol';
import type { PhoneNumber, TokenFacts } from '../../graph/calls.ts';
import type { Asked } from '../plan.ts';
import { isWithoutNumber, turnedOut } from '../plan.ts';
import type { ReadAccount, Refused } from './proof.ts';

/** What is known of the ids before the token has been asked; null where nobody said. */
export interface Hints {
  /** A choice of the customer's, or what was found when something was asked. */
  decided: string | null;
  /** What the page said. */
  claimed: string | null;
}

export type Choices = NonNullable<Action['choices']>;

export type FoundAccount = ReadAccount | { choices: Choices } | { error: StepError };

export interface Search {
  facts: Pick<TokenFacts, 'targets' | 'scopes'>;
  waba: Hints;
  number: Hints;
  /** The WABA that this signup is to renew. */
  reconnect: string | null;
  /** Reads with the customer's token. */
  read: (wabaId: string) => Promise<ReadAccount | Refused>;
  /** Lists WABAs with the customer's token, for where nothing names one. */
  discover: () => Promise<string[]>;
}

/**
 * Finds the WABA that was signed up. Whatever names it, only one that the token names as its target, where it names
 * any, and can read is ever taken; of several that nobody chose between, the customer chooses.
 */
export async function findAccount(search: Search): Promise<FoundAccount> {
  const { facts, waba, number, reconnect, read, discover } = search;
  const named = waba.decided ?? waba.claimed;
  if (reconnect !== null && named !== null && named !== reconnect) return { error: reconnectMismatch };
  const wanted = named ?? reconnect;
  if (wanted !== null) {
    // Missing targets mean "all that the token can read" (Meta: Access Tokens); reading is proof enough then.
    const found = isTarget(facts, wanted) ? await read(wanted) : { refused: {} };
    if (!('refused' in found)) return found;
    return { error: named === null ? reconnectMismatch : notGranted(facts, found) };
  }
  const answers = await Promise.all((facts.targets ?? (await discover())).map(read));
  const readable = answers.filter((answer): answer is ReadAccount => !('refused' in answer));
  const wantedNumber = number.decided ?? number.claimed;
  const [first, ...others] =
    wantedNumber === null ? readable : readable.filter(({ numbers }) => lists(numbers, wantedNumber));
  if (!first)
    return {
      error: notGranted(
        facts,
        answers.find((answer) => 'refused' in answer),
      ),
    };
  return others.length === 0 ? first : { choices: [first, ...others].map(accountChoice) };
}

function isTarget({ targets }: Search['facts'], wabaId: string): boolean {
  return targets === null || targets.includes(wabaId);
}

export type FoundNumber = { number: PhoneNumber | null } | { choices: PhoneNumber[] } | 'not-listed';

/**
 * Finds the number among those of the WABA. One that nobody named is taken where there is no other; of those that
 * could be meant, the ones on the WhatsApp Business app are, where the signup was for one of these (Meta:
 * Onboarding WhatsApp Business app users names the account alone).
 */
export function findNumber(
  numbers: readonly PhoneNumber[],
  { decided, claimed }: Hints,
  asked: Asked,
): FoundNumber {
  const named = decided ?? claimed;
  if (named !== null) {
    const number = numbers.find(({ id }) => id === named);
    return number ? { number } : 'not-listed';
  }
  if (isWithoutNumber(asked)) return { number: null };
  const onApp = numbers.filter(({ is_on_biz_app }) => is_on_biz_app === true);
  const meant = turnedOut(asked, null) === 'coexistence' && onApp.length > 0 ? onApp : [...numbers];
  const [first = null, ...others] = meant;
  return others.length === 0 ? { number: first } : { choices: meant };
}

function lists(numbers: readonly PhoneNumber[], wanted: string): boolean {
  return numbers.some(({ id }) => id === wanted);
}

function accountChoice({ waba: { id, name } }: ReadAccount): Choices[number] {
  return { id, label: name || id };
}

export function numberChoice(number: PhoneNumber): Choices[number] {
  const label = [number.display_phone_number, number.verified_name].filter(Boolean).join(' – ');
  return { id: number.id, label: label || number.id };
}

/** What the token may not read. The name of a missing permission is the likely cause, and no proof by itself. */
export function notGranted({ scopes }: Search['facts'], refused?: Refused | ReadAccount): StepError {
  const meta = refused && 'refused' in refused ? refused.refused : {};
  const error = scopes && !scopes.includes('whatsapp_business_management') ? noPermission : idsNotGranted;
  return Object.keys(meta).length > 0 ? { ...error, meta } : error;
}

const idsNotGranted: StepError = {
  code: 'ids-not-granted',
  message: 'The account that the page named is not one that the customer shared.',
  hint: 'Start the signup again and choose the account to share.',
};

const noPermission: StepError = {
  ...idsNotGranted,
  message: 'The customer’s access does not reach any WhatsApp account.',
  hint: 'Check that the configuration asks for whatsapp_business_management and that App Review has approved it, then start again.',
};

const reconnectMismatch: StepError = {
  code: 'reconnect-mismatch',
  message: 'The signup did not end with the account that was to be connected again.',
  hint: 'Start again and choose that account in Meta’s window.',
};
