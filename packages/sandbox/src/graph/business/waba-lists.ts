import type { Business, Waba } from '../../world/assets.ts';
import { reaches } from '../../world/installs.ts';
import { mayUse } from '../../world/may-use.ts';
import { type Ordered, orderedOf } from '../../world/ordered.ts';
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
    get: (business, call) => {
      const wanted = call.parameters.get('find');
      const accounts =
        wanted === undefined ? read(business) : only(read(business), call.world.wabas.get(wanted));
      return listing(wabaNode, accounts, optionsFor(business, call));
    },
  };
}

/** Meta: WhatsApp Business Management API › Get list of owned and shared accounts: filters, sorting, `find`. */
function optionsFor(business: Business, call: Call): ListingOptions<Waba> {
  const visible = (waba: Waba) =>
    maySeeWaba(call, waba) && reaches(call.world, call.caller.app, waba.businessId);
  return {
    ...(seesAll(business, call) ? {} : { visible }),
    filters: {
      creation_time: {
        operators: ['GREATER_THAN', 'LESS_THAN'],
        read: ({ createdAt }) => Math.floor(createdAt / 1000),
        isOrder: true,
      },
      // No order tells whom an account is shared with, so this one looks at every account.
      partners: { operators: ['ALL', 'ANY'], read: (waba) => partnersOf(call, waba) },
    },
    sorts: {
      creation_time_ascending: { direction: 'ascending' },
      creation_time_descending: { direction: 'descending' },
    },
  };
}

/** A system user's token of the business itself, with an app for everyone: none of its accounts is left out. */
function seesAll(business: Business, { caller }: Call): boolean {
  if (caller.kind !== 'token' || caller.token.wabaIds !== 'all') return false;
  return caller.token.businessId === business.id && mayUse(caller.app, '') === 'yes';
}

/** The one account of the list, if it is there. */
function only(accounts: Ordered<Waba>, wanted: Waba | undefined): Ordered<Waba> {
  return orderedOf(wanted && accounts.has(wanted) ? [wanted] : []);
}

/** The businesses that an account was shared with: those of apps, since sharing is how a signup ends. */
function partnersOf({ world }: Call, waba: Waba): string[] {
  const partners = new Set([...world.apps.values()].map((app) => app.businessId));
  return [...partners].filter((id) => world.businesses.get(id)?.clients.has(waba));
}
