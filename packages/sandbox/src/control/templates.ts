import { Hono } from 'hono';
import * as v from 'valibot';
import { decideTemplate, templateDecisions } from '../graph/template-review.ts';
import type { World } from '../world/world.ts';
import { ControlError, takes } from './takes.ts';
import { id } from './webhook-input.ts';

/** Body of `POST /_sandbox/templates`. */
export const templateInput = v.strictObject({
  templateId: id,
  status: v.picklist(templateDecisions),
  /** `REJECTED`: what `rejected_reason` and the webhook say. */
  reason: v.optional(v.pipe(v.string(), v.minLength(1)), 'INVALID_FORMAT'),
});

/** `/templates`: what Meta decides on a template, at once and whatever it decided before, with the webhook. */
export function createTemplateControl(world: World): Hono {
  const routes = new Hono();
  routes.post(
    '/templates',
    takes(templateInput, ({ templateId, status, reason }) => {
      const template = world.templates.get(templateId);
      if (!template) throw new ControlError('templateId', '"templateId" is no template of this sandbox.');
      decideTemplate(world, template, status, reason);
      return { templateId, status };
    }),
  );
  return routes;
}
