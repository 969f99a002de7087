import type { Ending } from './customer.ts';
import type { Evidence, Move } from './evidence.ts';
import { ownPin, type Scenario, scenarios, wrongPin } from './scenarios.ts';
import type { Stage } from './stage.ts';

/** What a run must never show. Gives a sentence for each thing that is wrong. */
export async function findFaults(
  stage: Stage,
  endings: readonly Ending[],
  evidence: Evidence,
): Promise<string[]> {
  return [
    ...(await lostOnes(endings, evidence)),
    ...exchangedTwice(stage),
    ...registeredWrongly(stage, endings),
    ...(await otherThanAtMeta(stage, endings)),
    ...backwards(await evidence.moves()),
    ...(await toldTwice(evidence)),
  ];
}

/** An onboarding that was acknowledged, or whose token was committed, has an end; one of a healthy Meta a good one. */
async function lostOnes(endings: readonly Ending[], evidence: Evidence): Promise<string[]> {
  const rows = await evidence.rows('onboarding');
  const ofRow = new Map(rows.map((row) => [row.id, row]));
  const open = rows.filter(({ status }) => status === 'exchanging' || status === 'running');
  const tokens = await evidence.rows('credential');
  return [
    ...open.map(({ id, status }) => `${id} is still ${status}`),
    ...tokens.filter((token) => !ofRow.has(token.onboarding_id)).map(() => 'a token without its onboarding'),
    ...endings.flatMap(({ scenario, onboarding }) => {
      if (onboarding === null) return [`a customer (${scenario}) never got through`];
      const { id, status, steps, action, retryAt } = onboarding;
      if (ofRow.get(id)?.status !== status)
        return [`${id} is ${ofRow.get(id)?.status}, the page saw ${status}`];
      if (!tokens.some((token) => token.onboarding_id === id)) return [`${id} has lost its token`];
      const isDone = steps.every((step) => step.status === 'done' || step.status === 'skipped');
      if (status === 'completed' && isDone) return [];
      // Meta makes a person wait for hours, and so does the relay, before it would lock the number.
      if (status === 'action_required' && !action?.attemptsLeft && retryAt !== null) return [];
      return [`${id} (${scenario}) ended as ${status}: ${JSON.stringify(steps)}`];
    }),
  ];
}

function exchangedTwice({ recorder }: Stage): string[] {
  const codes = recorder.sent
    .filter(({ path }) => path === '/oauth/access_token')
    .map(({ fields }) => fields.code);
  return repeated(codes).map(() => 'a code was exchanged twice');
}

/** A number sees one PIN of the relay's, and what its owner says; Meta is asked at most nine times. */
function registeredWrongly({ recorder }: Stage, endings: readonly Ending[]): string[] {
  const asked = recorder.sent.filter(({ path }) => path.endsWith('/register'));
  const owners = new Map(
    endings.map(({ onboarding, scenario }) => [onboarding?.account?.phoneNumberId, scenario]),
  );
  return [...new Set(asked.map(({ path }) => path))].flatMap((path) => {
    const number = path.split('/')[1];
    const calls = asked.filter((call) => call.path === path);
    const pins = new Set(calls.map(({ fields }) => fields.pin));
    if (owners.get(number) === 'pin') for (const pin of [ownPin, wrongPin]) pins.delete(pin);
    return [
      ...(pins.size > 1 ? [`number ${number} saw ${pins.size} PINs`] : []),
      ...(calls.length > 9 ? [`number ${number} was registered ${calls.length} times`] : []),
    ];
  });
}

/** What the relay says is so at Meta, and was done once. */
async function otherThanAtMeta({ sandbox }: Stage, endings: readonly Ending[]): Promise<string[]> {
  const { phoneNumbers, wabas, allocations } = await sandbox.control('state');
  return endings.flatMap(({ scenario, onboarding }) => {
    if (onboarding?.status !== 'completed' || onboarding.account === null) return [];
    const { id, account } = onboarding;
    const plan: Scenario = scenarios[scenario];
    const phone = phoneNumbers.find((number) => number.id === account.phoneNumberId);
    const waba = wabas.find((found) => found.id === account.wabaId);
    const paid = allocations.filter(
      ({ status, receivingBusinessId }) => status === 'ACTIVE' && receivingBusinessId === account.businessId,
    );
    return [
      ...(plan.registers && !phone?.registered ? [`${id} says completed, its number is not registered`] : []),
      ...(waba && Object.keys(waba.subscriptions).length > 0 ? [] : [`${id} is not subscribed`]),
      ...(scenario === 'coexistence' && !(phone?.sync.contactsAt && phone.sync.historyAt)
        ? [`${id} was not synchronised`]
        : []),
      ...(scenario === 'partner' && paid.length !== 1
        ? [`${id} has ${paid.length} shares of the credit line`]
        : []),
    ];
  });
}

/** Which way a step may go. What is done stays done; a step that failed, or waits, is begun anew. */
const forward: Readonly<Record<string, readonly string[]>> = {
  null: ['running', 'pending'],
  pending: ['running', 'pending'],
  running: ['running', 'done', 'skipped', 'failed', 'action_required'],
  action_required: ['pending', 'failed', 'action_required'],
  // An exchange that was given up for lost is done when its token comes after all, or when another code does it.
  failed: ['pending', 'running', 'done'],
};

export function backwards(moves: readonly Move[]): string[] {
  return (
    moves
      .filter(({ step, was, became }) => step !== null && !forward[String(was)]?.includes(became))
      // A last look is taken again where a resumed onboarding has done something since.
      .filter(({ step, was, became }) => !(step === 'confirm' && was === 'done' && became === 'pending'))
      .map(({ onboarding, step, was, became }) => `${step} of ${onboarding} went from ${was} to ${became}`)
  );
}

/** An account is connected once; every further time it is renewed. */
async function toldTwice(evidence: Evidence): Promise<string[]> {
  const connected = (await evidence.rows('outbox'))
    .filter(({ type }) => type === 'account.connected')
    .map(({ body }) => JSON.parse(String(body)).data.account.wabaId as string);
  return repeated(connected).map((waba) => `account ${waba} was told of as new twice`);
}

function repeated<T>(items: readonly T[]): T[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}
