import { accountExamples } from './account-examples.ts';
import type { Example } from './example.ts';
import { numberExamples } from './number-examples.ts';
import { templateExamples } from './template-examples.ts';

/** What each field's webhook looks like. Meta: WhatsApp Business Platform › Webhooks. */
const examples: Readonly<Record<string, Example>> = {
  ...accountExamples,
  ...numberExamples,
  ...templateExamples,
};

/** The fields that have an example. */
export const exampleFields: readonly string[] = Object.keys(examples);

export const exampleOf = (field: string): Example | undefined =>
  Object.hasOwn(examples, field) ? examples[field] : undefined;
