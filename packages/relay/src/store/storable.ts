/** What both databases store as it is. */
type Storable = string | number | bigint | null | Uint8Array;

/**
 * Lets through only what is stored as it is. `node:sqlite` would write a `Date` in first place as NULL, and
 * PostgreSQL one in a column of text as a text, both without a word.
 */
export function storable(value: unknown): Storable {
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  throw new TypeError(`A value of type ${typeof value} cannot be stored; use text, a number, null or bytes.`);
}
