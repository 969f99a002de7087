import type { Configuration } from '../world/access.ts';

/** Every generation of Embedded Signup that a page can ask for. Meta: Embedded Signup › Versions. */
export const versions = [
  'v2',
  'v3',
  'v2-public-preview',
  'v3-public-preview',
  'v4',
  'v4-public-preview',
] as const;

export type Version = (typeof versions)[number];

/** `extras.version`, else the generation that the configuration was made for. */
export function readVersion(extras: Record<string, unknown>, configuration: Configuration): Version {
  return versions.find((version) => version === extras.version) ?? configuration.version;
}

/** Which messages a dialog posts. Meta: Embedded Signup › Versions › Session info logging. */
export interface MessageRule {
  isPosted: boolean;
  /** Stands in every message before v4, and in none since. */
  version: 3 | null;
  /** Session info 2 named the number and the account only. */
  namesBusiness: boolean;
}

export function messageRule(version: Version, extras: Record<string, unknown>): MessageRule {
  if (version.startsWith('v4')) return { isPosted: true, version: null, namesBusiness: true };
  if (version !== 'v2') return { isPosted: true, version: 3, namesBusiness: true };
  const asked = String(extras.sessionInfoVersion ?? '');
  return { isPosted: asked !== '', version: 3, namesBusiness: asked !== '2' };
}
