import type { Business } from '../../world/assets.ts';
import { businessSystemUsers } from '../business/business-system-users.ts';
import type { Edge } from '../frame/node-type.ts';
import { extendedCredits } from './credit-line-node.ts';
import { onboardToMarketing } from './marketing-requests.ts';
import { addPhoneNumber, preverifiedNumbers } from './preverified-numbers.ts';
import { sharePreverified } from './preverified-sharing.ts';

/** What a business has to do with as a Solution Partner. */
export const partnerEdges: Readonly<Record<string, Edge<Business>>> = {
  system_users: businessSystemUsers,
  extendedcredits: extendedCredits,
  add_phone_numbers: addPhoneNumber,
  preverified_numbers: preverifiedNumbers,
  share_preverified_numbers: sharePreverified,
  onboard_partners_to_mm_lite: onboardToMarketing,
};
