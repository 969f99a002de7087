import type { StepError } from 'whatsapp-embedded-signup/protocol';

/**
 * What can stand in the way of a Solution Partner's two steps. Nobody of it is the customer's to mend, and none of
 * it undoes what else was connected.
 */
export const sentences = {
  'system-user-token-invalid': {
    message: 'Meta no longer accepts the system user’s token.',
    hint: 'Make a new token for the system user, set META_SYSTEM_USER_TOKEN, then try again.',
  },
  'system-user-not-admin': {
    message: 'The system user may not assign itself to the account.',
    hint: 'Make it an Admin in the business settings, with whatsapp_business_management in its token, then try again.',
  },
  'system-user-unknown': {
    message: 'Meta does not take the system user for one of the partner’s business.',
    hint: 'Check META_SYSTEM_USER_ID and META_BUSINESS_ID against the business settings, then try again.',
  },
  'system-user-not-assigned': {
    message: 'The system user is not assigned to the account.',
    hint: 'Assign it by hand in the business settings with full control of the account, then try again.',
  },
  'account-not-visible': {
    message: 'The partner’s business does not see the account.',
    hint: 'Check that META_BUSINESS_ID owns the Meta app, and that the customer still shares the account, then try again.',
  },
  'finance-editor-missing': {
    message: 'The system user may not share the credit line.',
    hint: 'Give it the role Admin or Finance editor in the business settings, and business_management in its token, then try again.',
  },
  'credit-line-missing': {
    message: 'The credit line is not there, or the system user does not see it.',
    hint: 'Check META_CREDIT_LINE_ID against the business settings, and that the system user is Admin or Finance editor, then try again.',
  },
  'credit-terms': {
    message: 'Meta does not let the partner share its credit line yet.',
    hint: 'Accept the Credit Allocation terms in the business settings under Billing; if they are, check that the token has business_management. Then try again.',
  },
  'credit-refused': {
    message: 'Meta did not put the account on the credit line.',
    hint: 'An account keeps its first credit line and currency: check RELAY_CREDIT_CURRENCY, or onboard a new account.',
  },
  'credit-not-attached': {
    message: 'The credit line was shared, but the account is not paid for by it.',
    hint: 'Look at the account’s payment settings in WhatsApp Manager, then try again.',
  },
  'credit-not-revoked': {
    message: 'Meta did not take the credit line back.',
    hint: 'Try again; if it happens again, revoke it by hand in the business settings under Billing.',
  },
  'credit-cap-reached': {
    message: 'The credit line was shared with as many accounts in 24 hours as the settings allow.',
    hint: 'It is shared when the time has come. RELAY_CREDIT_DAILY_CAP sets how many.',
  },
} as const satisfies Record<string, Pick<StepError, 'message' | 'hint'>>;

export type PartnerErrorCode = keyof typeof sentences;

export function partnerError(code: PartnerErrorCode, meta?: StepError['meta']): StepError {
  return { code, ...sentences[code], who: whoMends(code), ...(meta && { meta }) };
}

function whoMends(code: PartnerErrorCode): NonNullable<StepError['who']> {
  return code === 'credit-cap-reached' ? 'wait' : 'partner';
}
