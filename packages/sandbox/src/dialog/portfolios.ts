import { verificationStatus } from '../graph/number/verification.ts';
import type { Business, PreverifiedNumber, Waba } from '../world/assets.ts';
import type { Ordered } from '../world/ordered.ts';
import { isPartner } from '../world/partner.ts';
import { isOffered } from '../world/preverified.ts';
import type { World } from '../world/world.ts';
import type { Account, Portfolio } from './page-data.ts';

/** As many as a person looks through; a sandbox may hold ten thousand. */
const most = 40;

/** The newest portfolios, and the one and the account that the page named. Those of partners are no customers'. */
export function listPortfolios(
  world: World,
  named: string | null,
  namedAccount: string | null = null,
): Portfolio[] {
  const all = [...world.businesses.values()].filter(({ id }) => !isPartner(world, id));
  const newest = all.slice(-most).reverse();
  const wanted = named === null ? undefined : world.businesses.get(named);
  if (wanted && !newest.includes(wanted)) newest.push(wanted);
  const account = namedAccount === null ? undefined : world.wabas.get(namedAccount);
  return newest.map((business) => describe(world, business, account));
}

function describe(world: World, { id, name, owned }: Business, named: Waba | undefined): Portfolio {
  const accounts = newestOf(owned);
  if (named?.businessId === id && !accounts.includes(named)) accounts.push(named);
  return { id, name, accounts: accounts.map((waba) => describeAccount(world, waba)) };
}

function describeAccount(world: World, { id, name, numbers }: Waba): Account {
  return {
    id,
    name,
    numbers: newestOf(numbers).map((phone) => ({
      id: phone.id,
      displayNumber: phone.displayNumber,
      isVerified: verificationStatus(world, phone) === 'VERIFIED',
      isOnApp: phone.onBusinessApp,
    })),
  };
}

function newestOf<T extends { id: string; order: number }>(list: Ordered<T>): T[] {
  return Array.from({ length: Math.min(list.size, most) }, (_, back) => list.at(list.size - 1 - back)).filter(
    (item) => item !== undefined,
  );
}

/** Meta: Pre-verified numbers: only the first is shown, and only while the partner may give it away. */
export function offeredNumber(
  world: World,
  partnerId: string,
  id: string | undefined,
): PreverifiedNumber | null {
  const number = id === undefined ? undefined : world.preverified.get(id);
  return number && isOffered(number, partnerId) ? number : null;
}

/** The newest that the partner may give away. */
export function offeredNumbers(world: World, partnerId: string): PreverifiedNumber[] {
  return [...world.preverified.values()].filter((number) => isOffered(number, partnerId)).slice(-most);
}
