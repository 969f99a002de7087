/** A place where the sandbox keeps to Meta's documentation and not to Meta's OpenAPI file. */
export interface Exception {
  operation: string;
  /** As `Disagreement.at` and `.keyword` in file.ts. */
  at: string;
  keyword: string;
  why: string;
}

/** The file has these as plain lists; the Graph API wraps every list that stands among the fields. */
const expansion = 'Graph API › Field expansion: an edge among the fields is {data: […]}.';

export const exceptions: readonly Exception[] = [
  ...['subscribed_apps', 'message_templates', 'phone_numbers'].map((edge) => ({
    operation: 'GET /{Version}/{WABA-ID}',
    at: `response/${edge}`,
    keyword: 'type',
    why: expansion,
  })),
  {
    operation: 'GET /{Version}/{WABA-ID}',
    at: 'response/business_verification_status',
    keyword: 'enum',
    why: 'Graph API › Business › verification_status: the values are in lower case, and not_verified is one.',
  },
  {
    operation: 'GET /{Version}/{WABA-ID}/phone_numbers',
    at: 'response/data/*/status',
    keyword: 'enum',
    why: 'WhatsApp Business Phone Number › status: a number in use is CONNECTED, as the file’s own node has it.',
  },
];

/** Operations of the file that are no routes of the sandbox. */
export const notServed: Readonly<Record<string, string>> = {
  'POST /whatsapp/webhooks':
    'What Meta sends, not what it takes: the webhooks’ own tests hold it to the file.',
};
