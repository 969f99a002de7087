/** The digits of a number, however it is written. */
export const digitsOf = (text: string): string => text.replace(/\D/g, '');

/**
 * A number as Meta prints it, from what a person writes: a plus, the country's code, and 7 to 15 digits in all, with
 * what people put between them. Null: that is no number.
 */
export function readDisplayNumber(text: string): string | null {
  const digits = digitsOf(text);
  const isNumber = /^\s*\+[\d\s().-]+$/.test(text) && /^[1-9]\d{6,14}$/.test(digits);
  return isNumber ? displayNumber(digits) : null;
}

/** A number as Meta prints it: North America's as `+1 415-555-0134`, others as `+49 301 2345678`. */
export function displayNumber(digits: string): string {
  const prefix = callingCode(digits);
  const rest = digits.slice(prefix.length);
  if (prefix === '1' && rest.length === 10)
    return `+1 ${rest.slice(0, 3)}-${rest.slice(3, 6)}-${rest.slice(6)}`;
  // Short ones stay whole.
  return rest.length > 7 ? `+${prefix} ${rest.slice(0, 3)} ${rest.slice(3)}` : `+${prefix} ${rest}`;
}

/** ITU-T E.164: zones 1 and 7 have one digit, these zones' first countries two, all others three. */
const twoDigits = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);

export function callingCode(digits: string): string {
  if (/^[17]/.test(digits)) return digits.slice(0, 1);
  return digits.slice(0, twoDigits.has(digits.slice(0, 2)) ? 2 : 3);
}
