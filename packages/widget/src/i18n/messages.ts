import { en } from './en.ts';

const sentences: Readonly<Record<string, string>> = en;

/** A sentence by its name, or nothing where there is none. Asked at each render, so that languages can come. */
export function say(name: string): string {
  return sentences[name] ?? '';
}
