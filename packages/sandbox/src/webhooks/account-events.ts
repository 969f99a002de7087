import { fixedCredentials } from '../credentials.ts';
import { dayMs } from '../durations.ts';
import { digitsOf } from '../phone-digits.ts';
import type { Waba } from '../world/assets.ts';
import type { World } from '../world/world.ts';
import * as update from './account-update.ts';
import type { Notice } from './notice.ts';

/** A partner that works on an account, and its app. */
export interface Partner {
  businessId: string;
  appId: string;
}

interface Subject {
  world: World;
  waba: Waba;
  partner: Partner;
}

const seconds = (at: number): number => Math.floor(at / 1000);

/** Each event of `account_update` with its real shape. Meta: Webhooks › account_update. */
const examples = {
  PARTNER_ADDED: ({ world, waba, partner }) => update.partnerAdded(world, waba, partner.businessId),
  PARTNER_REMOVED: ({ waba, partner }) => update.partnerRemoved(waba, partner.businessId),
  PARTNER_APP_INSTALLED: ({ world, waba, partner }) => update.appInstalled(world, waba, partner),
  PARTNER_APP_UNINSTALLED: ({ waba, partner }) => update.appUninstalled(waba, partner),
  ACCOUNT_OFFBOARDED: ({ waba }) => update.aboutAccount(waba, 'ACCOUNT_OFFBOARDED'),
  ACCOUNT_RECONNECTED: ({ waba }) => update.aboutAccount(waba, 'ACCOUNT_RECONNECTED'),
  ACCOUNT_DELETED: ({ waba }) => update.aboutAccount(waba, 'ACCOUNT_DELETED'),
  VERIFIED_ACCOUNT: ({ waba }) =>
    update.aboutAccount(waba, 'VERIFIED_ACCOUNT', {
      phone_number: digitsOf(waba.numbers.at(0)?.displayNumber ?? '15550783881'),
    }),
  DISABLED_UPDATE: ({ world, waba }) => update.disabledUpdate(waba, 'DISABLE', world.clock.now()),
  ACCOUNT_VIOLATION: ({ waba }) => update.accountViolation(waba, 'SCAM'),
  ACCOUNT_RESTRICTION: ({ world, waba }) =>
    update.accountRestriction(waba, [
      { type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiresAt: world.clock.now() + 7 * dayMs },
    ]),
  PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE: ({ waba }) =>
    update.aboutAccount(waba, 'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE', {
      partner_client_certification_info: {
        client_business_id: waba.businessId,
        status: 'APPROVED',
        rejection_reasons: ['NONE'],
      },
    }),
  AD_ACCOUNT_LINKED: ({ waba, partner }) =>
    update.adAccountLinked(waba, partner.businessId, '980198427534243'),
  MM_LITE_TERMS_SIGNED: ({ waba, partner }) => update.marketingTermsSigned(waba, partner.businessId),
  BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE: ({ waba }) =>
    update.aboutAccount(waba, 'BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE', { country: waba.country }),
  AUTH_INTL_PRICE_ELIGIBILITY_UPDATE: ({ world, waba }) =>
    update.aboutAccount(waba, 'AUTH_INTL_PRICE_ELIGIBILITY_UPDATE', {
      auth_international_rate_eligibility: {
        exception_countries: [{ country_code: 'ID', start_time: seconds(world.clock.now() + 60 * dayMs) }],
        start_time: seconds(world.clock.now() + 30 * dayMs),
      },
    }),
  VOLUME_BASED_PRICING_TIER_UPDATE: ({ world, waba }) =>
    update.aboutAccount(waba, 'VOLUME_BASED_PRICING_TIER_UPDATE', {
      volume_tier_info: {
        tier_update_time: seconds(world.clock.now()),
        pricing_category: 'UTILITY',
        tier: '25000001:50000000',
        effective_month: new Date(world.clock.now()).toISOString().slice(0, 7),
        region: 'India',
      },
    }),
} satisfies Readonly<Record<string, (subject: Subject) => Notice>>;

type AccountEvent = keyof typeof examples;

export const accountEvents = Object.keys(examples) as [AccountEvent, ...AccountEvent[]];

/** An `account_update` about this account. */
export const exampleAccountUpdate = (event: AccountEvent, subject: Subject): Notice =>
  examples[event](subject);

/** Whom an account was shared with, and its app; the ready-made one where it was shared with nobody. */
export function partnerOf(world: World, waba: Waba): Partner {
  const app = [...world.apps.values()].find(({ businessId }) =>
    world.businesses.get(businessId)?.clients.has(waba),
  );
  return {
    businessId: app?.businessId ?? fixedCredentials.businessId,
    appId: app?.id ?? fixedCredentials.appId,
  };
}
