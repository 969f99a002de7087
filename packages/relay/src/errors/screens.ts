/** The screen that a customer left, by `current_step` (Meta: Embedded Signup › Errors). Meta adds screens. */
const screens: Readonly<Record<string, string>> = {
  BUSINESS_ACCOUNT_SELECTION: 'choosing or adding the business portfolio',
  WABA_PHONE_PROFILE_PICKER: 'choosing the WhatsApp account',
  WHATSAPP_BUSINESS_PROFILE_SETUP: 'making a WhatsApp account',
  PHONE_NUMBER_SETUP: 'entering the phone number',
  PHONE_NUMBER_VERIFICATION: 'entering the code that was sent to the number',
  PERMISSIONS: 'looking at the permissions',
};

/** The step as Meta spells it and what a person did there; Meta's list prints the names in angle brackets. */
export function screenOf(step: string): { step: string; screen: string | null } {
  const name = step.replace(/^<(.*)>$/, '$1');
  return { step: name, screen: Object.hasOwn(screens, name) ? (screens[name] ?? null) : null };
}
