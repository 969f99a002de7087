import { fixedCredentials } from '../credentials.ts';
import type { Phone, Waba } from '../world/assets.ts';
import { decisions, qualityEvents } from '../world/happening.ts';
import type { World } from '../world/world.ts';
import { accountEvents, exampleAccountUpdate, type Partner } from './account-events.ts';
import type { Notice } from './notice.ts';
import * as traffic from './traffic.ts';
import * as value from './values.ts';

/** Whom an example is about. */
export interface ExampleSubject {
  world: World;
  waba: Waba;
  phone: Phone;
  /** Which of the field's events; the first where none is named. */
  event?: string | undefined;
}

interface Example {
  /** The events that it knows, where the field has any. */
  events?: readonly string[];
  make: (subject: ExampleSubject) => Notice;
}

const limit = { now: 'TIER_2K' };

/** An event of the example's own list, or the first of it. */
const chosen = <T extends string>(events: readonly [T, ...T[]], event: string | undefined): T =>
  events.find((known) => known === event) ?? events[0];

const templateEvents = [
  'APPROVED',
  'REJECTED',
  'PENDING',
  'PAUSED',
  'DISABLED',
  'FLAGGED',
  'REINSTATED',
  'IN_APPEAL',
  'LOCKED',
  'ARCHIVED',
  'UNARCHIVED',
  'DELETED',
  'PENDING_DELETION',
  'LIMIT_EXCEEDED',
] as const;

const securityEvents = ['PIN_CHANGED', 'PIN_RESET_REQUEST', 'PIN_REQUEST_SUCCESS'] as const;

const solutionEvents = ['SOLUTION_UPDATED', 'SOLUTION_CREATED'] as const;

/** What each field's webhook looks like, filled with what is there. Meta: WhatsApp Business Platform › Webhooks. */
const examples: Readonly<Record<string, Example>> = {
  account_update: {
    events: accountEvents,
    make: ({ world, waba, event = 'PARTNER_ADDED' }) =>
      exampleAccountUpdate(event, { world, waba, partner: partnerOf(world, waba) }) ??
      value.ofAccount(waba, 'account_update', { event }),
  },
  account_review_update: {
    events: decisions,
    make: ({ waba, event }) => value.accountReview(waba, chosen(decisions, event)),
  },
  account_alerts: {
    make: ({ world, waba }) => {
      const name = world.businesses.get(waba.businessId)?.name ?? waba.name;
      return value.ofAccount(waba, 'account_alerts', {
        entity_type: 'BUSINESS',
        entity_id: waba.businessId,
        alert_info: {
          alert_severity: 'WARNING',
          alert_status: 'ACTIVE',
          alert_type: 'INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED',
          alert_description: `Limits cannot be increased for your business ${name}. Use WhatsApp Business platform actively for several days and follow our messaging policies.`,
        },
      });
    },
  },
  business_capability_update: {
    make: ({ waba }) =>
      value.ofAccount(waba, 'business_capability_update', {
        max_daily_conversations_per_business: 2000,
        max_phone_numbers_per_waba: 25,
      }),
  },
  phone_number_name_update: {
    events: decisions,
    make: ({ waba, phone, event }) =>
      value.nameReview(waba, phone, phone.newName?.name ?? phone.verifiedName, chosen(decisions, event)),
  },
  phone_number_quality_update: {
    events: qualityEvents,
    make: ({ waba, phone, event = 'THROUGHPUT_UPGRADE' }) =>
      value.numberQuality(waba, phone, chosen(qualityEvents, event), limit),
  },
  security: {
    events: securityEvents,
    make: ({ waba, phone, event }) =>
      value.security(
        waba,
        phone,
        chosen(securityEvents, event),
        event === 'PIN_RESET_REQUEST' ? '61555822107539' : undefined,
      ),
  },
  message_template_status_update: {
    events: templateEvents,
    make: ({ world, waba, event }) =>
      value.templateStatus(waba, templateOf(waba), chosen(templateEvents, event), world.clock.now()),
  },
  message_template_quality_update: {
    make: ({ waba }) => value.templateQuality(waba, templateOf(waba)),
  },
  message_template_components_update: {
    make: ({ waba }) => value.templateComponents(waba, templateOf(waba)),
  },
  template_category_update: {
    make: ({ waba }) => value.templateCategory(waba, templateOf(waba)),
  },
  partner_solutions: {
    events: solutionEvents,
    make: ({ world, waba, event }) => {
      const [solution = { id: '774485461512159', status: 'ACTIVE' as const }] = world.solutions.values();
      return value.solutionUpdate(partnerOf(world, waba).businessId, solution, chosen(solutionEvents, event));
    },
  },
  payment_configuration_update: {
    make: ({ world, waba }) => {
      const now = Math.floor(world.clock.now() / 1000);
      return value.ofAccount(waba, 'payment_configuration_update', {
        configuration_name: 'shop-payments',
        provider_name: 'razorpay',
        provider_mid: 'acc_GP4lfNA0iIMn5B',
        status: 'Active',
        created_timestamp: now,
        updated_timestamp: now,
      });
    },
  },
  account_settings_update: {
    make: ({ world, waba, phone }) =>
      value.ofAccount(
        waba,
        'account_settings_update',
        {
          messaging_product: 'whatsapp',
          timestamp: String(Math.floor(world.clock.now() / 1000)),
          type: 'phone_number_settings',
          phone_number_settings: {
            phone_number_id: phone.id,
            calling: {
              status: 'ENABLED',
              call_icon_visibility: 'DEFAULT',
              callback_permission_status: 'ENABLED',
              call_hours: { status: 'DISABLED' },
              sip: { status: 'DISABLED' },
            },
          },
        },
        phone.id,
      ),
  },
  messages: {
    events: ['text', 'status'],
    make: ({ world, waba, phone, event }) =>
      event === 'status'
        ? traffic.messageStatus(world, waba, phone)
        : traffic.incomingText(world, waba, phone),
  },
  history: {
    events: ['chunk', 'declined'],
    make: ({ world, waba, phone, event }) =>
      event === 'declined'
        ? traffic.historyDeclined(waba, phone)
        : traffic.historyChunk(world, waba, phone, { phase: 0, chunk_order: 1, progress: 55 }),
  },
  smb_app_state_sync: { make: ({ world, waba, phone }) => traffic.contactSync(world, waba, phone) },
  smb_message_echoes: { make: ({ world, waba, phone }) => traffic.messageEcho(world, waba, phone) },
};

/** The fields that have an example. */
export const exampleFields: readonly string[] = Object.keys(examples);

export const exampleOf = (field: string): Example | undefined =>
  Object.hasOwn(examples, field) ? examples[field] : undefined;

/** Whom an account was shared with, and its app; the ready-made one where it was shared with nobody. */
export function partnerOf(world: World, waba: Waba): Partner {
  const app = [...world.apps.values()].find(({ businessId }) =>
    world.businesses.get(businessId)?.clients.has(waba),
  );
  return {
    businessId: app?.businessId ?? fixedCredentials.businessId,
    appId: app?.id ?? fixedCredentials.appId,
  };
}

function templateOf(waba: Waba): value.NamedTemplate {
  return (
    waba.templates.at(waba.templates.size - 1) ?? {
      id: '168955690812983',
      name: 'order_confirmation',
      language: 'en_US',
      category: 'UTILITY',
      rejectedReason: 'NONE',
    }
  );
}
