import type { Chance } from './chance.ts';
import type { Stage } from './stage.ts';

/** Meta's calls in an onboarding, as a part of their path. */
const paths = [
  '/oauth/access_token',
  '/debug_token',
  '/phone_numbers',
  '/subscribed_apps',
  '/register',
  '/assigned_users',
  '/whatsapp_credit_sharing_and_attach',
  '/smb_app_data',
  '/request_code',
  '/verify_code',
] as const;

/** The worst of them comes most often: Meta did it, and nobody heard. */
const kinds = [
  'commit-then-drop',
  'commit-then-drop',
  'commit-then-drop',
  'drop-before',
  'half-body',
  'slow-body',
  'latency',
  '500',
  '503',
  'html',
  'graph-error',
] as const;

/**
 * What every run has: a call that Meta did nothing of and that is sent again, so that a second PIN or a second share
 * would be seen, and calls that it did and that must not be sent again.
 */
const sure = [
  ['500', '/register'],
  ['commit-then-drop', '/whatsapp_credit_sharing_and_attach'],
  ['commit-then-drop', '/smb_app_data'],
  ['commit-then-drop', '/oauth/access_token'],
] as const;

export async function strikeSurely(stage: Stage): Promise<string[]> {
  return Promise.all(sure.map(([kind, path]) => strike(stage, kind, path)));
}

/** Puts a fault in the way of whoever calls next. */
export async function strikeOnce(stage: Stage, chance: Chance): Promise<string> {
  return strike(stage, chance.pick(kinds), chance.pick(paths), chance.whole(100, 800));
}

async function strike(
  { sandbox }: Stage,
  kind: (typeof kinds)[number],
  path: (typeof paths)[number],
  ms = 0,
): Promise<string> {
  await sandbox.control('faults', {
    match: { path },
    kind,
    times: 1,
    ...(kind === 'latency' || kind === 'slow-body' ? { ms } : {}),
    ...(kind === 'graph-error' ? { code: 2, isTransient: true } : {}),
  });
  return `${kind} ${path}`;
}
