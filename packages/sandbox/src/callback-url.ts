import { isLoopback } from './loopback.ts';

/** Whether something may be sent there. Meta takes https alone; a sandbox on loopback also what else runs there. */
export function isCallbackUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(url));
}
