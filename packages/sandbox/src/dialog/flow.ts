import type { FlowKind } from './page-data.ts';
import type { Version } from './version.ts';

/** Which way through the dialog. */
export interface Flow {
  kind: FlowKind;
  /** The previews ask for the number before anything else. Meta: Embedded Signup › Version 4 Public Preview. */
  isNumberFirst: boolean;
  /** v2 wants a verified number; since v3 one may leave it unverified, or add one later. */
  needsVerifiedNumber: boolean;
  /** Whether the number itself may turn out to be on the WhatsApp Business app. */
  detectsBusinessApp: boolean;
}

/**
 * What `extras.featureType` and `extras.features` make of a version. What a version does not know is passed
 * over, and the standard flow comes. Meta: Embedded Signup › Versions.
 */
export function readFlow(version: Version, extras: Record<string, unknown>): Flow {
  return {
    kind: readKind(version, extras),
    isNumberFirst: version.endsWith('public-preview'),
    needsVerifiedNumber: version.startsWith('v2'),
    detectsBusinessApp: version === 'v4-public-preview',
  };
}

function readKind(version: Version, { featureType, features }: Record<string, unknown>): FlowKind {
  if (version === 'v4-public-preview') return 'standard';
  if (featureType === 'whatsapp_business_app_onboarding') return 'coexistence';
  if (featureType === 'only_waba_sharing' && version.startsWith('v2')) return 'only-waba';
  const isAppOnly = Array.isArray(features) && features.some(isAppOnlyInstall);
  return isAppOnly && version !== 'v2' ? 'app-only' : 'standard';
}

const isAppOnlyInstall = (feature: unknown) =>
  typeof feature === 'object' && feature !== null && Reflect.get(feature, 'name') === 'app_only_install';
