/** What the customer can report from inside the dialog. Meta: Embedded Signup › Flow errors. */
export const reports = [
  { code: '2593037', message: 'The verification code could not be sent.' },
  { code: '2388093', message: 'The verification code was not accepted.' },
  { code: '2388098', message: 'This business has reached its limit of WhatsApp Business accounts.' },
  { code: '2655049', message: 'This account is already shared with another partner.' },
  { code: '2655093', message: 'The number is already connected to another partner.' },
  { code: '3441045', message: 'This number is not eligible for the platform yet.' },
  { code: '2655089', message: 'This WhatsApp Business account is restricted.' },
  { code: '3441003', message: 'Something went wrong.' },
] as const;

/** What `data.current_step` can name. Meta: Embedded Signup › Flow errors. */
export const steps = [
  'BUSINESS_ACCOUNT_SELECTION',
  'WABA_PHONE_PROFILE_PICKER',
  'WHATSAPP_BUSINESS_PROFILE_SETUP',
  'PHONE_NUMBER_SETUP',
  'PHONE_NUMBER_VERIFICATION',
  'PERMISSIONS',
] as const;
