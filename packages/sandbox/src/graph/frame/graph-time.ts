/** A moment as the Graph API writes it: `2026-11-22T15:04:05+0000`. `at`: milliseconds since 1970. */
export function graphTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, '+0000');
}
