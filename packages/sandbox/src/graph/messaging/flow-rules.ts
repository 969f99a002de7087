import * as v from 'valibot';
import type { Flow } from '../../world/account-extras.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../frame/call.ts';
import { badParameter, GraphError } from '../frame/errors.ts';
import { json, text } from '../frame/read-input.ts';
import { flowProperty, validateFlowJson } from './flow-json.ts';

/** Meta: WhatsApp Flows › Flows API › Creating a Flow. */
const flowCategories = [
  'SIGN_UP',
  'SIGN_IN',
  'APPOINTMENT_BOOKING',
  'LEAD_GENERATION',
  'CONTACT_US',
  'CUSTOMER_SUPPORT',
  'SURVEY',
  'OTHER',
] as const;

/** What can be said of a Flow when it is made and later. */
export const flowEntries = {
  name: text(200),
  categories: json(v.pipe(v.array(v.picklist(flowCategories)), v.minLength(1, 'must not be empty'))),
  endpoint_uri: v.pipe(v.string(), v.url('must be a valid URL')),
};

export function requireNewName(waba: { id: string }, name: string, call: Call): void {
  if (isNameTaken(waba, name, call)) throw badParameter('Flow name is not unique');
}

export function isNameTaken(waba: { id: string }, name: string, { world }: Call): boolean {
  return [...world.messaging.account(waba.id).flows].some((flow) => flow.name === name);
}

/** Meta: WhatsApp Flows › Lifecycle of a Flow. It cannot be taken back. */
export function publish(flow: Flow, call: Call): void {
  if (flow.status !== 'DRAFT') throw flowError(139002, 'Publishing Flow in invalid state');
  requirePublishable(flow, call);
  flow.status = 'PUBLISHED';
}

/** What keeps a draft from being published. */
export function requirePublishable(
  flow: Pick<Flow, 'wabaId' | 'json' | 'endpointUri'>,
  { world }: Call,
): void {
  const refuse = (reason: string) => flowError(139002, reason);
  if (validateFlowJson(flow.json).length > 0) throw refuse('Publishing Flow with validation errors');
  if (world.wabas.get(flow.wabaId)?.numbers.size === 0) {
    throw refuse('No Phone Number connected to WhatsApp Business Account');
  }
  if (flowProperty(flow.json, 'data_api_version') !== undefined && flow.endpointUri === null) {
    throw refuse('Publishing without specifying endpoint_uri is forbidden');
  }
  if (flow.endpointUri !== null && !hasKey(flow, world)) throw refuse('Missing Flows Signed Public Key');
}

/** Does a number of the account have the key that the endpoint's answers are encrypted with? */
function hasKey(flow: Pick<Flow, 'wabaId'>, world: World): boolean {
  const numbers = world.wabas.get(flow.wabaId)?.numbers ?? [];
  return [...numbers].some(({ id }) => world.messaging.number(id).flowKey !== null);
}

export function requireDraft(flow: Flow): void {
  if (flow.status !== 'DRAFT') throw flowError(139001, "Flow can't be updated");
}

/** Meta: WhatsApp Flows › Error codes. */
export function flowError(code: number, reason: string): GraphError {
  return new GraphError({ message: `(#${code}) ${reason}`, type: 'OAuthException', code });
}
