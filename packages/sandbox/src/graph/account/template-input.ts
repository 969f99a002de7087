import { badParameter } from '../frame/errors.ts';
import { checkLength, optionalList, required, requiredChoice } from '../frame/input.ts';
import { readComponents } from './template-components.ts';
import { templateLanguages } from './template-languages.ts';

export const categories = ['AUTHENTICATION', 'MARKETING', 'UTILITY'] as const;

const formats = ['NAMED', 'POSITIONAL'] as const;

/** What a new template is to be. Meta: Message templates › Create. */
export function readTemplate(parameters: ReadonlyMap<string, string>) {
  const name = required(parameters, 'name');
  if (!/^[a-z0-9_]+$/.test(name)) {
    throw badParameter(
      'Invalid parameter',
      'name must consist of lowercase letters, digits and underscores only.',
    );
  }
  checkLength('name', name, { most: 512 });
  const category = requiredChoice(parameters, 'category', categories);
  const language = required(parameters, 'language');
  if (!templateLanguages.has(language)) {
    throw badParameter(
      `Param language must be one of {${[...templateLanguages].join(', ')}} - got "${language}".`,
    );
  }
  const format = parameters.get('parameter_format')?.toUpperCase() ?? 'POSITIONAL';
  const parameterFormat = formats.find((one) => one === format);
  if (parameterFormat === undefined) {
    throw badParameter(`Param parameter_format must be one of {${formats.join(', ')}} - got "${format}".`);
  }
  const list = optionalList(parameters, 'components');
  if (list === undefined) throw badParameter('The parameter components is required.');
  const components = readComponents(list, { category, parameterFormat });
  return { name, category, language, parameterFormat, components };
}
