import type { Listed } from '../../world/ordered.ts';
import { type Cursor, readCursor, writeCursor } from './cursor.ts';
import { badParameter } from './errors.ts';
import { readFilter } from './filtering.ts';
import type { Listing, ListingOptions } from './node-type.ts';

/** Meta: Graph API › Paginated results. */
const pageSize = { default: 25, most: 100 };

export interface Page {
  items: Listed[];
  /** Left out where there is nothing on the page, as at Meta. */
  paging?: { cursors: { before: string; after: string }; next?: string; previous?: string };
}

type Key = number | string;

/** In which order a list is read. */
interface Direction {
  isDescending: boolean;
  /** Absent: the order in which things were made, which the list keeps, so that no page costs more than itself. */
  by?: (item: Listed) => Key;
}

/** One page of a list: `limit`, `after` or `before`, `filtering`, `sort`. */
export function readPage(list: Listing, parameters: Map<string, string>, url: URL | null): Page {
  const options = list.options as unknown as ListingOptions<Listed>;
  const limit = readLimit(parameters.get('limit'));
  const { isDescending, by } = readSort(options, parameters.get('sort'));
  const keep = readFilter(options, parameters.get('filtering'));
  const visible = (item: Listed) => (options.visible?.(item) ?? true) && keep(item);
  const before = readCursor(parameters.get('before'), by !== undefined);
  const source = by ? sorted(list, by) : kept(list);
  const backwards = before !== null;
  const cursor = before ?? readCursor(parameters.get('after'), by !== undefined);
  const step = isDescending === backwards ? 1 : -1;
  const found: Listed[] = [];
  // One more than asked for tells whether there is another page.
  for (let position = startOf(source, cursor, step); found.length <= limit; position += step) {
    const item = source.at(position);
    if (!item) break;
    if (visible(item)) found.push(item);
  }
  const hasMore = found.length > limit;
  const items = found.slice(0, limit);
  if (backwards) items.reverse();
  const cursorOf = (item: Listed) => writeCursor({ order: item.order, key: by?.(item) ?? null });
  return {
    items,
    ...describePage(items, cursorOf, {
      hasNext: backwards || hasMore,
      hasPrevious: backwards ? hasMore : cursor !== null,
      url,
    }),
  };
}

/** A list in the order in which it is read upwards. */
interface Source {
  size: number;
  at(position: number): Listed | undefined;
  /** The position of the first object that does not come before the cursor's, which may be gone by now. */
  positionOf(cursor: Cursor): number;
}

function kept({ items }: Listing): Source {
  return {
    size: items.size,
    at: (position) => items.at(position),
    positionOf: ({ order }) => items.positionOf(order),
  };
}

/** A list in another order than the one it is kept in. What sorts alike stays in the order of its making. */
function sorted(list: Listing, by: (item: Listed) => Key): Source {
  const compare = (one: Cursor, other: Cursor): number => {
    const [left, right] = [one.key ?? '', other.key ?? ''];
    return left === right ? one.order - other.order : left < right ? -1 : 1;
  };
  const entries = [...list.items].map((item) => ({ item, order: item.order, key: by(item) })).sort(compare);
  return {
    size: entries.length,
    at: (position) => entries[position]?.item,
    positionOf(cursor) {
      const position = entries.findIndex((entry) => compare(entry, cursor) >= 0);
      return position === -1 ? entries.length : position;
    },
  };
}

/** The first position beyond the cursor. Negative ones hold nothing. */
function startOf(source: Source, cursor: Cursor | null, step: 1 | -1): number {
  if (cursor === null) return step === 1 ? 0 : source.size - 1;
  const position = source.positionOf(cursor);
  const isStillThere = source.at(position)?.order === cursor.order;
  return step === 1 ? position + (isStillThere ? 1 : 0) : position - 1;
}

function describePage(
  items: Listed[],
  cursorOf: (item: Listed) => string,
  page: { hasNext: boolean; hasPrevious: boolean; url: URL | null },
): Pick<Page, 'paging'> {
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return {};
  const cursors = { before: cursorOf(first), after: cursorOf(last) };
  const { hasNext, hasPrevious, url } = page;
  return {
    paging: {
      cursors,
      ...(hasNext && url ? { next: link(url, 'after', cursors.after) } : {}),
      ...(hasPrevious && url ? { previous: link(url, 'before', cursors.before) } : {}),
    },
  };
}

/** The link to another page, whole as Meta gives it: the same request, from the cursor. */
function link(url: URL, name: 'after' | 'before', cursor: string): string {
  const next = new URL(url);
  next.searchParams.delete('after');
  next.searchParams.delete('before');
  next.searchParams.set(name, cursor);
  return next.href;
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return pageSize.default;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 0) throw badParameter('Param limit must be a non-negative integer');
  return Math.min(limit || pageSize.default, pageSize.most);
}

function readSort(options: ListingOptions<Listed>, text: string | undefined): Direction {
  if (text === undefined || text === '') return { isDescending: options.direction === 'descending' };
  const sorts = options.sorts ?? {};
  const sort = Object.hasOwn(sorts, text) ? sorts[text] : undefined;
  if (!sort) {
    throw badParameter(`Param sort must be one of {${Object.keys(sorts).join(', ')}} - got "${text}".`);
  }
  return { isDescending: sort.direction === 'descending', ...(sort.by ? { by: sort.by } : {}) };
}
