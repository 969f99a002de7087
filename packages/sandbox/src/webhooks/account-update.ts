import { digitsOf } from '../phone-digits.ts';
import type { AccountRestriction, Waba } from '../world/assets.ts';
import type { Disconnection } from '../world/happening.ts';
import type { World } from '../world/world.ts';
import type { Notice } from './notice.ts';

// Meta: Webhooks › account_update. What concerns the partnership names the account in `waba_info`, and its
// entry the partner's business; everything else names the account in its entry.

type Rest = Record<string, unknown>;

/** About the account itself, told to the apps that subscribed to it. */
export function aboutAccount(waba: Waba, event: string, rest: Rest = {}): Notice {
  return {
    field: 'account_update',
    value: { ...rest, event },
    entryId: waba.id,
    audience: { of: 'account', wabaId: waba.id, phoneId: null },
  };
}

/** About the partnership, told to the partner's own apps whether or not they subscribed to the account. */
function aboutPartnership(
  waba: Waba,
  partner: { businessId: string; appId: string | null },
  event: string,
  rest: { info?: Rest; value?: Rest } = {},
): Notice {
  const info = { waba_id: waba.id, owner_business_id: waba.businessId, ...rest.info };
  return {
    field: 'account_update',
    value: { event, waba_info: info, ...rest.value },
    entryId: partner.businessId,
    audience: { of: 'partner', ...partner },
  };
}

/** With a Multi-Partner Solution both partners are named. */
function solutionInfo(world: World, waba: Waba): Rest {
  if (waba.solutionId === null) return {};
  const solution = world.solutions.get(waba.solutionId);
  const partners = solution
    ? [solution.ownerAppId, solution.partnerAppId].flatMap((id) => world.apps.get(id)?.businessId ?? [])
    : [];
  return { solution_id: waba.solutionId, solution_partner_business_ids: partners };
}

/** A signup ended, or the account was shared in Meta's settings. */
export const partnerAdded = (world: World, waba: Waba, businessId: string): Notice =>
  aboutPartnership(waba, { businessId, appId: null }, 'PARTNER_ADDED', { info: solutionInfo(world, waba) });

export const partnerRemoved = (
  waba: Waba,
  businessId: string,
  disconnection: Disconnection | null = null,
): Notice =>
  aboutPartnership(waba, { businessId, appId: null }, 'PARTNER_REMOVED', {
    value: disconnection ? { disconnection_info: disconnectionInfo(disconnection) } : {},
  });

/**
 * The customer left in the WhatsApp Business app: it names the number, and its entry the account. Meta: Onboarding
 * WhatsApp Business app users › Offboarding.
 */
export const numberDisconnected = (
  waba: Waba,
  businessId: string,
  displayNumber: string,
  disconnection: Disconnection,
): Notice => ({
  field: 'account_update',
  value: {
    phone_number: digitsOf(displayNumber),
    event: 'PARTNER_REMOVED',
    disconnection_info: disconnectionInfo(disconnection),
  },
  entryId: waba.id,
  audience: { of: 'partner', businessId, appId: null },
});

const disconnectionInfo = ({ reason, initiatedBy }: Disconnection) => ({ reason, initiated_by: initiatedBy });

interface PartnerApp {
  businessId: string;
  appId: string;
}

export const appInstalled = (world: World, waba: Waba, partner: PartnerApp): Notice =>
  aboutPartnership(waba, partner, 'PARTNER_APP_INSTALLED', {
    info: { partner_app_id: partner.appId, ...solutionInfo(world, waba) },
  });

export const appUninstalled = (waba: Waba, partner: PartnerApp): Notice =>
  aboutPartnership(waba, partner, 'PARTNER_APP_UNINSTALLED', { info: { partner_app_id: partner.appId } });

export const adAccountLinked = (waba: Waba, businessId: string, adAccountId: string): Notice =>
  aboutPartnership(waba, { businessId, appId: null }, 'AD_ACCOUNT_LINKED', {
    info: { ad_account_linked: adAccountId },
  });

export const marketingTermsSigned = (waba: Waba, businessId: string): Notice =>
  aboutPartnership(waba, { businessId, appId: null }, 'MM_LITE_TERMS_SIGNED');

/** `at` in milliseconds since 1970; told as a date in words. */
export const disabledUpdate = (
  waba: Waba,
  state: 'DISABLE' | 'REINSTATE' | 'SCHEDULE_FOR_DISABLE',
  at: number,
): Notice =>
  aboutAccount(waba, 'DISABLED_UPDATE', {
    ban_info: {
      waba_ban_state: state,
      waba_ban_date: new Date(at).toLocaleDateString('en-US', {
        dateStyle: 'long',
        timeZone: 'UTC',
      }),
    },
  });

export const accountViolation = (waba: Waba, type: string): Notice =>
  aboutAccount(waba, 'ACCOUNT_VIOLATION', { violation_info: { violation_type: type } });

export const accountRestriction = (waba: Waba, restrictions: readonly AccountRestriction[]): Notice =>
  aboutAccount(waba, 'ACCOUNT_RESTRICTION', {
    restriction_info: restrictions.map(({ type, expiresAt }) => ({
      restriction_type: type,
      ...(expiresAt === null ? {} : { expiration: Math.floor(expiresAt / 1000) }),
    })),
  });
