/**
 * A prefix and a UUID of version 7 (RFC 9562), as in `onb_0193…`: unguessable, and in order of time, which keeps
 * index pages together.
 *
 * @param time milliseconds since 1970
 */
export function newId(prefix: 'onb' | 'msg' | 'reg' | 'aud', time: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Buffer.from(bytes).toString('hex');
  const stamp = time.toString(16).padStart(12, '0').slice(-12);
  const variant = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return `${prefix}_${stamp}7${hex.slice(13, 16)}${variant.toString(16)}${hex.slice(18)}`;
}
