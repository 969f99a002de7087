import type { TemplateComponent } from '../../world/assets.ts';
import { badParameter, GraphError } from '../frame/errors.ts';
import { isObject } from '../frame/input.ts';

/** Meta: Message templates › Components: the longest texts, in characters, and the most buttons. */
const longest: Readonly<Record<string, number>> = { HEADER: 60, BODY: 1024, FOOTER: 60 };
const buttonLimits = { most: 10, longestText: 25 };

const types = [
  'HEADER',
  'BODY',
  'FOOTER',
  'BUTTONS',
  'CAROUSEL',
  'LIMITED_TIME_OFFER',
  'CALL_PERMISSION_REQUEST',
];
const headerFormats = ['TEXT', 'IMAGE', 'VIDEO', 'GIF', 'DOCUMENT', 'LOCATION', 'PRODUCT'];

export type ParameterFormat = 'POSITIONAL' | 'NAMED';

/** Reads and checks the components of a template. Meta: Message templates › Components. */
export function readComponents(
  list: readonly unknown[],
  template: { category: string; parameterFormat: ParameterFormat },
): TemplateComponent[] {
  const components = list.map(readComponent);
  for (const type of types) {
    if (components.filter((component) => component.type === type).length > 1) {
      throw incomplete(`A template has one component of type ${type}.`);
    }
  }
  const body = components.find(({ type }) => type === 'BODY');
  if (!body) throw incomplete('component of type BODY is missing');
  for (const component of components) checkComponent(component, template);
  return components;
}

/** The type's case does not matter, and is kept in capitals. */
function readComponent(value: unknown, index: number): TemplateComponent {
  if (!isObject(value)) throw badParameter(`Param components[${index}] must be a JSON object.`);
  const type = typeof value.type === 'string' ? value.type.toUpperCase() : '';
  if (!types.includes(type)) {
    throw badParameter(`Param components[${index}]['type'] must be one of {${types.join(', ')}}.`);
  }
  return { ...value, type };
}

function checkComponent(
  component: TemplateComponent,
  template: { category: string; parameterFormat: ParameterFormat },
): void {
  const { type, text } = component;
  if (type === 'BUTTONS') {
    checkButtons(component);
    return;
  }
  // Meta writes the texts of an authentication template itself.
  if (template.category === 'AUTHENTICATION') {
    if (text !== undefined) throw incomplete('Authentication templates have no text of their own.');
    return;
  }
  const format = String(component.format ?? 'TEXT').toUpperCase();
  if (type === 'HEADER' && !headerFormats.includes(format)) {
    throw badParameter(`Param components['format'] must be one of {${headerFormats.join(', ')}}.`);
  }
  const most = longest[type];
  if (most === undefined || (type === 'HEADER' && format !== 'TEXT')) return;
  if (typeof text !== 'string' || text.trim() === '') throw incomplete(`${type} needs a text`);
  if ([...text].length > most) {
    throw componentError(2388040, 'Character Limit Exceeded', `${type} has more than ${most} characters.`);
  }
  if (type !== 'FOOTER') checkVariables(component, text, template.parameterFormat);
  else if (variablesOf(text).length > 0) throw badFormat('FOOTER', 'A footer has no variables.');
}

/** The names or numbers between double braces, in their order and each once. */
function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map(([, name = '']) => name))];
}

function checkVariables(component: TemplateComponent, text: string, format: ParameterFormat): void {
  const variables = variablesOf(text);
  if (variables.length === 0) return;
  const isRight =
    format === 'NAMED'
      ? variables.every((name) => /^[a-z0-9_]+$/.test(name) && !/^\d+$/.test(name))
      : variables.every((name, index) => name === String(index + 1));
  if (!isRight) {
    throw badFormat(
      component.type,
      format === 'NAMED'
        ? 'Variable names are lower-case letters, digits and underscores.'
        : 'Variables are numbered from {{1}} on, without gaps.',
    );
  }
  if (/^\s*\{\{/.test(text) || /\}\}\s*[.!?]?\s*$/.test(text)) {
    throw componentError(
      2388299,
      'Leading or Trailing Parameters Not Allowed',
      "Variables can't be at the start or end of the template.",
    );
  }
  if (!isObject(component.example)) throw incomplete(`${component.type} needs an example for its variables`);
}

function checkButtons({ buttons }: TemplateComponent): void {
  if (!Array.isArray(buttons) || buttons.length === 0) throw incomplete('BUTTONS needs buttons');
  if (buttons.length > buttonLimits.most) {
    throw componentError(2388040, 'Too Many Buttons', `A template has ${buttonLimits.most} buttons at most.`);
  }
  for (const button of buttons) {
    if (!isObject(button) || typeof button.type !== 'string') throw incomplete('a button needs a type');
    const { text } = button;
    if (typeof text === 'string' && [...text].length > buttonLimits.longestText) {
      throw componentError(
        2388040,
        'Character Limit Exceeded',
        `A button's text has ${buttonLimits.longestText} characters at most.`,
      );
    }
  }
}

function incomplete(what: string): GraphError {
  return componentError(
    2388043,
    'Message template "components" param is missing expected field(s)',
    `Message template "components" param is invalid: ${what}.`,
  );
}

/** Meta: Error codes › Template creation: one for each component that has texts. */
const formatErrors: Readonly<Record<string, readonly [number, string]>> = {
  HEADER: [2388047, 'Message Header Format Is Incorrect'],
  BODY: [2388072, 'Message Body Format Is Incorrect'],
  FOOTER: [2388073, 'Message Footer Format Is Incorrect'],
};

function badFormat(type: string, message: string): GraphError {
  const [subcode, title] = formatErrors[type] ?? [undefined, 'Message Format Is Incorrect'];
  return componentError(subcode, title, message);
}

/** How Meta refuses a template: code 100, and what is wrong in the words for people. */
export function componentError(subcode: number | undefined, title: string, message: string): GraphError {
  return new GraphError({
    message: 'Invalid parameter',
    type: 'OAuthException',
    code: 100,
    ...(subcode === undefined ? {} : { subcode }),
    user: { title, message },
  });
}
