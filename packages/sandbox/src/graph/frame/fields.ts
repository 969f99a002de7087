import { badParameter } from './errors.ts';

/** One asked field: `phone_numbers.limit(2){id,status}` is a name with modifiers and fields of its own. */
export interface Field {
  name: string;
  /** `limit`, `after`, `sort` and the like, as they were written. */
  modifiers: Map<string, string>;
  fields: Field[] | null;
}

/** How deep fields may nest. Meta: Graph API › Field expansion. */
const deepest = 5;

/** Reads the text of a `fields` parameter. Meta: Graph API › Field expansion. */
export function parseFields(asked: string): Field[] {
  const text = unlist(asked);
  const tokens = text.match(/[a-z0-9_]+(?:\.[a-z_]+\([^)]*\))*|[{},]|\S/gi) ?? [];
  let position = 0;
  const list = (depth: number): Field[] => {
    if (depth > deepest) throw syntaxError(text);
    const fields: Field[] = [];
    while (position < tokens.length) {
      const token = tokens[position++] ?? '';
      if (token === '}' && depth > 0) return fields;
      if (token === ',') continue;
      const name = /^[a-z0-9_]+/i.exec(token)?.[0];
      if (!name) throw syntaxError(text);
      const nested = tokens[position] === '{';
      if (nested) position++;
      fields.push({ name, modifiers: readModifiers(token), fields: nested ? list(depth + 1) : null });
    }
    if (depth > 0) throw syntaxError(text);
    return fields;
  };
  return list(0);
}

/** Some clients send the fields as a JSON list. */
function unlist(text: string): string {
  if (!text.trimStart().startsWith('[')) return text;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.join(',') : text;
  } catch {
    return text;
  }
}

/** The fields as text again, for the link to another page of them. */
export function writeFields(fields: readonly Field[]): string {
  return fields
    .map(({ name, modifiers, fields: inner }) => {
      const written = [...modifiers].map(([key, value]) => `.${key}(${value})`).join('');
      return `${name}${written}${inner ? `{${writeFields(inner)}}` : ''}`;
    })
    .join(',');
}

function readModifiers(token: string): Map<string, string> {
  const found = token.matchAll(/\.([a-z_]+)\(([^)]*)\)/gi);
  return new Map([...found].map(([, name = '', value = '']) => [name, value.replace(/^["']|["']$/g, '')]));
}

function syntaxError(text: string) {
  return badParameter(`Syntax error in the fields parameter "${text.slice(0, 200)}"`);
}
