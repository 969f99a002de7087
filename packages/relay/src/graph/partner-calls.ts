import type { Secret } from '../secret.ts';
import {
  allocationAnswer,
  allocationsAnswer,
  assignedAnswer,
  demandSuccess,
  fundingAnswer,
  read,
  shareAnswer,
} from './answers.ts';
import type { Graph } from './client.ts';

/** The calls of a Solution Partner, all with its own system user's token; never before `inspect` has proved the WABA. */

/** Who pays for an account. */
export interface Funding {
  /** The credential behind it: a card of the customer's, or what a credit line was shared as; null: nobody pays. */
  fundingId: string | null;
  /** The customer's business; null where Meta does not say. */
  businessId: string | null;
}

/** One share of a credit line with a customer's business. */
export interface Allocation {
  id: string;
  /** What the WABA's `primary_funding_id` equals once the share is attached to it. */
  credentialId: string | null;
  businessId: string | null;
  isDeleted: boolean;
}

/** Meta: WhatsApp Business Account › Assigned users: what one business's users may do with the account. */
export async function readAssigned(
  graph: Graph,
  token: Secret,
  wabaId: string,
  businessId: string,
): Promise<{ id: string; tasks: string[] }[]> {
  const query = { business: businessId, fields: 'id,tasks', limit: '100' };
  const { data } = read(
    assignedAnswer,
    await graph({ method: 'GET', path: `/${wabaId}/assigned_users`, query, token }),
  );
  return data.map(({ id, tasks }) => ({ id, tasks: tasks ?? [] }));
}

/** Meta: Solution Partners › Manage system users. The tasks replace those that the user had. */
export async function assignUser(
  graph: Graph,
  token: Secret,
  wabaId: string,
  { userId, tasks }: { userId: string; tasks: readonly string[] },
): Promise<void> {
  const query = { user: userId, tasks: JSON.stringify(tasks) };
  demandSuccess(await graph({ method: 'POST', path: `/${wabaId}/assigned_users`, query, token }));
}

/** Meta: Managing credit lines › Verify that your credit line has been shared. */
export async function readFunding(graph: Graph, token: Secret, wabaId: string): Promise<Funding> {
  const query = { fields: 'primary_funding_id,owner_business_info' };
  const answer = read(fundingAnswer, await graph({ method: 'GET', path: `/${wabaId}`, query, token }));
  return {
    // Graph says 0 for an id that is not set, where it does not leave the field out.
    fundingId: answer.primary_funding_id === '0' ? null : (answer.primary_funding_id ?? null),
    businessId: answer.owner_business_info?.id ?? null,
  };
}

/** Shares the credit line with the WABA's business and has it pay for the WABA. Gives the allocation's id. */
export async function shareAndAttach(
  graph: Graph,
  token: Secret,
  lineId: string,
  { wabaId, currency }: { wabaId: string; currency: string },
): Promise<string> {
  const path = `/${lineId}/whatsapp_credit_sharing_and_attach`;
  const query = { waba_currency: currency, waba_id: wabaId };
  return read(shareAnswer, await graph({ method: 'POST', path, query, token })).allocation_config_id;
}

/** Meta: Graph API › Extended Credit Allocation Config. */
export async function readAllocation(graph: Graph, token: Secret, id: string): Promise<Allocation> {
  const query = { fields: 'receiving_credential,receiving_business,request_status' };
  return toAllocation({
    ...read(allocationAnswer, await graph({ method: 'GET', path: `/${id}`, query, token })),
    id,
  });
}

/** What a customer's business has of the credit line now. Meta: Extended Credit › Owning credit allocation configs. */
export async function findAllocations(
  graph: Graph,
  token: Secret,
  lineId: string,
  businessId: string,
): Promise<Allocation[]> {
  const path = `/${lineId}/owning_credit_allocation_configs`;
  const query = {
    receiving_business_id: businessId,
    fields: 'id,receiving_credential,receiving_business,request_status',
  };
  const { data } = read(allocationsAnswer, await graph({ method: 'GET', path, query, token }));
  return data.map(toAllocation).filter(({ isDeleted }) => !isDeleted);
}

/** Ends a share, for every WABA of that customer which it pays for. Meta: Managing credit lines › Revoke. */
export async function deleteAllocation(graph: Graph, token: Secret, id: string): Promise<void> {
  demandSuccess(await graph({ method: 'DELETE', path: `/${id}`, token }));
}

type Named = { id?: string | null | undefined } | null | undefined;

function toAllocation(answer: {
  id: string;
  receiving_credential?: Named;
  receiving_business?: Named;
  request_status?: string | null | undefined;
}): Allocation {
  return {
    id: answer.id,
    credentialId: answer.receiving_credential?.id ?? null,
    businessId: answer.receiving_business?.id ?? null,
    isDeleted: answer.request_status === 'DELETED',
  };
}
