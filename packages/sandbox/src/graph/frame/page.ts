import type { Listed } from '../../world/ordered.ts';
import { type Cursor, readCursor, writeCursor } from './cursor.ts';
import { badParameter } from './errors.ts';
import { readTests } from './filtering.ts';
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
  const { stretch, visible = () => true } = readScope(list, parameters);
  const before = readCursor(parameters.get('before'), by !== undefined);
  const source = by ? sorted(list, stretch, by) : kept(list, stretch);
  const backwards = before !== null;
  const cursor = before ?? readCursor(parameters.get('after'), by !== undefined);
  const step = isDescending === backwards ? 1 : -1;
  const [first, end] = source.stretch;
  const found: Listed[] = [];
  let position = startOf(source, cursor, step);
  // One more than asked for tells whether there is another page.
  while (position >= first && position < end && found.length <= limit) {
    const item = source.at(position);
    if (item && visible(item)) found.push(item);
    position += step;
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

/** How many objects there are on all pages of a list. */
export function countAll(list: Listing, parameters: Map<string, string>): number {
  const { stretch, visible } = readScope(list, parameters);
  const [start, end] = stretch;
  if (!visible) return Math.max(end - start, 0);
  let count = 0;
  for (let position = start; position < end; position++) {
    const item = list.items.at(position);
    if (item && visible(item)) count++;
  }
  return count;
}

/** Positions in the list, the second one exclusive. */
type Stretch = [start: number, end: number];

/** Where in the list all that is asked for stands, and which of it that is; without `visible` it is all. */
function readScope(
  list: Listing,
  parameters: Map<string, string>,
): { stretch: Stretch; visible?: (item: Listed) => boolean } {
  const options = list.options as unknown as ListingOptions<Listed>;
  const stretch: Stretch = [0, list.items.size];
  const wanted = options.visible ? [options.visible] : [];
  for (const { passes, bound } of readTests(options, parameters.get('filtering'))) {
    if (bound === 'from') stretch[0] = Math.max(stretch[0], list.items.firstWhere(passes));
    else if (bound === 'before') {
      stretch[1] = Math.min(
        stretch[1],
        list.items.firstWhere((item) => !passes(item)),
      );
    } else wanted.push(passes);
  }
  if (wanted.length === 0) return { stretch };
  return { stretch, visible: (item) => wanted.every((passes) => passes(item)) };
}

/** A list in the order in which it is read upwards. */
interface Source {
  /** The positions that may be read. */
  stretch: Stretch;
  at(position: number): Listed | undefined;
  /** The position of the first object that does not come before the cursor's, which may be gone by now. */
  positionOf(cursor: Cursor): number;
}

function kept({ items }: Listing, stretch: Stretch): Source {
  return {
    stretch,
    at: (position) => items.at(position),
    positionOf: ({ order }) => items.positionOf(order),
  };
}

/** A list in another order than the one it is kept in. What sorts alike stays in the order of its making. */
function sorted({ items }: Listing, [start, end]: Stretch, by: (item: Listed) => Key): Source {
  const compare = (one: Cursor, other: Cursor): number => {
    const [left, right] = [one.key ?? '', other.key ?? ''];
    return left === right ? one.order - other.order : left < right ? -1 : 1;
  };
  const entries = [...items]
    .slice(start, end)
    .map((item) => ({ item, order: item.order, key: by(item) }))
    .sort(compare);
  return {
    stretch: [0, entries.length],
    at: (position) => entries[position]?.item,
    positionOf(cursor) {
      const position = entries.findIndex((entry) => compare(entry, cursor) >= 0);
      return position === -1 ? entries.length : position;
    },
  };
}

/** The first position to be read: beyond the cursor, where there is one. */
function startOf(source: Source, cursor: Cursor | null, step: 1 | -1): number {
  const [first, end] = source.stretch;
  if (cursor === null) return step === 1 ? first : end - 1;
  const position = source.positionOf(cursor);
  if (step === -1) return Math.min(position, end) - 1;
  const isStillThere = source.at(position)?.order === cursor.order;
  return Math.max(position + (isStillThere ? 1 : 0), first);
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
  // None at all is what those ask for who only want the summary.
  return Math.min(limit, pageSize.most);
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
