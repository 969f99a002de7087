/** What a list can hold: `order` grows with every object that is made, and is never given twice. */
export interface Listed {
  id: string;
  order: number;
}

/** Objects in the order in which they were made, to be read from any place without counting up to it. */
export interface Ordered<T extends Listed> extends Iterable<T> {
  readonly size: number;
  at(position: number): T | undefined;
  /** Does nothing where it is listed already. */
  add(item: T): void;
  remove(item: T): boolean;
  has(item: T): boolean;
  /** The position of the first object whose order is `order` or greater. */
  positionOf(order: number): number;
  /** The position of the first object that `is` true of, which must be true of all behind it too. */
  firstWhere(is: (item: T) => boolean): number;
}

/** A list of what is there already. */
export function orderedOf<T extends Listed>(items: Iterable<T>): Ordered<T> {
  const ordered = createOrdered<T>();
  for (const item of items) ordered.add(item);
  return ordered;
}

export function createOrdered<T extends Listed>(): Ordered<T> {
  const items: T[] = [];

  function firstWhere(is: (item: T) => boolean): number {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const item = items[middle];
      if (item && !is(item)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const positionOf = (order: number): number => firstWhere((item) => item.order >= order);

  const has = (item: T): boolean => items[positionOf(item.order)] === item;

  return {
    get size() {
      return items.length;
    },
    at: (position) => items[position],
    add(item) {
      if (!has(item)) items.splice(positionOf(item.order), 0, item);
    },
    remove(item) {
      if (!has(item)) return false;
      items.splice(positionOf(item.order), 1);
      return true;
    },
    has,
    positionOf,
    firstWhere,
    [Symbol.iterator]: () => items[Symbol.iterator](),
  };
}
