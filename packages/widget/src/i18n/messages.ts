import { en, type Messages } from './en.ts';

/** Languages by their primary tag. */
const tables: Readonly<Record<string, Messages>> = { en };

/** The sentences for a language tag such as `pt-BR`; English where there is no table. Asked at each render. */
export function messagesFor(lang: string): Messages {
  return tables[lang.toLowerCase().split(/[-_]/, 1)[0] ?? ''] ?? en;
}
