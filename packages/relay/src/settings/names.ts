import { camelCase } from './source.ts';

/** Every setting of the product, by what this version does with it. */

/** Each portal may have its own. */
const ofPortals = [
  'META_APP_ID',
  'META_APP_SECRET',
  'META_CONFIG_ID',
  'RELAY_ORIGINS',
  'RELAY_FLOWS',
  'RELAY_ROLE',
  'RELAY_SESSIONS',
  'RELAY_API_KEY',
  'RELAY_DATA_REGION',
  'RELAY_CREDIT',
  'RELAY_CREDIT_CURRENCY',
  'RELAY_CREDIT_DAILY_CAP',
  'META_SOLUTION_ID',
  'META_SYSTEM_USER_TOKEN',
  'META_SYSTEM_USER_ID',
  'META_BUSINESS_ID',
  'META_CREDIT_LINE_ID',
] as const;

/** One for the whole relay, from the environment. */
const ofRelay = [
  'RELAY_KEY',
  'RELAY_PUBLIC_URL',
  'RELAY_PROXIES',
  'DATABASE_URL',
  'META_GRAPH_URL',
  'META_GRAPH_VERSION',
  'META_SDK_URL',
  'HOST',
  'PORT',
] as const;

/** Settings whose other values a later version will understand. Ignoring one would do less than was asked for. */
export const onlyValue: Readonly<Record<string, string>> = {
  RELAY_TOKENS: 'keep',
  RELAY_TOKEN_EXPORT: 'off',
  META_LOGIN: 'business',
};

/** Settings that do nothing yet. They are accepted, and named when the relay starts. */
export const notUsedYet: readonly string[] = [
  'RELAY_CALLBACK_URL',
  'RELAY_CALLBACK_SECRET',
  'RELAY_WEBHOOK_OVERRIDE_URL',
  'RELAY_WEBHOOK_OVERRIDE_VERIFY_TOKEN',
  'RELAY_WEBHOOK_FIELDS',
  'RELAY_RETENTION_DAYS',
  'RELAY_METRICS_PORT',
  'META_WEBHOOK_VERIFY_TOKEN',
];

const keysOf = (names: readonly string[]): ReadonlySet<string> =>
  new Set(names.map(camelCase).flatMap((key) => [key, `${key}File`]));

const everyKey = keysOf([...ofPortals, ...ofRelay, ...Object.keys(onlyValue), ...notUsedYet]);
const relayKeys = keysOf(ofRelay);

/** What a key in a portal's entry is: one to read, one that counts for the whole relay alone, or none at all. */
export function kindOfKey(key: string): 'portal' | 'relay' | 'unknown' {
  if (relayKeys.has(key)) return 'relay';
  return everyKey.has(key) ? 'portal' : 'unknown';
}
