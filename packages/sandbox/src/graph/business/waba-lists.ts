import type { Business, Waba } from '../../world/assets.ts';
import { reaches } from '../../world/installs.ts';
import type { Ordered } from '../../world/ordered.ts';
import { maySeeWaba } from '../account/waba-access.ts';
import { wabaNode } from '../account/waba-node.ts';
import { type Call, requirePermission } from '../frame/call.ts';
import { type Edge, type ListingOptions, listing } from '../frame/node-type.ts';

/** Accounts that the business owns. Meta: Business › Owned WhatsApp business accounts. */
export const ownedAccounts: Edge<Business> = edgeOf(({ owned }) => owned);

/** Accounts of customers that were shared with the business. Meta: Business › Client WhatsApp business accounts. */
export const clientAccounts: Edge<Business> = edgeOf(({ clients }) => clients);

function edgeOf(read: (business: Business) => Ordered<Waba>): Edge<Business> {
  return {
    check: (_business, { caller }) => requirePermission(caller, 'whatsapp_business_management'),
    get: (business, call) => listing(wabaNode, read(business), optionsFor(call)),
  };
}

/** Meta: WhatsApp Business Management API › Get list of owned and shared accounts: filters, sorting, `find`. */
function optionsFor(call: Call): ListingOptions<Waba> {
  const wanted = call.parameters.get('find');
  return {
    visible: (waba) =>
      (wanted === undefined || waba.id === wanted) &&
      maySeeWaba(call, waba) &&
      reaches(call.world, call.caller.app, waba.businessId),
    filters: {
      creation_time: ({ createdAt }) => Math.floor(createdAt / 1000),
      partners: (waba) => partnersOf(call, waba),
    },
    sorts: {
      creation_time_ascending: { direction: 'ascending' },
      creation_time_descending: { direction: 'descending' },
    },
  };
}

/** The businesses that an account was shared with: those of apps, since sharing is how a signup ends. */
function partnersOf({ world }: Call, waba: Waba): string[] {
  const partners = new Set([...world.apps.values()].map((app) => app.businessId));
  return [...partners].filter((id) => world.businesses.get(id)?.clients.has(waba));
}
