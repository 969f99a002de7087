import { dayMs } from '../../durations.ts';
import type { Template, Waba } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../frame/call.ts';
import { required } from '../frame/input.ts';
import { type Edge, listing } from '../frame/node-type.ts';
import { componentError } from './template-components.ts';
import { readTemplate } from './template-input.ts';
import { languageName } from './template-languages.ts';
import { templateNode } from './template-node.ts';
import { reviewTemplate } from './template-review.ts';
import { refuseBanned } from './waba-access.ts';

/** Meta: Message templates › Limits: an account of a portfolio that is not verified, and of one that is. */
const mostTemplates = { notVerified: 250, verified: 6000 };

/** Meta: Message templates › Delete: the name of a deleted one stays taken for thirty days. */
const nameKeptMs = 30 * dayMs;

/** `/{waba}/message_templates`. Meta: WhatsApp Business Management API › Message templates. */
export const messageTemplates: Edge<Waba> = {
  get: (waba, { parameters }) => listing(templateNode, waba.templates, { visible: asked(parameters) }),
  post: createTemplate,
  delete: deleteTemplates,
};

/** The list's own parameters: each is one value that the template must have. */
function asked(parameters: Call['parameters']): (template: Template) => boolean {
  const [name, status, category, language] = ['name', 'status', 'category', 'language'].map((parameter) =>
    parameters.get(parameter),
  );
  return (template) =>
    (name === undefined || template.name.includes(name)) &&
    (status === undefined || template.status === status.toUpperCase()) &&
    (category === undefined || template.category === category.toUpperCase()) &&
    (language === undefined || template.language === language);
}

function createTemplate(waba: Waba, { world, parameters }: Call): Record<string, unknown> {
  refuseBanned(waba);
  const input = readTemplate(parameters);
  refuseTakenName(world, waba, input);
  const isVerified = world.businesses.get(waba.businessId)?.verification === 'verified';
  if (waba.templates.size >= (isVerified ? mostTemplates.verified : mostTemplates.notVerified)) {
    throw componentError(
      2388019,
      'Message Template Limit Exceeded',
      'You have exceeded the maximum number of message templates you can have for this WhatsApp business account.',
    );
  }
  const template: Template = {
    ...world.newIdentity(),
    ...input,
    wabaId: waba.id,
    status: 'PENDING',
    rejectedReason: 'NONE',
    createdAt: world.clock.now(),
    edits: [],
  };
  world.templates.set(template.id, template);
  waba.templates.add(template);
  reviewTemplate(world, template);
  return { id: template.id, status: template.status, category: template.category };
}

function refuseTakenName(
  world: World,
  waba: Waba,
  { name, language }: { name: string; language: string },
): void {
  const spoken = languageName(language);
  for (const template of waba.templates) {
    if (template.name !== name || template.language !== language) continue;
    throw componentError(
      2388024,
      'Content in This Language Already Exists',
      `There is already ${spoken} content for this template. You can create a new template and try again.`,
    );
  }
  const deletedAt = waba.deletedTemplates.get(`${name}:${language}`);
  if (deletedAt === undefined || world.clock.now() >= deletedAt + nameKeptMs) return;
  throw componentError(
    2388023,
    'Message Template Language Is Being Deleted',
    `New ${spoken} content can't be added while the existing ${spoken} content is being deleted. Try again in 4 weeks or consider creating a new message template.`,
  );
}

/** By its name in every language, or with `hsm_id` one of them. A name is kept only of what was approved. */
function deleteTemplates(waba: Waba, { world, parameters }: Call): { success: true } {
  const name = required(parameters, 'name');
  const id = parameters.get('hsm_id');
  const found = [...waba.templates].filter(
    (template) => template.name === name && (id === undefined || template.id === id),
  );
  if (found.length === 0) {
    throw componentError(
      2593002,
      'Message Template Not Found',
      `The message template with name ${name} was not found.`,
    );
  }
  for (const template of found) {
    waba.templates.remove(template);
    world.templates.delete(template.id);
    if (template.status === 'APPROVED') {
      waba.deletedTemplates.set(`${name}:${template.language}`, world.clock.now());
    }
  }
  return { success: true };
}
