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

const areas = ['212', '303', '415', '503', '617', '702', '808', '919'] as const;

export const madeUpBusiness = (random: Random): string => `${pick(random, places)} ${pick(random, trades)}`;

/** A display number from the range 555-0100 to 555-0199, which North America keeps free for fiction. */
export function madeUpNumber(random: Random): string {
  const line = String(Math.floor(random() * 100)).padStart(2, '0');
  return `+1 ${pick(random, areas)}-555-01${line}`;
}
