import type { Listed } from '../world/ordered.ts';
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

/** What a list is read through: forwards or backwards, from a cursor, until the page is full. */
interface Direction {
  isDescending: boolean;
  /** Absent: the order in which things were made, which the list keeps, so that no page costs more than itself. */
  by?: (item: Listed) => number | string;
}

/** One page of a list: `limit`, `after` or `before`, `filtering`, `sort`. */
export function readPage(list: Listing, parameters: Map<string, string>, url: URL | null): Page {
  const options = list.options as unknown as ListingOptions<Listed>;
  const limit = readLimit(parameters.get('limit'));
  const direction = readSort(options, parameters.get('sort'));
  const keep = readFilter(options, parameters.get('filtering'));
  const visible = (item: Listed) => (options.visible?.(item) ?? true) && keep(item);
  const before = readCursor(parameters.get('before'));
  const source = direction.by ? sorted(list, direction.by) : list.items;
  const backwards = before !== null;
  const cursor = before ?? readCursor(parameters.get('after'));
  const step = direction.isDescending === backwards ? 1 : -1;
  const found: Listed[] = [];
  let position = startOf(source, cursor, step, direction.by !== undefined);
  // One more than asked for tells whether there is another page.
  for (; found.length <= limit; position += step) {
    const item = source.at(position);
    if (!item) break;
    if (visible(item)) found.push(item);
  }
  const hasMore = found.length > limit;
  const items = found.slice(0, limit);
  if (backwards) items.reverse();
  return {
    items,
    ...describePage(items, { isFirst: cursor === null || (backwards && !hasMore), hasMore, backwards, url }),
  };
}

interface Source {
  size: number;
  at(position: number): Listed | undefined;
  positionOf(order: number): number;
}

/** A list in another order than the one it is kept in. */
function sorted(list: Listing, by: (item: Listed) => number | string): Source {
  const items = [...list.items].sort((one, other) => {
    const [left, right] = [by(one), by(other)];
    return left === right ? one.order - other.order : left < right ? -1 : 1;
  });
  return {
    size: items.length,
    at: (position) => items[position],
    positionOf: (order) => items.findIndex((item) => item.order === order),
  };
}

/** The first position beyond the cursor. Negative ones hold nothing. */
function startOf(source: Source, cursor: number | null, step: 1 | -1, isSorted: boolean): number {
  if (cursor === null) return step === 1 ? 0 : source.size - 1;
  const position = source.positionOf(cursor);
  if (isSorted) return position === -1 ? source.size : position + step;
  const isStillThere = source.at(position)?.order === cursor;
  return step === 1 ? position + (isStillThere ? 1 : 0) : position - 1;
}

function describePage(
  items: Listed[],
  page: { isFirst: boolean; hasMore: boolean; backwards: boolean; url: URL | null },
): Pick<Page, 'paging'> {
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return {};
  const cursors = { before: writeCursor(first), after: writeCursor(last) };
  const hasNext = page.backwards || page.hasMore;
  return {
    paging: {
      cursors,
      ...(hasNext && page.url ? { next: link(page.url, 'after', cursors.after) } : {}),
      ...(!page.isFirst && page.url ? { previous: link(page.url, 'before', cursors.before) } : {}),
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

const writeCursor = (item: Listed): string => Buffer.from(`cursor:${item.order}`).toString('base64url');

function readCursor(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const order = /^cursor:(\d+)$/.exec(Buffer.from(text, 'base64url').toString())?.[1];
  if (order === undefined) throw badParameter('Invalid cursor');
  return Number(order);
}
