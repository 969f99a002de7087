import { en, type Messages } from './en.ts';

/** Languages by their primary tag. */
const tables: Readonly<Record<string, Messages>> = { en };

/** Gives a sentence by its name, or nothing where there is none. */
export type Say = (name: string) => string;

/** The sentences for a language tag such as `pt-BR`; English where there is no table. Asked at each render. */
export function sayIn(lang: string): Say {
  const table: Readonly<Record<string, string>> = tables[lang.slice(0, 2)] ?? en;
  return (name) => table[name] ?? '';
}
