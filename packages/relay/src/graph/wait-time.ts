import type { Json } from './client.ts';
import { dayMs, hourMs, minuteMs } from './table/row.ts';

/** How long Meta wants to be left alone: from headers, and from the sentence that explains an error. */

/** No wait of Meta's is longer; a time beyond it is a mistake, and must not park a customer for ever. */
const LONGEST_MS = 7 * dayMs;

/**
 * Milliseconds until Meta takes calls again, by what an answer's headers say; undefined where they say nothing.
 *
 * @param now milliseconds since 1970, for a `Retry-After` that names a date
 */
export function waitOf(headers: Headers, now: number): number | undefined {
  return longest([
    retryAfter(headers.get('retry-after'), now),
    businessUsage(headers.get('x-business-use-case-usage')),
    appUsage(headers.get('x-app-usage')),
  ]);
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function retryAfter(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : date - now;
}

/** `{"<id>": [{"estimated_time_to_regain_access": minutes, …}]}` (Meta: Graph API › Rate Limits › Business use case). */
function businessUsage(text: string | null): number | undefined {
  const entries = Object.values(parse(text)).flatMap((list) => (Array.isArray(list) ? list : []));
  return longest(entries.map((entry) => timesMinute(entry?.estimated_time_to_regain_access)));
}

/**
 * `{"call_count": percent, …}` of the calls of a rolling hour (Meta: Graph API › Rate Limits › Platform). It names no
 * time; what is too much has to grow old first, which takes its share of the hour.
 */
function appUsage(text: string | null): number | undefined {
  const { call_count, total_time, total_cputime } = parse(text);
  const used = Math.max(...[call_count, total_time, total_cputime].filter(isNumber), 0);
  return used > 100 ? Math.ceil(hourMs * (1 - 100 / used)) : undefined;
}

const units: readonly [RegExp, number][] = [
  [/^s/i, 1000],
  [/^m/i, minuteMs],
  [/^h/i, hourMs],
  [/^d/i, dayMs],
];

/**
 * Milliseconds that a sentence of Meta's names, as in "Try again in 43198 seconds." Only the time is kept: the
 * sentence can repeat what was sent.
 *
 * @param data `error_data`: `{details}`, or a text
 */
export function waitIn(data: unknown): number | undefined {
  const details = typeof data === 'object' && data !== null && 'details' in data ? data.details : data;
  if (typeof details !== 'string') return undefined;
  const times = details
    .slice(0, 1000)
    .matchAll(/(\d{1,7})\s*(s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?)\b/gi);
  return longest(
    [...times].map(([, count, unit = '']) => {
      const length = units.find(([name]) => name.test(unit))?.[1];
      return length === undefined ? undefined : Number(count) * length;
    }),
  );
}

function parse(text: string | null): Json {
  try {
    const json: unknown = JSON.parse(text ?? '');
    return typeof json === 'object' && json !== null ? (json as Json) : {};
  } catch {
    return {};
  }
}

function timesMinute(minutes: unknown): number | undefined {
  return isNumber(minutes) ? minutes * minuteMs : undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** The longest of the times that were named; a time that is over counts as none. */
export function longest(times: readonly (number | undefined)[]): number | undefined {
  const ahead = times.filter((time) => time !== undefined && time > 0) as number[];
  return ahead.length === 0 ? undefined : Math.min(Math.max(...ahead), LONGEST_MS);
}
