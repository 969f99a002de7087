import { Hono } from 'hono';
import { fixedCredentials } from '../credentials.ts';
import type { AccountDetails, AnswerData, Outcome } from '../outcomes.ts';
import { type FinishedSignup, finishSignup } from '../signup.ts';
import { findProblem } from '../signup-details.ts';
import type { App } from '../world/access.ts';
import { mayUse } from '../world/may-use.ts';
import { people } from '../world/seed.ts';
import type { World } from '../world/world.ts';
import { readInput } from './input.ts';
import { invalidInput } from './input-error.ts';
import { codesInput, nextInput } from './next-input.ts';
import { takes } from './takes.ts';

/** `/next` and `/codes`: how the next dialog ends, and what one would have given without a browser. */
export function createNext(world: World): Hono {
  const routes = new Hono();
  routes.post(
    '/next',
    takes(nextInput, (answer) => {
      checkOutcome(answer.outcome, answer.data);
      // The dialog looks again: it may be another app's, and by then the account may be gone.
      checkDetails(world, answer.outcome, answer.data, null);
      world.next.push(answer);
      return { queued: world.next.length };
    }),
  );
  routes.post(
    '/codes',
    takes(codesInput, (input) => issueCode(world, input)),
  );
  return routes;
}

/** A finished dialog without a browser. Throws a `SandboxInputError` where the dialog would not have come to that. */
export function issueCode(world: World, input: unknown): FinishedSignup {
  const { outcome, data } = readInput(codesInput, input);
  const { configId = fixedCredentials.configId, solutionId, ...details } = data;
  const app = appOf(world, configId);
  checkDetails(world, outcome, details, app);
  checkPerson(app, details.personId);
  if (solutionId !== undefined && !world.solutions.has(solutionId)) {
    throw invalidInput('data.solutionId', '"data.solutionId" is no solution of this sandbox.');
  }
  return finishSignup(world, {
    outcome,
    details,
    appId: app.id,
    configId,
    solutionId: solutionId ?? null,
  });
}

/** What only one ending says is refused with any other, which would not say it. */
function checkOutcome(outcome: Outcome, data: AnswerData): void {
  for (const [field, only] of [
    ['step', 'cancel'],
    ['code', 'error'],
    ['message', 'error'],
    ['event', 'error'],
  ] as const) {
    if (data[field] === undefined || outcome === only) continue;
    throw invalidInput(`data.${field}`, `"data.${field}" is only for the outcome "${only}".`);
  }
}

function checkDetails(world: World, outcome: Outcome, details: AccountDetails, app: App | null): void {
  const problem = findProblem(world, outcome, details, app);
  if (!problem) return;
  const field = `data.${problem.field}`;
  const allowed = problem.field === 'personId' ? [...world.people.keys()] : [];
  const known = allowed.length > 0 ? `: there are ${allowed.join(', ')}` : '';
  throw invalidInput(field, `"${field}" ${problem.reason}${known}.`, allowed);
}

/** The app whose configuration it is. */
function appOf(world: World, configId: string): App {
  const apps = [...world.apps.values()];
  const app = apps.find(({ configurations }) => configurations.some(({ id }) => id === configId));
  if (app) return app;
  const known = apps.flatMap(({ configurations }) => configurations.map(({ id }) => id));
  throw invalidInput(
    'data.configId',
    `"data.configId" is no configuration of an app here: there are ${known.join(', ')}.`,
    known,
  );
}

/** A code without a browser is refused to whom the dialog would refuse it. */
function checkPerson(app: App, personId: string = people[0].id): void {
  const verdict = mayUse(app, personId);
  if (verdict === 'yes') return;
  const why =
    verdict === 'app-not-active' ? 'the app is in development mode' : 'the app has standard access only';
  const allowed = [...app.roles.keys()];
  const role = {
    ...(app.id === fixedCredentials.appId ? {} : { appId: app.id }),
    roles: { [personId]: 'tester' },
  };
  throw invalidInput(
    'data.personId',
    `"data.personId" must have a role on the app, since ${why}: ${allowed.join(', ') || 'nobody'} has one. ` +
      `POST /_sandbox/app ${JSON.stringify(role)} gives one, in place of those before.`,
    allowed,
  );
}
