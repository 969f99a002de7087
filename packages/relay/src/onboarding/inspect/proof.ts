import type { StepError } from 'whatsapp-embedded-signup/protocol';
import type { PhoneNumber, Waba } from '../../graph/calls.ts';
import {
  readBusinesses,
  readBusinessWabas,
  readClientBusiness,
  readNumbers,
  readWaba,
} from '../../graph/calls.ts';
import type { Graph } from '../../graph/client.ts';
import { GraphError } from '../../graph/error.ts';
import { isNotGranted, meaningOf } from '../../graph/meaning.ts';
import type { Secret } from '../../secret.ts';

/** A WABA that the customer's own token has read, with its numbers. */
export interface ReadAccount {
  waba: Waba;
  numbers: PhoneNumber[];
}

/** What the token may not read, as Meta said it. */
export interface Refused {
  refused: NonNullable<StepError['meta']>;
}

/**
 * Reading the numbers is the proof. The account's own fields are only good to have: a configuration without
 * `business_management` may refuse one of them, and that is no reason to lose a customer.
 */
export async function readAccount(
  graph: Graph,
  token: Secret,
  wabaId: string,
): Promise<ReadAccount | Refused> {
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

/**
 * WABAs that the token can list through the customer's businesses: the way left where neither the page nor
 * `debug_token` names one. What Meta does not list is not there; only an answer that may come later is waited for.
 */
export async function discoverWabas(
  graph: Graph,
  token: Secret,
  claimedBusinessId: string | null,
): Promise<string[]> {
  const businesses = new Set(await orNone(readBusinesses(graph, token)));
  if (claimedBusinessId !== null) businesses.add(claimedBusinessId);
  const lists = await Promise.all(
    [...businesses].flatMap((id) => [
      orNone(readBusinessWabas(graph, token, id, 'owned')),
      orNone(readBusinessWabas(graph, token, id, 'client')),
    ]),
  );
  return [...new Set(lists.flat())];
}

/**
 * The business behind an account: its owner, else the one that the token speaks for. null where Meta tells neither;
 * what a page said of it proves nothing, and no step needs it.
 */
export async function businessOf(graph: Graph, token: Secret, waba: Waba): Promise<string | null> {
  const owner = waba.owner_business_info?.id ?? null;
  if (owner !== null) return owner;
  try {
    return await readClientBusiness(graph, token);
  } catch (cause) {
    if (!(cause instanceof GraphError)) throw cause;
    return null;
  }
}

async function orNone(asked: Promise<string[]>): Promise<string[]> {
  try {
    return await asked;
  } catch (cause) {
    if (mayPass(cause)) throw cause;
    return [];
  }
}

/** Whether asking again may give what this call did not. */
function mayPass(cause: unknown): boolean {
  if (!(cause instanceof GraphError)) return true;
  return cause.failure.kind !== 'unreadable' && meaningOf(cause).transient;
}
