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

/** Puts a fault in the way of whoever calls next. */
export async function strikeOnce({ sandbox }: Stage, chance: Chance): Promise<string> {
  const path = chance.pick(paths);
  const kind = chance.pick(kinds);
  await sandbox.control('faults', {
    match: { path },
    kind,
    times: 1,
    ...(kind === 'latency' || kind === 'slow-body' ? { ms: chance.whole(100, 800) } : {}),
    ...(kind === 'graph-error' ? { code: 2, isTransient: true } : {}),
  });
  return `${kind} ${path}`;
}
