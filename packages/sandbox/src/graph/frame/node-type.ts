import type { Listed, Ordered } from '../../world/ordered.ts';
import type { Call } from './call.ts';
import type { Quota } from './usage.ts';

/** What a handler gives back: JSON, a node to read the asked fields of, or a list to page through. */
export type Answer = Record<string, unknown> | NodeAnswer | Listing;

/** `POST`, `GET` or `DELETE` of a node or of one of its edges. */
export type Handler<T> = (node: T, call: Call) => Answer | Promise<Answer>;

/** A place under a node, such as `/{waba}/phone_numbers`. */
export interface Edge<T> {
  get?: Handler<T>;
  post?: Handler<T>;
  delete?: Handler<T>;
  /** Who may use it, where that is not who may use the node. */
  check?: (node: T, call: Call) => void;
  /** What `/{id}/{edge}/{name}` names, where the edge's objects have no ids of their own. */
  child?: (node: T, name: string, call: Call) => NodeAnswer | undefined;
  /** Its `get` picks the asked `fields` by itself. */
  readsFields?: true;
  /** Stands in for the quota of the node itself. */
  quota?: (node: T, call: Call) => Quota | null;
}

/** Reads a field; `modifiers` are what stands behind its name, such as `.format(SVG)`. */
export type FieldReader<T> = (node: T, call: Call, modifiers: ReadonlyMap<string, string>) => unknown;

/** A kind of object of the Graph API: what it can be asked, and by whom. */
export interface NodeType<T extends { id: string }> {
  /** As Meta's refusal of an unknown field names it. */
  name: string;
  /** The object with this id, unless the caller may not know of it. */
  find: (id: string, call: Call) => T | undefined;
  /** The fields of an answer to a request that names none; `id` always comes along. */
  defaults: readonly string[];
  /** Meta knows these by another key, so the id under which the world keeps them is not shown. */
  idless?: true;
  /** How each field is read; undefined leaves it out, as Meta does with what has no value. */
  fields: Readonly<Record<string, FieldReader<T>>>;
  /** Throws where the caller may see the object, but not do this; asked for the node and for every edge. */
  check?: (node: T, call: Call) => void;
  /** How often an app may call it and its edges. Without: as often as it likes. */
  quota?: (node: T, call: Call) => Quota | null;
  /** `GET /{id}`, where it does not answer with its fields. */
  read?: Handler<T>;
  /** `POST /{id}`. */
  update?: Handler<T>;
  /** `DELETE /{id}`. */
  remove?: Handler<T>;
  edges?: Readonly<Record<string, Edge<T>>>;
}

/** A field or an answer that is itself an object of the Graph API, with fields of its own. */
export interface NodeAnswer {
  [answerKind]: 'node';
  // biome-ignore lint/suspicious/noExplicitAny: types and nodes are matched where the answer is made.
  type: NodeType<any>;
  node: { id: string };
}

/** A list to be paged through. Meta: Graph API › Paginated results. */
export interface Listing {
  [answerKind]: 'listing';
  // biome-ignore lint/suspicious/noExplicitAny: types and items are matched where the listing is made.
  type: NodeType<any>;
  items: Ordered<Listed>;
  options: ListingOptions<never>;
}

/** What an item must be to the value of a filter. Meta: Graph API › Filtering. */
export type Operator = 'EQUAL' | 'IN' | 'GREATER_THAN' | 'LESS_THAN' | 'ANY' | 'ALL';

/** A field that `filtering` can ask about. */
export interface Filter<T> {
  operators: readonly Operator[];
  read: (item: T) => string | number | readonly string[];
  /** It never falls along the order in which things were made, so that a bound is a place in the list. */
  isOrder?: true;
}

export interface ListingOptions<T> {
  /** Leaves out what the caller may not see. */
  visible?: (item: T) => boolean;
  /** What `filtering` can ask about, by field. */
  filters?: Readonly<Record<string, Filter<T>>>;
  /** What `sort` can be, by its exact text. Without `by` it is the order in which things were made. */
  sorts?: Readonly<
    Record<string, { direction: 'ascending' | 'descending'; by?: (item: T) => number | string }>
  >;
  /** The order where none is asked for; default ascending. */
  direction?: 'ascending' | 'descending';
  /** Fields of each item that stand in for the type's own defaults. */
  defaults?: readonly string[];
}

const answerKind = Symbol('answer');

export function nodeAnswer<T extends { id: string }>(type: NodeType<T>, node: T): NodeAnswer {
  return { [answerKind]: 'node', type, node };
}

export function listing<T extends Listed>(
  type: NodeType<T>,
  items: Ordered<T>,
  options: ListingOptions<T> = {},
): Listing {
  return {
    [answerKind]: 'listing',
    type,
    items: items as unknown as Ordered<Listed>,
    options: options as ListingOptions<never>,
  };
}

export function kindOf(value: unknown): 'node' | 'listing' | null {
  if (typeof value !== 'object' || value === null || !(answerKind in value)) return null;
  return (value as NodeAnswer | Listing)[answerKind];
}

/** Finds an object among types: ids are unique across the world, so the first that knows it has it. */
export function findNode(
  // biome-ignore lint/suspicious/noExplicitAny: a node is handed to the very type that found it.
  types: readonly NodeType<any>[],
  id: string,
  call: Call,
): NodeAnswer | null {
  for (const type of types) {
    const node = type.find(id, call);
    if (node) return nodeAnswer(type, node);
  }
  return null;
}
