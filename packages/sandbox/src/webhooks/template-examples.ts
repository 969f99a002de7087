import type { Waba } from '../world/assets.ts';
import { chosen, type Example } from './example.ts';
import * as value from './values.ts';

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

/** Of an account's newest template. */
export const templateExamples: Readonly<Record<string, Example>> = {
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
};

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
