import type * as v from 'valibot';
import type { Template, Waba } from '../../world/assets.ts';
import { whatsappError } from '../frame/errors.ts';
import type { templateEntry } from './message-types.ts';

/** The template that a message names. Meta: Cloud API › Error codes › Template errors. */
export function findTemplate(waba: Waba, message: v.InferOutput<typeof templateEntry>): Template {
  const { name, language } = message;
  const template = [...waba.templates].find(
    (one) => one.name === name && one.language === language.code && one.status !== 'REJECTED',
  );
  if (!template || template.status === 'PENDING') {
    throw whatsappError(
      132001,
      'Template name does not exist in the translation',
      `template name (${name}) does not exist in ${language.code}`,
      404,
    );
  }
  if (template.status === 'PAUSED') {
    throw whatsappError(132015, 'Template is Paused', 'Template is paused due to low quality.');
  }
  if (template.status === 'DISABLED') {
    throw whatsappError(
      132016,
      'Template is Disabled',
      'Template has been paused too many times due to low quality.',
    );
  }
  checkParameters(template, message);
  return template;
}

/** 132000: the text has more gaps than the message fills, or fewer. */
function checkParameters(template: Template, message: v.InferOutput<typeof templateEntry>): void {
  for (const type of ['HEADER', 'BODY']) {
    const text = template.components.find((component) => component.type === type)?.text;
    if (typeof text !== 'string') continue;
    const gaps = new Set([...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map(([, name]) => name)).size;
    const given =
      message.components?.find((component) => component.type.toUpperCase() === type)?.parameters?.length ?? 0;
    if (given === gaps) continue;
    throw whatsappError(
      132000,
      'Number of parameters does not match the expected number of params',
      `${type.toLowerCase()}: number of localizable_params (${given}) does not match the expected number of params (${gaps})`,
    );
  }
}
