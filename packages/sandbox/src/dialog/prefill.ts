import { madeUpBusiness, madeUpNumber } from '../made-up.ts';
import type { AccountDetails, ProfileDetails } from '../outcomes.ts';
import type { Business } from '../world/assets.ts';
import { isPartner } from '../world/partner.ts';
import type { World } from '../world/world.ts';
import { at, firstId, text } from './extras.ts';
import { offeredNumber } from './portfolios.ts';
import { isVertical } from './verticals.ts';

/** What the dialog's forms start with. Every value is valid, so that one can click straight through. */
export interface Prefill {
  /** A portfolio that exists; null: a new one. */
  businessId: string | null;
  /** An account of that portfolio; null: a new one. */
  wabaId: string | null;
  /** A number that the partner verified beforehand. */
  preverified: { id: string; displayNumber: string } | null;
  businessName: string;
  website: string;
  email: string;
  country: string;
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
  const known = findPortfolio(world, business);
  const businessName = text(business, 'name') ?? madeUpBusiness(world.random);
  const site = `${businessName.toLowerCase().replace(/[^a-z0-9]+/g, '') || 'business'}.example`;
  const email = text(business, 'email');
  const country = text(at(business, 'address'), 'country')?.toUpperCase() ?? '';
  const category = text(phone, 'category') ?? '';
  const offered = offeredNumber(world, partnerId, firstId(at(extras, 'setup', 'preVerifiedPhone', 'ids')));
  return {
    businessId: known?.id ?? null,
    wabaId: known ? findAccount(world, known, extras) : null,
    preverified: offered && { id: offered.id, displayNumber: offered.displayNumber },
    businessName,
    website: text(business, 'website') ?? `https://${site}`,
    email: email && /^[^@\s]+@[^@\s]+$/.test(email) ? email : `hello@${site}`,
    country: /^[A-Z]{2}$/.test(country) ? country : 'US',
    accountName: known?.name ?? businessName,
    displayName: text(phone, 'displayName') ?? known?.name ?? businessName,
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
function profileOf(given: Pick<Prefill, 'category' | 'description' | 'email' | 'website'>): ProfileDetails {
  return {
    vertical: given.category,
    ...(given.description ? { description: given.description } : {}),
    ...(given.email ? { email: given.email } : {}),
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

/** Meta's page writes both `ids` and `id` for the list. */
function findAccount(world: World, business: Business, extras: Record<string, unknown>): string | null {
  const named = at(extras, 'setup', 'whatsAppBusinessAccount');
  const id = firstId(at(named, 'ids')) ?? firstId(at(named, 'id'));
  return id !== undefined && world.wabas.get(id)?.businessId === business.id ? id : null;
}

function readNumber(phone: unknown): string | undefined {
  const number = `+${text(phone, 'code') ?? ''} ${text(phone, 'number') ?? ''}`;
  return /^\+\d{1,3} [\d -]{5,16}$/.test(number) ? number : undefined;
}

/** A made-up number that no account has yet, as long as there are some. */
function freeNumber(world: World): string {
  const taken = new Set([...world.phones.values()].map(({ displayNumber }) => displayNumber));
  let number = madeUpNumber(world.random);
  for (let tries = 0; taken.has(number) && tries < 50; tries++) number = madeUpNumber(world.random);
  return number;
}
