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

/**
 * Reads the text of a `fields` parameter, each letter once: a list of any length takes no longer than it must. Meta:
 * Graph API › Field expansion.
 */
export function parseFields(asked: string): Field[] {
  const text = unlist(asked);
  let position = 0;

  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const found = pattern.exec(text);
    if (found) position = pattern.lastIndex;
    return found;
  };

  function takeModifiers(): Map<string, string> {
    const modifiers = new Map<string, string>();
    for (let opened = take(/\.([a-z_]+)\(/iy); opened; opened = take(/\.([a-z_]+)\(/iy)) {
      const end = text.indexOf(')', position);
      if (end === -1) throw syntaxError(text);
      modifiers.set(opened[1] ?? '', text.slice(position, end).replace(/^["']|["']$/g, ''));
      position = end + 1;
    }
    return modifiers;
  }

  function takeList(depth: number): Field[] {
    if (depth > deepest) throw syntaxError(text);
    const fields: Field[] = [];
    while (take(/[\s,]*/y) && position < text.length) {
      if (depth > 0 && take(/\}/y)) return fields;
      const name = take(/[a-z0-9_]+/iy)?.[0];
      if (name === undefined) throw syntaxError(text);
      const modifiers = takeModifiers();
      fields.push({ name, modifiers, fields: take(/\s*\{/y) ? takeList(depth + 1) : null });
    }
    if (depth > 0) throw syntaxError(text);
    return fields;
  }

  return takeList(0);
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

function syntaxError(text: string) {
  return badParameter(`Syntax error in the fields parameter "${text.slice(0, 200)}"`);
}
