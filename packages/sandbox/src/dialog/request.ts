import type { App, Configuration } from '../world/access.ts';
import type { Solution } from '../world/partnership.ts';
import type { World } from '../world/world.ts';
import { at } from './extras.ts';
import { type Flow, readFlow } from './flow.ts';
import { type MessageRule, messageRule, readVersion } from './version.ts';
import { readWayBack, type WayBack } from './way-back.ts';

/** A dialog's address, understood. */
export interface DialogRequest {
  app: App;
  configuration: Configuration;
  wayBack: WayBack;
  extras: Record<string, unknown>;
  flow: Flow;
  messages: MessageRule;
  solution: Solution | null;
}

/** Why there is no dialog: what Meta says of it, if anything, and the reason that it keeps to itself. */
export interface DialogProblem {
  problem: 'wrong-address' | 'solution-not-active';
  reason: string;
}

/**
 * Reads the query of `/{version}/dialog/oauth` or of the hosted link. For a wrong one Meta shows only a page
 * that says that something went wrong, and the opener hears nothing.
 */
export function readDialogRequest(
  world: World,
  query: URLSearchParams,
  isHosted = false,
): DialogRequest | DialogProblem {
  const wrong = (reason: string): DialogProblem => ({ problem: 'wrong-address', reason });
  const clientId = query.get('client_id') ?? query.get('app_id') ?? '';
  const app = world.apps.get(clientId);
  if (!app) return wrong(`client_id "${clientId}" is no app of the sandbox.`);
  const configId = query.get('config_id') ?? '';
  const configuration = app.configurations.find(({ id }) => id === configId);
  if (!configuration) return wrong(`config_id "${configId}" is no configuration of this app.`);
  const wayBack = readWayBack(query, isHosted);
  if (wayBack === null) {
    return wrong('redirect_uri must be an address of the arbiter, or https, or http on loopback.');
  }
  // The SDK always says what it wants; elsewhere a code is what one gets unless one asks for more.
  const responseType = query.get('response_type') ?? (wayBack.kind === 'opener' ? '' : 'code');
  if (!responseType.split(',').includes('code')) return wrong('response_type must ask for "code".');
  const extras = readExtras(query.get('extras'));
  if (extras === null) return wrong('extras is not a JSON object.');
  const solution = readSolution(world, app, extras);
  if (solution !== null && 'problem' in solution) return solution;
  const version = readVersion(extras, configuration);
  const rule = messageRule(version, extras);
  return {
    app,
    configuration,
    wayBack,
    extras,
    flow: readFlow(version, extras),
    // Without the page that opened it there is nobody to post to.
    messages: { ...rule, isPosted: rule.isPosted && wayBack.kind === 'opener' },
    solution,
  };
}

function readExtras(text: string | null): Record<string, unknown> | null {
  if (text === null || text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Meta: Multi-Partner Solutions: only one that both sides agreed to can onboard, and for its own apps. */
function readSolution(
  world: World,
  app: App,
  extras: Record<string, unknown>,
): Solution | DialogProblem | null {
  const id = at(extras, 'setup', 'solutionID');
  if (id === undefined || id === null || id === '') return null;
  const solution = world.solutions.get(String(id));
  const problem = 'solution-not-active';
  if (!solution) return { problem, reason: `extras.setup.solutionID "${String(id)}" is no solution.` };
  if (solution.ownerAppId !== app.id && solution.partnerAppId !== app.id) {
    return { problem, reason: `The solution ${solution.id} is not one of this app.` };
  }
  if (solution.status !== 'ACTIVE') {
    return { problem, reason: `The solution ${solution.id} is ${solution.status}, not ACTIVE.` };
  }
  return solution;
}
