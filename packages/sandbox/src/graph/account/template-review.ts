import type { Template } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';
import { reviewMs } from '../review.ts';

/** What becomes of a template: by review, and later by how people take its messages. */
export type TemplateDecision = 'APPROVED' | 'REJECTED' | 'PAUSED' | 'DISABLED';

/** Puts a template into review: approved after a while where nobody decides otherwise. */
export function reviewTemplate(world: World, template: Template): void {
  template.status = 'PENDING';
  template.rejectedReason = 'NONE';
  const { components } = template;
  world.clock.schedule(world.clock.now() + reviewMs, () => {
    // Deleted, decided on or changed meanwhile: then this review is not what decides any more.
    const isWaiting = world.templates.has(template.id) && template.status === 'PENDING';
    if (isWaiting && template.components === components) decideTemplate(world, template, 'APPROVED');
  });
}

/** Meta: Message templates › Review, and › Pausing: why one was rejected stands in `rejected_reason`. */
export function decideTemplate(world: World, template: Template, decision: TemplateDecision): void {
  template.status = decision;
  template.rejectedReason = decision === 'REJECTED' ? 'INVALID_FORMAT' : 'NONE';
  world.announce({
    kind: 'template-changed',
    templateId: template.id,
    wabaId: template.wabaId,
    event: decision,
  });
}
