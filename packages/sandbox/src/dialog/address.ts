/** The parts of `extras.setup.business.address`, under the names of their fields. Meta: Pre-filled data. */
export const addressParts = {
  streetAddress1: 'Address line 1',
  streetAddress2: 'Address line 2',
  city: 'City',
  state: 'State',
  zipPostal: 'ZIP',
} as const;

export type AddressPart = keyof typeof addressParts;

/** The address as a profile has it: one text of at most 256 characters. Meta: Cloud API › Business profiles. */
export function oneLine(parts: Partial<Record<string, string>>): string {
  return Object.keys(addressParts)
    .map((name) => parts[name]?.trim() ?? '')
    .filter(Boolean)
    .join(', ')
    .slice(0, 256);
}
