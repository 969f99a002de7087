import { Hono } from 'hono';
import { fixedCredentials } from '../credentials.ts';
import type { AccountDetails, CodeDetails, CodeOutcome } from '../outcomes.ts';
import { type FinishedSignup, finishSignup } from '../signup.ts';
import { mayUse } from '../world/may-use.ts';
import { people } from '../world/seed.ts';
import type { World } from '../world/world.ts';
import { codesInput, nextInput } from './next-input.ts';
import { ControlError, takes } from './takes.ts';

/** `/next` and `/codes`: how the next dialog ends, and what one would have given without a browser. */
export function createNext(world: World): Hono {
  const routes = new Hono();
  routes.post(
    '/next',
    takes(nextInput, (answer) => {
      checkDetails(world, answer.data);
      world.next.push(answer);
      return { queued: world.next.length };
    }),
  );
  routes.post(
    '/codes',
    takes(codesInput, ({ outcome, data }) => issueCode(world, outcome, data)),
  );
  return routes;
}

/** A finished dialog without a browser. Throws a `ControlError` where the dialog would not have come to that. */
export function issueCode(
  world: World,
  outcome: CodeOutcome,
  { configId, solutionId, ...details }: CodeDetails,
): FinishedSignup {
  checkDetails(world, details);
  checkPerson(world, details.personId);
  if (configId !== undefined) checkConfiguration(world, configId);
  if (solutionId !== undefined && !world.solutions.has(solutionId)) throw unknown('solutionId', 'solution');
  return finishSignup(world, {
    outcome,
    details,
    configId: configId ?? fixedCredentials.configId,
    solutionId: solutionId ?? null,
  });
}

/** What an answer names must be there, or the answer is refused with the field's name. */
function checkDetails(world: World, details: AccountDetails): void {
  const { wabaId, businessId, phoneNumberId, preverifiedId, personId } = details;
  const waba = wabaId === undefined ? undefined : world.wabas.get(wabaId);
  if (wabaId !== undefined && !waba) throw unknown('wabaId', 'account');
  if (businessId !== undefined) {
    if (!world.businesses.has(businessId)) throw unknown('businessId', 'business');
    if (waba && waba.businessId !== businessId) {
      throw new ControlError(
        'data.businessId',
        '"data.businessId" does not own the account of "data.wabaId".',
      );
    }
  }
  if (phoneNumberId !== undefined && (!waba || world.phones.get(phoneNumberId)?.wabaId !== waba.id)) {
    throw new ControlError('data.phoneNumberId', '"data.phoneNumberId" is no number of "data.wabaId".');
  }
  if (preverifiedId !== undefined && !world.preverified.has(preverifiedId)) {
    throw unknown('preverifiedId', 'pre-verified number');
  }
  if (personId !== undefined && !world.people.has(personId)) throw unknown('personId', 'person');
}

/** A code without a browser is refused to whom the dialog would refuse it. */
function checkPerson(world: World, personId: string = people[0].id): void {
  const app = world.apps.get(fixedCredentials.appId);
  const verdict = app ? mayUse(app, personId) : 'yes';
  if (verdict === 'yes') return;
  const why =
    verdict === 'app-not-active' ? 'the app is in development mode' : 'the app has standard access only';
  throw new ControlError('data.personId', `"data.personId" must have a role on the app: ${why}.`);
}

function checkConfiguration(world: World, configId: string): void {
  const app = world.apps.get(fixedCredentials.appId);
  if (!app?.configurations.some(({ id }) => id === configId)) {
    throw new ControlError('data.configId', '"data.configId" is no configuration of the app.');
  }
}

function unknown(field: string, what: string): ControlError {
  return new ControlError(`data.${field}`, `"data.${field}" is no ${what} of this sandbox.`);
}
