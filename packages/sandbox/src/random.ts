/** A source of numbers from 0 to below 1, such as `Math.random`. */
export type Random = () => number;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** One of `items`. */
export function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** `length` letters and digits. */
export function randomText(random: Random, length: number): string {
  let text = '';
  while (text.length < length) text += letters[Math.floor(random() * letters.length)];
  return text;
}

/** `length` digits, the first of them not zero: an id as Meta's look. */
export function randomDigits(random: Random, length: number): string {
  const rest = Array.from({ length: length - 1 }, () => Math.floor(random() * 10));
  return `${1 + Math.floor(random() * 9)}${rest.join('')}`;
}
