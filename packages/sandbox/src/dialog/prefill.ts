import { madeUpBusiness, madeUpNumber } from '../made-up.ts';
import type { AccountDetails, ProfileDetails } from '../outcomes.ts';
import { readDisplayNumber } from '../phone-digits.ts';
import type { Business, Waba } from '../world/assets.ts';
import { isPartner } from '../world/partner.ts';
import type { World } from '../world/world.ts';
import { type AddressPart, addressParts, oneLine } from './address.ts';
import { at, firstId, text } from './extras.ts';
import { isEmail, isWebsite } from './formats.ts';
import { offeredNumber } from './portfolios.ts';
import { isVertical } from './verticals.ts';

/** What a name's field holds. */
const longestName = 120;

/** What the dialog's forms start with. Every value is valid, so that one can click straight through. */
export interface Prefill {
  /** A portfolio that exists; null: a new one. */
  businessId: string | null;
  /** An account of that portfolio; null: a new one. */
  wabaId: string | null;
  /** Whether that account has a number to be taken again. */
  hasNumber: boolean;
  /** A number that the partner verified beforehand. */
  preverified: { id: string; displayNumber: string } | null;
  businessName: string;
  website: string;
  email: string;
  country: string;
  address: Record<AddressPart, string>;
  /** As the page gave it, such as `UTC-07:00`; empty where it gave none. */
  timezone: string;
  accountName: string;
  displayName: string;
  category: string;
  description: string;
  displayNumber: string;
}

/**
 * What `extras.setup` says, the rest made up. A portfolio that is not there falls back to a new one, and a name
 * that one has already takes that one. Meta: WhatsApp Embedded Signup › Pre-filled data.
 */
export function createPrefill(world: World, partnerId: string, extras: Record<string, unknown>): Prefill {
  const business = at(extras, 'setup', 'business');
  const phone = at(extras, 'setup', 'phone');
  const account = findAccount(world, business, extras);
  const known = account ? world.businesses.get(account.businessId) : findPortfolio(world, business);
  const businessName = text(business, 'name') ?? madeUpBusiness(world.random);
  // A part of a host name has 63 characters at the most. RFC 1035.
  const host =
    businessName
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '')
      .slice(0, 63) || 'business';
  const site = `${host}.example`;
  const email = text(business, 'email') ?? '';
  const website = text(business, 'website', 256) ?? '';
  const address = at(business, 'address');
  const country = text(address, 'country')?.toUpperCase() ?? '';
  const category = text(phone, 'category') ?? '';
  const offered = offeredNumber(world, partnerId, firstId(at(extras, 'setup', 'preVerifiedPhone', 'ids')));
  return {
    businessId: known?.id ?? null,
    wabaId: account?.id ?? null,
    hasNumber: account !== null && account.numbers.size > 0,
    preverified: offered && { id: offered.id, displayNumber: offered.displayNumber },
    businessName,
    website: isWebsite(website) ? website : `https://${site}`,
    email: isEmail(email) ? email : `hello@${site}`,
    country: /^[A-Z]{2}$/.test(country) ? country : 'US',
    address: readAddress(address),
    timezone: text(business, 'timezone') ?? '',
    accountName: (known?.name ?? businessName).slice(0, longestName),
    displayName: text(phone, 'displayName') ?? (known?.name ?? businessName).slice(0, longestName),
    category: isVertical(category) ? category : 'OTHER',
    description: text(phone, 'description', 512) ?? '',
    displayNumber: readNumber(at(business, 'phone')) ?? freeNumber(world),
  };
}

/** What a person would connect who takes everything as it stands. */
export function prefilledDetails(prefill: Prefill): AccountDetails {
  const { businessId, wabaId, preverified } = prefill;
  if (wabaId !== null) return { wabaId };
  return {
    ...(businessId === null ? { businessName: prefill.businessName } : { businessId }),
    accountName: prefill.accountName,
    displayName: prefill.displayName,
    country: prefill.country,
    ...(preverified ? { preverifiedId: preverified.id } : { displayNumber: prefill.displayNumber }),
    profile: profileOf(prefill),
  };
}

/** In the names of `whatsapp_business_profile`. Meta: Cloud API › Business profiles. */
function profileOf(
  given: Pick<Prefill, 'category' | 'description' | 'email' | 'website' | 'address'>,
): ProfileDetails {
  const address = oneLine(given.address);
  return {
    vertical: given.category,
    ...(given.description ? { description: given.description } : {}),
    ...(given.email ? { email: given.email } : {}),
    ...(address ? { address } : {}),
    ...(given.website ? { websites: [given.website] } : {}),
  };
}

function findPortfolio(world: World, business: unknown): Business | undefined {
  const id = text(business, 'id');
  const byId = id === undefined ? undefined : world.businesses.get(id);
  const name = text(business, 'name');
  const known = byId ?? [...world.businesses.values()].find((candidate) => candidate.name === name);
  return known && isPartner(world, known.id) ? undefined : known;
}

/** An account of a customer, and of no other business than the page named. Meta's page writes both `ids` and `id`. */
function findAccount(world: World, business: unknown, extras: Record<string, unknown>): Waba | null {
  const named = at(extras, 'setup', 'whatsAppBusinessAccount');
  const waba = world.wabas.get(firstId(at(named, 'ids')) ?? firstId(at(named, 'id')) ?? '');
  const businessId = text(business, 'id');
  if (!waba || isPartner(world, waba.businessId)) return null;
  return businessId === undefined || businessId === waba.businessId ? waba : null;
}

function readNumber(phone: unknown): string | null {
  return readDisplayNumber(`+${text(phone, 'code')?.replace('+', '') ?? ''} ${text(phone, 'number') ?? ''}`);
}

function readAddress(address: unknown): Prefill['address'] {
  const read = (name: string) => text(address, name) ?? '';
  return Object.fromEntries(
    Object.keys(addressParts).map((name) => [name, read(name)]),
  ) as Prefill['address'];
}

/** A made-up number that no account has yet, as long as there are some. */
function freeNumber(world: World): string {
  const taken = new Set([...world.phones.values()].map(({ displayNumber }) => displayNumber));
  let number = madeUpNumber(world.random);
  for (let tries = 0; taken.has(number) && tries < 50; tries++) number = madeUpNumber(world.random);
  return number;
}
