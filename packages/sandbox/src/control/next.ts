import { Hono } from 'hono';
import { fixedCredentials } from '../credentials.ts';
import type { AccountDetails, CodeDetails, CodeOutcome } from '../outcomes.ts';
import { type FinishedSignup, finishSignup } from '../signup.ts';
import { findProblem } from '../signup-details.ts';
import type { App } from '../world/access.ts';
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
      // The dialog looks again: it may be another app's, and by then the account may be gone.
      checkDetails(world, answer.data, null);
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
  checkDetails(world, details, world.apps.get(fixedCredentials.appId) ?? null);
  checkPerson(world, details.personId);
  if (configId !== undefined) checkConfiguration(world, configId);
  if (solutionId !== undefined && !world.solutions.has(solutionId)) {
    throw new ControlError('data.solutionId', '"data.solutionId" is no solution of this sandbox.');
  }
  return finishSignup(world, {
    outcome,
    details,
    configId: configId ?? fixedCredentials.configId,
    solutionId: solutionId ?? null,
  });
}

function checkDetails(world: World, details: AccountDetails, app: App | null): void {
  const problem = findProblem(world, details, app);
  if (problem) throw new ControlError(`data.${problem.field}`, `"data.${problem.field}" ${problem.reason}.`);
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
