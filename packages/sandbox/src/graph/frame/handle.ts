import type { Call } from './call.ts';
import { GraphError, notVisible } from './errors.ts';
import type { Answer, NodeAnswer } from './node-type.ts';

/** Does what the call asks of an object that was found: of itself, of one of its edges, or of what the edge names. */
export function handle(
  found: NodeAnswer,
  place: { edge?: string | undefined; child?: string | undefined },
  call: Call,
): Answer | Promise<Answer> {
  const { type, node } = found;
  const { method } = call;
  if (place.edge === undefined) {
    const handlers = { GET: type.read ?? (() => found), POST: type.update, DELETE: type.remove };
    const handler = handlers[method];
    if (!handler) throw notVisible(method, node.id);
    type.check?.(node, call);
    return handler(node, call);
  }
  const edges = type.edges ?? {};
  const edge = Object.hasOwn(edges, place.edge) ? edges[place.edge] : undefined;
  if (!edge) throw unknownPath(`/${place.edge}`);
  const check = edge.check ?? type.check;
  if (place.child !== undefined) {
    if (!edge.child) throw unknownPath(`/${place.edge}/${place.child}`);
    check?.(node, call);
    const child = edge.child(node, place.child, call);
    if (!child) throw notVisible(method, place.child);
    return handle(child, {}, call);
  }
  const handler = { GET: edge.get, POST: edge.post, DELETE: edge.delete }[method];
  if (!handler) throw notVisible(method, node.id);
  check?.(node, call);
  return handler(node, call);
}

export function unknownPath(path: string): GraphError {
  return new GraphError({
    message: `Unknown path components: ${path}`,
    type: 'OAuthException',
    code: 2500,
  });
}
