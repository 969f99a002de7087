import { randomText } from '../random.ts';
import type { Token } from './access.ts';
import type { Business } from './assets.ts';
import type { Install } from './installs.ts';
import type { World } from './world.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** A new token, alive from now on. */
export function mintToken(world: World, token: Omit<Token, 'token' | 'issuedAt' | 'ended'>): Token {
  const minted: Token = {
    ...token,
    token: `EAA${randomText(world.random, 80)}`,
    issuedAt: world.clock.now(),
    ended: null,
  };
  world.tokens.set(minted.token, minted);
  return minted;
}

/** A token of the business integration system user, for what a dialog granted or for less. */
export function mintBusinessToken(
  world: World,
  business: Business,
  installed: Install,
  grant: { wabaIds: readonly string[]; scopes: readonly string[]; tokenDays: number | null },
): Token {
  const token = mintToken(world, {
    appId: installed.appId,
    kind: 'business',
    userId: installed.userId,
    userName: installed.userName,
    businessId: business.id,
    scopes: grant.scopes,
    wabaIds: grant.wabaIds,
    expiresAt: grant.tokenDays === null ? null : world.clock.now() + grant.tokenDays * dayMs,
  });
  installed.token = token.token;
  return token;
}
