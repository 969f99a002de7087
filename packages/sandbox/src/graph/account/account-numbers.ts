import type { Waba } from '../../world/assets.ts';
import { createPhone } from '../../world/make.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../frame/call.ts';
import { GraphError } from '../frame/errors.ts';
import { optionalBoolean, required } from '../frame/input.ts';
import { type Edge, listing } from '../frame/node-type.ts';
import { checkDisplayName, reviewFirstName } from '../number/display-name.ts';
import { phoneNode } from '../number/phone-node.ts';
import { messagingTier } from '../number/phone-status.ts';
import { askedNumber, migrationSource, numberRefusal, refuseKnown, takenNumber } from './number-origin.ts';
import { isRestricted, refuseBanned } from './waba-access.ts';

/** Meta: Phone numbers › Limits: what a portfolio can have at first, and once it is verified. */
const mostNumbers = { notVerified: 2, verified: 20 };

const operators = ['EQUAL', 'IN'] as const;

/** `/{waba}/phone_numbers`. Meta: WhatsApp Business Management API › Phone numbers. */
export const accountNumbers: Edge<Waba> = {
  get: (waba, { world }) =>
    listing(phoneNode, waba.numbers, {
      filters: {
        account_mode: { operators, read: () => 'LIVE' },
        messaging_limit_tier: {
          operators,
          read: (phone) => messagingTier(world, waba, phone) ?? 'TIER_NOT_SET',
        },
        is_official_business_account: { operators, read: () => 'false' },
      },
      sorts: {
        'creation_time.asc': { direction: 'ascending' },
        'creation_time.desc': { direction: 'descending' },
        'last_onboarded_time.asc': { direction: 'ascending', by: ({ onboardedAt }) => onboardedAt },
        'last_onboarded_time.desc': { direction: 'descending', by: ({ onboardedAt }) => onboardedAt },
      },
    }),
  post: addNumber,
};

function addNumber(waba: Waba, call: Call): { id: string } {
  const { world, parameters } = call;
  refuseBanned(waba);
  if (isRestricted(call, waba, 'RESTRICTED_ADD_PHONE_NUMBER_ACTION')) {
    throw numberRefusal(2388107, 'This WhatsApp Business Account is restricted from adding phone numbers.');
  }
  const isMigration = optionalBoolean(parameters, 'migrate_phone_number') ?? false;
  // Meta: Migrate a number between accounts: one that moves has a name already.
  const verifiedName = isMigration ? parameters.get('verified_name') : required(parameters, 'verified_name');
  if (verifiedName !== undefined) checkDisplayName('verified_name', verifiedName);
  const preverified = takenNumber(waba, call);
  const displayNumber = preverified?.displayNumber ?? askedNumber(parameters);
  const source = isMigration ? migrationSource(world, waba, displayNumber) : null;
  if (!isMigration) refuseKnown(world, waba, displayNumber);
  checkRoom(world, waba);
  const phone = createPhone(world, waba, {
    displayNumber: source?.displayNumber ?? displayNumber,
    verifiedName: verifiedName ?? source?.verifiedName ?? '',
    verified: preverified !== null,
  });
  if (preverified) preverified.claimedBy = waba.id;
  if (source) {
    phone.migratesFrom = source.id;
    // Meta: Migrate a number between accounts: name and quality come along.
    Object.assign(phone, { nameStatus: source.nameStatus, quality: source.quality });
  } else {
    reviewFirstName(world, phone);
  }
  return { id: phone.id };
}

function checkRoom(world: World, waba: Waba): void {
  const business = world.businesses.get(waba.businessId);
  if (!business) return;
  const most = business.verification === 'verified' ? mostNumbers.verified : mostNumbers.notVerified;
  let count = 0;
  for (const { numbers } of business.owned) count += numbers.size;
  if (count < most) return;
  throw new GraphError({
    message: '(#200) Phone number limit exceeded for this WhatsApp Business Account',
    type: 'OAuthException',
    code: 200,
    subcode: 1349175,
    user: {
      title: 'Limit Exceeded',
      message: 'You have reached the maximum number of phone numbers for this account',
    },
    status: 403,
  });
}
