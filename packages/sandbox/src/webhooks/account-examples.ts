import { decisions } from '../world/happening.ts';
import { accountEvents, exampleAccountUpdate, partnerOf } from './account-events.ts';
import { chosen, type Example } from './example.ts';
import * as value from './values.ts';

const solutionEvents = ['SOLUTION_UPDATED', 'SOLUTION_CREATED'] as const;

/** Of an account, its business and its partners. */
export const accountExamples: Readonly<Record<string, Example>> = {
  account_update: {
    events: accountEvents,
    make: ({ world, waba, event }) =>
      exampleAccountUpdate(chosen(accountEvents, event), { world, waba, partner: partnerOf(world, waba) }),
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
};
