/** A place where the sandbox keeps to Meta's documentation and not to Meta's OpenAPI file. */
export interface Exception {
  operation: string;
  /** As `Disagreement.at` and `.keyword` in file.ts. */
  at: string;
  keyword: string;
  why: string;
}

export const exceptions: readonly Exception[] = [];

/** Operations of the file that are no routes of the sandbox. */
export const notServed: Readonly<Record<string, string>> = {
  'POST /whatsapp/webhooks':
    'What Meta sends, not what it takes: the webhooks’ own tests hold it to the file.',
};
