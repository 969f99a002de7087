import type { MetaError } from 'whatsapp-embedded-signup/protocol';
import type { Row } from '../graph/table/row.ts';
import { rowOf, rowOfSubcode } from '../graph/table/table.ts';
import { ads } from './signup/ads.ts';
import type { SignupErrors } from './signup/area.ts';
import { business } from './signup/business.ts';
import { businessApp } from './signup/business-app.ts';
import { number } from './signup/number.ts';
import { person } from './signup/person.ts';
import { sharing } from './signup/sharing.ts';
import { system } from './signup/system.ts';

/** What Meta's window says when it cannot go on, by code. */
export const signupErrors: SignupErrors = {
  ...ads,
  ...person,
  ...business,
  ...number,
  ...sharing,
  ...system,
  ...businessApp,
};

const retries: Record<Row['again'], MetaError['retry']> = {
  soon: 'later',
  rate: 'later',
  wait: 'later',
  mended: 'yes',
  no: 'no',
};

/**
 * What one of Meta's codes means, of its window before the Graph API; undefined for a code that is in neither list.
 *
 * @param subcode of the Graph API, where the code alone says too little
 */
export function describeError(code: string, subcode?: string): MetaError | undefined {
  // Nothing that is no number gets near the names of an object.
  if (!/^\d{1,10}$/.test(code)) return undefined;
  const inWindow = signupErrors[code];
  if (inWindow) return { code, source: 'signup', ...inWindow };
  const row =
    rowOf(Number(code), subcode && /^\d{1,10}$/.test(subcode) ? Number(subcode) : undefined) ??
    rowOfSubcode(Number(code));
  if (!row) return undefined;
  const { message, hint, who, again } = row;
  return { code, source: 'graph', message, hint, who, retry: retries[again] };
}
