import { number } from './number.ts';
import { permission, platform } from './platform.ts';
import type { Row, Rows } from './row.ts';
import { whatsapp } from './whatsapp.ts';

/** Every error of Graph that the relay can tell something about, by `code` or `code/subcode`. */
export const table: Rows = { ...platform, ...whatsapp, ...number };

/** Below it a subcode means something together with its code alone. */
const FIRST_GLOBAL_CODE = 1_000_000;

/** What an error means; undefined for one that nobody has described. */
export function rowOf(code: number, subcode?: number): Row | undefined {
  if (subcode !== undefined) {
    // The long numbers mean the same as code and as subcode, and management calls send them as either.
    const exact = table[`${code}/${subcode}`] ?? (subcode >= FIRST_GLOBAL_CODE ? table[subcode] : undefined);
    if (exact) return exact;
  }
  // Meta: Graph API › Handle Errors: all of these say that a permission is missing.
  return table[code] ?? (code >= 200 && code <= 299 ? permission : undefined);
}

/** The same for a subcode that somebody looks up without its code, as people do with 36009. */
export function rowOfSubcode(subcode: number): Row | undefined {
  const key = Object.keys(table).find((known) => known.endsWith(`/${subcode}`));
  return key === undefined ? undefined : table[key];
}
