import { dayMs } from '../../durations.ts';
import type { Template } from '../../world/assets.ts';
import { requireAccess } from '../access/access.ts';
import type { Call } from '../frame/call.ts';
import { optionalChoice, optionalList } from '../frame/input.ts';
import type { NodeType } from '../frame/node-type.ts';
import { healthStatus } from '../number/health.ts';
import { componentError, readComponents } from './template-components.ts';
import { categories } from './template-input.ts';
import { reviewTemplate } from './template-review.ts';
import { maySeeWaba, wabaOf } from './waba-access.ts';

/** Meta: Message templates › Edit: what was approved can be changed once a day, and ten times in thirty. */
const editLimits = [
  { edits: 1, windowMs: dayMs },
  { edits: 10, windowMs: 30 * dayMs },
];

/** A message template. Meta: WhatsApp Business Management API › Message templates. */
export const templateNode: NodeType<Template> = {
  name: 'WhatsAppMessageTemplate',
  find: (id, call) => {
    const template = call.world.templates.get(id);
    return template && maySeeWaba(call, wabaOf(call, template)) ? template : undefined;
  },
  check: (template, call) =>
    requireAccess(call, 'whatsapp_business_management', wabaOf(call, template).businessId),
  defaults: ['name', 'parameter_format', 'components', 'language', 'status', 'category', 'id'],
  fields: {
    name: (template) => template.name,
    language: (template) => template.language,
    category: (template) => template.category,
    status: (template) => template.status,
    components: (template) => template.components,
    parameter_format: (template) => template.parameterFormat,
    rejected_reason: (template) => template.rejectedReason,
    quality_score: ({ createdAt }) => ({ score: 'UNKNOWN', date: Math.floor(createdAt / 1000) }),
    health_status: (template, call) => healthStatus(call, wabaOf(call, template), { template }),
  },
  update: editTemplate,
};

/** `POST /{template}`: other components or another category, and a new review. */
function editTemplate(template: Template, { world, parameters }: Call): { success: true } {
  const { status, parameterFormat } = template;
  if (status === 'PENDING' || status === 'DISABLED') {
    throw componentError(
      undefined,
      'Template Cannot Be Edited',
      'You can only edit templates that are approved, rejected or paused.',
    );
  }
  const category = optionalChoice(parameters, 'category', categories) ?? template.category;
  if (status === 'APPROVED' && category !== template.category) {
    throw componentError(
      undefined,
      'Category Cannot Be Edited',
      'You cannot edit the category of an approved template.',
    );
  }
  const list = optionalList(parameters, 'components');
  const components = list ? readComponents(list, { category, parameterFormat }) : [...template.components];
  const now = world.clock.now();
  if (status === 'APPROVED') {
    if (editLimits.some(({ edits, windowMs }) => countSince(template.edits, now - windowMs) >= edits)) {
      throw componentError(
        undefined,
        'Template Edit Limit Reached',
        'An approved template can be edited once in 24 hours and ten times in 30 days.',
      );
    }
    template.edits.push(now);
  }
  Object.assign(template, { category, components });
  reviewTemplate(world, template);
  return { success: true };
}

const countSince = (times: readonly number[], start: number) => times.filter((at) => at > start).length;
