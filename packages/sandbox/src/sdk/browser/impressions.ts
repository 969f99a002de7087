import { encodeQuery, guid } from './environment.ts';
import type { State } from './state.ts';

/** Tells Meta what the page does, as the SDK does around every login; nothing waits for it. */
export function report({ hosts, appId }: State, payload: Record<string, unknown>): void {
  const query = encodeQuery({
    api_key: appId,
    lid: 117,
    payload: JSON.stringify({ ...payload, source: 'jssdk' }),
  });
  fetch(`${hosts.www}/platform/impression.php/${guid()}/?${query}`, {
    mode: 'no-cors',
    credentials: 'omit',
  }).catch(() => undefined);
}
