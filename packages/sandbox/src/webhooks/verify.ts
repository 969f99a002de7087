import type { Random } from '../random.ts';
import { randomDigits } from '../random.ts';

/**
 * The verification handshake: Meta asks the callback with a challenge, and the callback answers it with 200.
 * Gives what was wrong, or null. Meta: Webhooks › Getting started › Verification requests.
 */
export async function verifyCallback(
  callback: { url: string; verifyToken: string },
  means: { fetch: typeof fetch; random: Random },
): Promise<string | null> {
  const challenge = randomDigits(means.random, 10);
  const url = new URL(callback.url);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', callback.verifyToken);
  try {
    const response = await means.fetch(url, { redirect: 'manual' });
    if (response.status !== 200) return `HTTP Status Code = ${response.status}`;
    const echoed = (await response.text()).trim();
    return echoed === challenge ? null : 'The response did not match the challenge.';
  } catch {
    return 'The callback could not be reached.';
  }
}
