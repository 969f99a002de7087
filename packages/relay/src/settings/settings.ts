import type { FlowName } from 'whatsapp-embedded-signup/protocol';
import type { SealingKey } from '../seal.ts';
import type { Secret } from '../secret.ts';
import type { Partner } from './partner.ts';

/** A page's settings: one Meta app and configuration, and the origins that may use them. */
export interface Portal extends Partner {
  name: string;
  appId: string;
  /** Newest first; the others still verify what Meta signed while the secret is rotated. */
  appSecrets: readonly [Secret, ...Secret[]];
  /** Exact origins, as browsers send them. */
  origins: readonly string[];
  /** For the site's backend; newest first. None: there are no backend routes. */
  apiKeys: readonly Secret[];
  /** `server`: only the site's backend may start a session. */
  sessions: 'browser' | 'server';
  flows: Readonly<Partial<Record<FlowName, { configId: string; extras: Record<string, unknown> }>>>;
}

/** The relay's SQLite file, or a Postgres that several relays may share. */
export type Database = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: Secret };

/** Everything a relay is started with, read once. */
export interface Settings {
  portals: ReadonlyMap<string, Portal>;
  /** Where people reach the relay, path included and without a slash at its end; null where nobody said. */
  publicUrl: string | null;
  /** How many trusted proxies stand before the relay, each of which appends to `X-Forwarded-For`. */
  proxies: number;
  graph: { url: string; version: string };
  sdkUrl: string;
  /** First seals, all open. Empty only in development, where a key is made beside the database. */
  keys: readonly SealingKey[];
  database: Database;
  host: string;
  port: number;
  /** `NODE_ENV` is not `production`. */
  development: boolean;
  /** Settings that somebody set and that this version does nothing with, as their messages call them. */
  unused: readonly string[];
}

/** Settings that are wrong or missing, all of them at once. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'settings-invalid';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The settings are not complete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** The newest Graph API version this relay was written against (Meta: Graph API › Changelog, v26.0, July 2026). */
export const newestGraphVersion = 'v26.0';
