import type { Call } from './call.ts';
import { badParameter, GraphError } from './errors.ts';
import { handle } from './handle.ts';
import { readList } from './list-parameter.ts';
import type { NodeAnswer } from './node-type.ts';
import { renderAnswer } from './select.ts';
import { countCall } from './usage.ts';

/** Meta: Graph API › Multiple ID read requests: the most at once. */
const most = 50;

/** `GET /?ids=…`: several objects in one answer, by id. One that is not there spoils it for all. */
export async function readMany(call: Call, headers: Headers): Promise<Record<string, unknown>> {
  const ids = readList(call.parameters, 'ids') ?? [];
  if (ids.length === 0) throw badParameter('The parameter ids is required.');
  if (ids.length > most) throw badParameter(`Too many IDs. Maximum: ${most}. Provided: ${ids.length}.`);
  const found = new Map<string, NodeAnswer>();
  for (const id of ids) {
    const node = call.find(id);
    if (!node) throw aliasUnknown(id);
    found.set(id, node);
  }
  const answers: Record<string, unknown> = {};
  for (const [id, node] of found) {
    countCall(call, { found: node, edge: undefined }, headers);
    answers[id] = await renderAnswer(await handle(node, {}, call), call);
  }
  return answers;
}

/** 803, with the status that goes with it. */
function aliasUnknown(id: string): GraphError {
  return new GraphError({
    message: `(#803) Some of the aliases you requested do not exist: ${id}`,
    type: 'OAuthException',
    code: 803,
    status: 404,
  });
}
