import { badParameter } from './errors.ts';

/** One asked field: `phone_numbers{id,status}` is a name with fields of its own. */
export interface Field {
  name: string;
  fields: Field[] | null;
}

/** What a kind of object can be asked for. Meta: Graph API › Field expansion. */
export interface NodeType<T> {
  /** As Meta's refusal of an unknown field names it. */
  name: string;
  /** The fields of an answer to a request that names none; `id` always comes along. */
  defaults: readonly string[];
  /** How each field is read; undefined leaves it out, as Meta does with what has no value. */
  fields: Readonly<Record<string, (object: T, fields: Field[] | null) => unknown>>;
}

/** Reads the text of a `fields` parameter: names in commas, nested in braces, `.limit(…)` passed over. */
export function parseFields(text: string): Field[] {
  const tokens = text.match(/[a-z0-9_]+(?:\.[a-z]+\([^)]*\))*|[{},]|\S/gi) ?? [];
  let position = 0;
  const list = (depth: number): Field[] => {
    const fields: Field[] = [];
    while (position < tokens.length) {
      const token = tokens[position++] ?? '';
      if (token === '}' && depth > 0) return fields;
      if (token === ',') continue;
      const name = /^[a-z0-9_]+/i.exec(token)?.[0];
      if (!name) throw syntaxError(text);
      const nested = tokens[position] === '{';
      if (nested) position++;
      fields.push({ name, fields: nested ? list(depth + 1) : null });
    }
    if (depth > 0) throw syntaxError(text);
    return fields;
  };
  return list(0);
}

/** The asked fields of one object. An unknown field is refused, as at Meta. */
export function selectFields<T extends { id: string }>(
  type: NodeType<T>,
  object: T,
  asked: Field[] | null,
): Record<string, unknown> {
  const fields = asked ?? type.defaults.map((name) => ({ name, fields: null }));
  const answer: Record<string, unknown> = {};
  for (const field of fields) {
    const read = Object.hasOwn(type.fields, field.name) ? type.fields[field.name] : undefined;
    if (!read && field.name !== 'id') {
      throw badParameter(`Tried accessing nonexisting field (${field.name}) on node type (${type.name})`);
    }
    const value = read?.(object, field.fields);
    if (value !== undefined) answer[field.name] = value;
  }
  answer.id = object.id;
  return answer;
}

/** A list as the Graph API gives it. */
export function edge(items: Record<string, unknown>[]): Record<string, unknown> {
  if (items.length === 0) return { data: [] };
  const cursor = (item: Record<string, unknown> | undefined) =>
    Buffer.from(String(item?.id ?? '')).toString('base64url');
  return { data: items, paging: { cursors: { before: cursor(items[0]), after: cursor(items.at(-1)) } } };
}

function syntaxError(text: string) {
  return badParameter(`Syntax error in the fields parameter "${text}"`);
}
