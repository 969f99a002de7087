import type { Call } from './call.ts';
import { badParameter } from './errors.ts';
import { type Field, parseFields, writeFields } from './fields.ts';
import { type Answer, kindOf, type Listing, type NodeAnswer, type NodeType } from './node-type.ts';
import { countAll, readPage } from './page.ts';

/** The JSON of an answer: the asked fields of a node, a page of a list, or the object as it is. */
export async function renderAnswer(answer: Answer, call: Call): Promise<Record<string, unknown>> {
  const asked = call.parameters.get('fields');
  const fields = asked ? parseFields(asked) : null;
  return (await renderObject(answer, fields, call)) ?? (answer as Record<string, unknown>);
}

/** Undefined where it is no object of the Graph API. */
async function renderObject(
  value: unknown,
  fields: Field[] | null,
  call: Call,
): Promise<Record<string, unknown> | undefined> {
  switch (kindOf(value)) {
    case 'node': {
      const { type, node } = value as NodeAnswer;
      return selectFields(type, node, fields, call);
    }
    case 'listing':
      return renderListing(value as Listing, fields, call);
    default:
      return undefined;
  }
}

/** The asked fields of one object. An unknown field is refused, as at Meta. */
async function selectFields<T extends { id: string }>(
  type: NodeType<T>,
  node: T,
  asked: Field[] | null,
  call: Call,
  defaults: readonly string[] = type.defaults,
): Promise<Record<string, unknown>> {
  const fields: readonly Field[] =
    asked ?? defaults.map((name) => ({ name, modifiers: new Map<string, string>(), fields: null }));
  const answer: Record<string, unknown> = {};
  for (const field of fields) {
    const value = await readField(type, node, field, call);
    if (value !== undefined) answer[field.modifiers.get('as') ?? field.name] = value;
  }
  if (!type.idless) answer.id = node.id;
  return answer;
}

/** A field proper, or an edge that is asked for like one. */
async function readField<T extends { id: string }>(
  type: NodeType<T>,
  node: T,
  field: Field,
  call: Call,
): Promise<unknown> {
  if (field.name === 'id' && !type.idless) return pickKeys(node.id, field);
  const read = ownValue(type.fields, field.name);
  if (read) {
    const value = await read(node, call, field.modifiers);
    if (kindOf(value) === null) return pickKeys(value, field);
    return renderObject(value, field.fields, ownCall(node, field, call));
  }
  const edge = ownValue(type.edges ?? {}, field.name);
  if (!edge?.get) {
    throw badParameter(`Tried accessing nonexisting field (${field.name}) on node type (${type.name})`);
  }
  const own = ownCall(node, field, call);
  edge.check?.(node, own);
  const value = await edge.get(node, own);
  const rendered = await renderObject(value, field.fields, own);
  if (rendered || edge.readsFields) return rendered ?? value;
  return 'data' in value ? { ...value, data: pickKeys(value.data, field) } : pickKeys(value, field);
}

/** What stands behind a field's name are its own parameters: those of the outer call are not for it. */
function ownCall(node: { id: string }, field: Field, call: Call): Call {
  const parameters = new Map(field.modifiers);
  if (field.fields) parameters.set('fields', writeFields(field.fields));
  for (const name of credentials) {
    const value = call.parameters.get(name);
    if (value !== undefined) parameters.set(name, value);
  }
  return { ...call, method: 'GET', parameters, files: new Map(), url: edgeUrl(node, field, call) };
}

const credentials = ['access_token', 'appsecret_proof'];

async function renderListing(
  list: Listing,
  fields: Field[] | null,
  call: Call,
): Promise<Record<string, unknown>> {
  const { parameters } = call;
  const { items, paging } = readPage(list, parameters, call.url);
  const { type, options } = list;
  const data = [];
  for (const item of items) data.push(await selectFields(type, item, fields, call, options.defaults));
  const total = asksForTotal(parameters) ? { summary: { total_count: countAll(list, parameters) } } : {};
  return { data, ...(paging ? { paging } : {}), ...total };
}

/** Where a list that was read as a field is read by itself, for the links to its other pages. */
function edgeUrl(node: { id: string }, { name, modifiers, fields }: Field, { url }: Call): URL {
  const version = /^\/v\d+\.\d+/.exec(url.pathname)?.[0] ?? '';
  const edge = new URL(`${version}/${node.id}/${name}`, url);
  for (const [key, value] of modifiers) edge.searchParams.set(key, value);
  if (fields) edge.searchParams.set('fields', writeFields(fields));
  for (const key of credentials) {
    const value = url.searchParams.get(key);
    if (value !== null) edge.searchParams.set(key, value);
  }
  return edge;
}

/** Meta: Graph API › Paginated results › Summary. */
function asksForTotal(parameters: Map<string, string>): boolean {
  return /^(true|1)$|total_count/.test(parameters.get('summary') ?? '');
}

/** `owner_business_info{id}` of a value that is no node: only the named keys. */
function pickKeys(value: unknown, field: Field): unknown {
  const { name, fields } = field;
  if (fields === null || value === undefined || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => pickKeys(item, field));
  // Meta documents which fields have fields of their own, and not the words in which it refuses the others.
  if (typeof value !== 'object') throw badParameter(`Subfields are not supported by ${name}`);
  const picked = fields.flatMap((inner) =>
    Object.hasOwn(value, inner.name) ? [[inner.name, pickKeys(Reflect.get(value, inner.name), inner)]] : [],
  );
  return Object.fromEntries(picked) as Record<string, unknown>;
}

function ownValue<V>(record: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
