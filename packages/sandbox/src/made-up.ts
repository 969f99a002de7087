import { pick, type Random } from './random.ts';

const places = [
  'Harbour',
  'Juniper',
  'Lantern',
  'Meadow',
  'Copper',
  'Willow',
  'Saffron',
  'Northwind',
  'Pebble',
  'Cedar',
] as const;

const trades = [
  'Bakery',
  'Books',
  'Bicycles',
  'Florist',
  'Coffee',
  'Dental',
  'Optics',
  'Pottery',
  'Travel',
  'Yoga',
] as const;

export const madeUpBusiness = (random: Random): string => `${pick(random, places)} ${pick(random, trades)}`;

/**
 * A display number from the range 555-0100 to 555-0199, which North America keeps free for fiction in every area.
 * There are 57,600, so that two customers hardly ever get the same.
 */
export function madeUpNumber(random: Random): string {
  const digit = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  // No area code has a nine in its middle, nor two ones at its end.
  const area = `${digit(2, 9)}${digit(0, 8)}${digit(2, 9)}`;
  const line = String(digit(0, 99)).padStart(2, '0');
  return `+1 ${area}-555-01${line}`;
}
