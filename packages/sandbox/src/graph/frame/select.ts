import type { Listed } from '../../world/ordered.ts';
import type { Call } from './call.ts';
import { badParameter } from './errors.ts';
import { type Field, parseFields, writeFields } from './fields.ts';
import {
  type Answer,
  type FieldReader,
  kindOf,
  type Listing,
  type ListingOptions,
  type NodeAnswer,
  type NodeType,
} from './node-type.ts';
import { readPage } from './page.ts';

/** The JSON of an answer: the asked fields of a node, a page of a list, or the object as it is. */
export async function renderAnswer(answer: Answer, call: Call): Promise<Record<string, unknown>> {
  const asked = call.parameters.get('fields');
  const fields = asked ? parseFields(asked) : null;
  switch (kindOf(answer)) {
    case 'node': {
      const { type, node } = answer as NodeAnswer;
      return selectFields(type, node, fields, call);
    }
    case 'listing':
      return renderListing(answer as Listing, fields, call.parameters, call, call.url);
    default:
      return answer as Record<string, unknown>;
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
  if (field.name === 'id' && !type.idless) return node.id;
  const edge = ownValue(type.edges ?? {}, field.name);
  const read: FieldReader<T> | undefined = ownValue(type.fields, field.name) ?? edge?.get;
  if (!read) {
    throw badParameter(`Tried accessing nonexisting field (${field.name}) on node type (${type.name})`);
  }
  if (read === edge?.get) edge.check?.(node, call);
  const value = await read(node, call, field.modifiers);
  switch (kindOf(value)) {
    case 'node': {
      const inner = value as NodeAnswer;
      return selectFields(inner.type, inner.node, field.fields, call);
    }
    case 'listing':
      return renderListing(value as Listing, field.fields, field.modifiers, call, edgeUrl(node, field, call));
    default:
      return pickKeys(value, field.fields);
  }
}

async function renderListing(
  list: Listing,
  fields: Field[] | null,
  parameters: Map<string, string>,
  call: Call,
  url: URL | null,
): Promise<Record<string, unknown>> {
  const { items, paging } = readPage(list, parameters, url);
  const { type, options } = list;
  const data = [];
  for (const item of items) data.push(await selectFields(type, item, fields, call, options.defaults));
  const total = asksForTotal(parameters) ? { summary: { total_count: countVisible(list) } } : {};
  return { data, ...(paging ? { paging } : {}), ...total };
}

/** Where a list that was read as a field is read by itself, for the links to its other pages. */
function edgeUrl(node: { id: string }, { name, modifiers, fields }: Field, { url }: Call): URL {
  const version = /^\/v\d+\.\d+/.exec(url.pathname)?.[0] ?? '';
  const edge = new URL(`${version}/${node.id}/${name}`, url);
  for (const [key, value] of modifiers) edge.searchParams.set(key, value);
  if (fields) edge.searchParams.set('fields', writeFields(fields));
  for (const key of ['access_token', 'appsecret_proof']) {
    const value = url.searchParams.get(key);
    if (value !== null) edge.searchParams.set(key, value);
  }
  return edge;
}

/** Meta: Graph API › Paginated results › Summary. */
function asksForTotal(parameters: Map<string, string>): boolean {
  return /^(true|1)$|total_count/.test(parameters.get('summary') ?? '');
}

function countVisible({ items, options }: Listing): number {
  const { visible } = options as unknown as ListingOptions<Listed>;
  return visible ? [...items].filter(visible).length : items.size;
}

/** `owner_business_info{id}` of a value that is no node: only the named keys. */
function pickKeys(value: unknown, fields: Field[] | null): unknown {
  if (fields === null || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => pickKeys(item, fields));
  const picked = fields.flatMap(({ name, fields: inner }) =>
    Object.hasOwn(value, name) ? [[name, pickKeys(Reflect.get(value, name), inner)]] : [],
  );
  return Object.fromEntries(picked) as Record<string, unknown>;
}

function ownValue<V>(record: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
