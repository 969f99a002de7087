import { madeUpBusiness, madeUpNumber } from '../made-up.ts';
import type { AccountDetails } from '../outcomes.ts';
import type { Random } from '../random.ts';

/** What the dialog's forms start with. Every value is valid, so that one can click straight through. */
export interface Prefill {
  businessName: string;
  website: string;
  email: string;
  accountName: string;
  displayName: string;
  displayNumber: string;
}

/**
 * First what the queued answer says, then `extras.setup`, the rest made up.
 * Meta: WhatsApp Embedded Signup › Pre-filled data.
 */
export function createPrefill(
  extras: Record<string, unknown>,
  given: AccountDetails,
  random: Random,
): Prefill {
  const business = at(extras, 'setup', 'business');
  const phone = at(extras, 'setup', 'phone');
  const businessName = given.businessName ?? text(business, 'name') ?? madeUpBusiness(random);
  const accountName = given.accountName ?? businessName;
  const site = `${businessName.toLowerCase().replace(/[^a-z0-9]+/g, '') || 'business'}.example`;
  const email = text(business, 'email');
  return {
    businessName,
    website: text(business, 'website') ?? `https://${site}`,
    email: email && /^[^@\s]+@[^@\s]+$/.test(email) ? email : `hello@${site}`,
    accountName,
    displayName: given.displayName ?? text(phone, 'displayName') ?? accountName,
    displayNumber: given.displayNumber ?? readNumber(at(business, 'phone')) ?? madeUpNumber(random),
  };
}

function readNumber(phone: unknown): string | undefined {
  const number = `+${text(phone, 'code') ?? ''} ${text(phone, 'number') ?? ''}`;
  return /^\+\d{1,3} [\d -]{5,16}$/.test(number) ? number : undefined;
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    return typeof inner === 'object' && inner !== null ? (Reflect.get(inner, key) as unknown) : undefined;
  }, value);
}

function text(value: unknown, key: string): string | undefined {
  const found = at(value, key);
  if (typeof found !== 'string' && typeof found !== 'number') return undefined;
  return String(found).slice(0, 120) || undefined;
}
