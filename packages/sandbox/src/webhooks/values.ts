import { digitsOf } from '../phone-digits.ts';
import type { Phone, Template, Waba } from '../world/assets.ts';
import type { Decision, QualityEvent } from '../world/happening.ts';
import type { Notice } from './notice.ts';

// The management fields but `account_update`. Meta: WhatsApp Business Platform › Webhooks, one page a field.

/** Anything about an account, told to the apps that subscribed to it. */
export const ofAccount = (
  waba: Waba,
  field: string,
  value: unknown,
  phoneId: string | null = null,
): Notice => ({ field, value, entryId: waba.id, audience: { of: 'account', wabaId: waba.id, phoneId } });

export const accountReview = (waba: Waba, decision: Decision): Notice =>
  ofAccount(waba, 'account_review_update', { decision });

export const nameReview = (waba: Waba, phone: Phone, name: string, decision: Decision): Notice =>
  ofAccount(
    waba,
    'phone_number_name_update',
    {
      display_phone_number: digitsOf(phone.displayNumber),
      decision,
      requested_verified_name: name,
      rejection_reason: decision === 'REJECTED' ? 'NAME_NOT_RELATED_TO_BUSINESS' : null,
    },
    phone.id,
  );

/** Both the limit's old name and its new one: Meta's page still has the two. */
export const numberQuality = (
  waba: Waba,
  phone: Phone,
  event: QualityEvent,
  limit: { now: string; before?: string },
): Notice =>
  ofAccount(
    waba,
    'phone_number_quality_update',
    {
      display_phone_number: digitsOf(phone.displayNumber),
      event,
      ...(limit.before === undefined ? {} : { old_limit: limit.before }),
      current_limit: limit.now,
      max_daily_conversations_per_business: limit.now,
    },
    phone.id,
  );

/** `PIN_REQUEST_SUCCESS` is Meta's own spelling of a finished reset. */
export type SecurityEvent = 'PIN_CHANGED' | 'PIN_RESET_REQUEST' | 'PIN_REQUEST_SUCCESS';

/** `requester`: the person in Meta Business Suite; Meta names them for a reset request alone. */
export const security = (waba: Waba, phone: Phone, event: SecurityEvent, requester?: string): Notice =>
  ofAccount(
    waba,
    'security',
    {
      display_phone_number: digitsOf(phone.displayNumber),
      event,
      ...(requester === undefined ? {} : { requester }),
    },
    phone.id,
  );

/** What a webhook tells of a template. */
export type NamedTemplate = Pick<Template, 'id' | 'name' | 'language' | 'category' | 'rejectedReason'>;

/** Template ids are numbers here, and strings everywhere else. */
const templateInfo = ({ id, name, language }: NamedTemplate) => ({
  message_template_id: Number(id),
  message_template_name: name,
  message_template_language: language,
});

/** `at` in milliseconds since 1970. */
export function templateStatus(waba: Waba, template: NamedTemplate, event: string, at: number): Notice {
  const reason = reasonOf(template, event);
  return ofAccount(waba, 'message_template_status_update', {
    event,
    ...templateInfo(template),
    reason,
    message_template_category: template.category,
    ...(event === 'DISABLED' ? { disable_info: { disable_date: String(Math.floor(at / 1000)) } } : {}),
    ...(event === 'PAUSED'
      ? {
          other_info: {
            title: 'FIRST_PAUSE',
            description: 'Your WhatsApp message template has been paused.',
          },
        }
      : {}),
    ...(reason === 'INVALID_FORMAT'
      ? {
          rejection_info: {
            reason: 'Variables are next to each other without text between them.',
            recommendation: 'Put text between the variables.',
          },
        }
      : {}),
  });
}

/** Meta: Webhooks › message_template_status_update › reason. */
function reasonOf({ rejectedReason }: NamedTemplate, event: string): string | null {
  if (event === 'PENDING_DELETION') return null;
  if (event !== 'REJECTED') return 'NONE';
  return rejectedReason === 'NONE' ? 'INVALID_FORMAT' : rejectedReason;
}

export const templateQuality = (waba: Waba, template: NamedTemplate): Notice =>
  ofAccount(waba, 'message_template_quality_update', {
    previous_quality_score: 'GREEN',
    new_quality_score: 'YELLOW',
    ...templateInfo(template),
  });

export const templateComponents = (waba: Waba, template: NamedTemplate): Notice =>
  ofAccount(waba, 'message_template_components_update', {
    ...templateInfo(template),
    message_template_element: 'Thank you for your order, {{1}}!',
    message_template_title: 'Your order',
    message_template_footer: 'Reply STOP to opt out',
    message_template_buttons: [
      {
        message_template_button_type: 'URL',
        message_template_button_text: 'See your order',
        message_template_button_url: 'https://shop.example/orders/{{1}}',
      },
    ],
  });

export const templateCategory = (waba: Waba, template: NamedTemplate): Notice =>
  ofAccount(waba, 'template_category_update', {
    ...templateInfo(template),
    previous_category: 'UTILITY',
    new_category: 'MARKETING',
  });

/** About a partnership of two: each partner is told, and the entry is its own business. */
export const solutionUpdate = (
  businessId: string,
  solution: { id: string; status: string },
  event: 'SOLUTION_CREATED' | 'SOLUTION_UPDATED',
): Notice => ({
  field: 'partner_solutions',
  value: { event, solution_id: solution.id, solution_status: solution.status },
  entryId: businessId,
  audience: { of: 'partner', businessId, appId: null },
});
