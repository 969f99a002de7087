import { dayMs } from '../durations.ts';
import type { Token } from './access.ts';
import type { Business } from './assets.ts';
import type { Install } from './installs.ts';
import { uniqueText } from './unique-text.ts';
import type { World } from './world.ts';

/** A new token, alive from now on, for as many milliseconds; null: for ever. */
export function mintToken(
  world: World,
  token: Omit<Token, 'token' | 'issuedAt' | 'expiresAt' | 'ended'>,
  lifetimeMs: number | null,
): Token {
  const issuedAt = world.clock.now();
  const minted: Token = {
    ...token,
    token: `EAA${uniqueText(world, 80)}`,
    issuedAt,
    expiresAt: lifetimeMs === null ? null : issuedAt + lifetimeMs,
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
  const { appId, userId, userName } = installed;
  const { scopes, wabaIds, tokenDays } = grant;
  const token = mintToken(
    world,
    { appId, kind: 'business', userId, userName, businessId: business.id, scopes, wabaIds },
    tokenDays === null ? null : tokenDays * dayMs,
  );
  installed.token = token.token;
  return token;
}
