import { badParameter } from './errors.ts';

/** A place in a list, which stays where it is when the object that stood there is gone. */
export interface Cursor {
  /** The place of its object in the order of everything made. */
  order: number;
  /** What its object was sorted by; null: by its order. */
  key: number | string | null;
}

/** Opaque, as cursors are. */
export function writeCursor({ order, key }: Cursor): string {
  return Buffer.from(JSON.stringify(key === null ? [order] : [order, key])).toString('base64url');
}

/** Null where there is none. 100 where it is none of ours, or one of another order. */
export function readCursor(text: string | undefined, isSorted: boolean): Cursor | null {
  if (text === undefined || text === '') return null;
  const [order, key = null, ...rest] = parse(Buffer.from(text, 'base64url').toString());
  const isKey = isSorted ? typeof key === 'number' || typeof key === 'string' : key === null;
  if (!Number.isSafeInteger(order) || !isKey || rest.length > 0) throw badParameter('Invalid cursor');
  return { order: order as number, key: key as Cursor['key'] };
}

function parse(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
