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
  {
    operation: 'GET /{Version}/{Phone-Number-ID}/call_permissions',
    at: 'response/permission/status',
    keyword: 'enum',
    why: 'Cloud API › Calling › Obtain user call permissions: no_permission, temporary or permanent.',
  },
  {
    operation: 'POST /{Version}/{Phone-Number-ID}/calls',
    at: 'response',
    keyword: 'oneOf',
    why: 'Neither of the file’s two shapes asks for anything, so every answer is both and none is exactly one.',
  },
  ...['code', 'prefilled_message', 'deep_link_url'].map((name) => ({
    operation: 'GET /{Version}/{Phone-Number-ID}/message_qrdls/{QR-Code-ID}',
    at: `response/${name}`,
    keyword: 'required',
    why: 'WhatsApp Business Management API › QR codes: {data: […]}, as the file’s own text and examples have it.',
  })),
  {
    operation: 'GET /{Version}/{Phone-Number-ID}/official_business_account',
    at: 'response/oba_status',
    keyword: 'enum',
    why: 'Official Business Accounts › Getting the status: NOT_STARTED where nobody applied.',
  },
  ...['grievance_officer_details', 'customer_care_details'].map((person) => ({
    operation: 'POST /{Version}/{Phone-Number-ID}/business_compliance_info',
    at: `request/${person}/mobile_number`,
    keyword: 'pattern',
    why: 'The file’s pattern is escaped twice: it asks for a backslash, which its own example has not.',
  })),
];
