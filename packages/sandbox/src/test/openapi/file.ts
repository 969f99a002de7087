import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

/** One thing that the file and the sandbox do not agree on. */
export interface Disagreement {
  /** Where: `request` or `response`, then the place in it; positions in a list read `*`. */
  at: string;
  /** What the file asks for there: the keyword of its schema. */
  keyword: string;
  message: string;
}

/** A request as it would be sent. */
export interface SentRequest {
  path: Record<string, string>;
  query?: Record<string, string>;
  /** As JSON; with `contentType` as a form. */
  body?: Record<string, unknown>;
  contentType?: 'application/json' | 'application/x-www-form-urlencoded' | 'multipart/form-data';
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: object;
}

interface Message {
  required?: boolean;
  content?: Record<string, { schema?: object }>;
}

interface Operation {
  parameters?: (Parameter | Reference)[];
  requestBody?: Message | Reference;
  responses: Record<string, Message | Reference>;
}

interface Reference {
  $ref: string;
}

/** Meta's OpenAPI file, as something to hold a request and its answer against. */
export interface OpenApiFile {
  /** Every `METHOD /path` of the file. */
  operations: string[];
  checkRequest(operation: string, request: SentRequest): Disagreement[];
  checkResponse(operation: string, status: number, contentType: string, body: unknown): Disagreement[];
  /** Does the file describe this status of the operation? */
  describes(operation: string, status: number): boolean;
}

const methods = ['get', 'post', 'delete'] as const;

export function readOpenApiFile(path: string): OpenApiFile {
  const file = parse(readFileSync(path, 'utf8')) as { paths: Record<string, Record<string, unknown>> };
  // Formats are left out: Meta's own times end in `+0000`, which no format of JSON Schema allows.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, validateSchema: false });
  ajv.addSchema(file, 'file');

  const operations = Object.entries(file.paths).flatMap(([route, item]) =>
    methods.filter((method) => method in item).map((method) => `${method.toUpperCase()} ${route}`),
  );

  function find(operation: string): { pointer: string; value: Operation; shared: Operation } {
    const [method = '', route = ''] = operation.split(' ');
    const shared = file.paths[route];
    const value = shared?.[method.toLowerCase()];
    if (!value) throw new Error(`The file has no ${operation}.`);
    const pointer = `#/paths/${pointerStep(route)}/${method.toLowerCase()}`;
    return { pointer, value: value as Operation, shared: shared as unknown as Operation };
  }

  /** Follows `$ref` to the end; gives the thing and its place in the file. */
  function resolve<T extends object>(value: T | Reference, pointer: string): { value: T; pointer: string } {
    if (!('$ref' in value)) return { value, pointer };
    const steps = value.$ref
      .slice(2)
      .split('/')
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
    const target = steps.reduce<unknown>((inner, step) => Reflect.get(inner as object, step), file);
    return resolve(target as T | Reference, value.$ref);
  }

  function validate(pointer: string, value: unknown, at: string): Disagreement[] {
    const check = ajv.getSchema(`file${pointer}`);
    if (!check) throw new Error(`The file has no schema at ${pointer}.`);
    if (check(value)) return [];
    return (check.errors ?? []).map((error) => describe(error, at));
  }

  function* parameters(operation: string): Generator<{ value: Parameter; pointer: string }> {
    const { pointer, value, shared } = find(operation);
    const parent = pointer.slice(0, pointer.lastIndexOf('/'));
    for (const [place, list] of [
      [parent, shared.parameters],
      [pointer, value.parameters],
    ] as const) {
      for (const [index, parameter] of (list ?? []).entries()) {
        yield resolve(parameter, `${place}/parameters/${index}`);
      }
    }
  }

  return {
    operations,
    describes: (operation, status) => String(status) in find(operation).value.responses,
    checkRequest(operation, request) {
      const found: Disagreement[] = [];
      const known = new Set<string>();
      for (const { value: parameter, pointer } of parameters(operation)) {
        if (parameter.in === 'header') continue;
        known.add(parameter.name);
        const values = parameter.in === 'path' ? request.path : (request.query ?? {});
        const text = values[parameter.name] ?? (parameter.name === 'Version' ? 'v26.0' : undefined);
        const at = `request ${parameter.in} ${parameter.name}`;
        if (text === undefined) {
          if (parameter.required) found.push({ at, keyword: 'required', message: 'is missing' });
        } else if (parameter.schema) {
          const schema = resolve(parameter.schema, `${pointer}/schema`);
          found.push(...validate(schema.pointer, readAs(text, schema.value), at));
        }
      }
      for (const name of Object.keys(request.query ?? {})) {
        if (!known.has(name))
          found.push({ at: `request query ${name}`, keyword: 'unknown', message: 'is not in the file' });
      }
      return [...found, ...checkBody(operation, request)];
    },
    checkResponse(operation, status, contentType, body) {
      const { pointer, value } = find(operation);
      const response = value.responses[String(status)];
      if (!response) {
        return [{ at: `response ${status}`, keyword: 'status', message: 'is no status that the file has' }];
      }
      const message = resolve(response, `${pointer}/responses/${status}`);
      return checkContent(message, contentType, body, 'response');
    },
  };

  function checkBody(operation: string, request: SentRequest): Disagreement[] {
    const { pointer, value } = find(operation);
    if (!value.requestBody) {
      if (request.body === undefined) return [];
      return [{ at: 'request body', keyword: 'unknown', message: 'the file has none' }];
    }
    const message = resolve(value.requestBody, `${pointer}/requestBody`);
    if (request.body === undefined) {
      return message.value.required
        ? [{ at: 'request body', keyword: 'required', message: 'is missing' }]
        : [];
    }
    return checkContent(message, request.contentType ?? 'application/json', request.body, 'request');
  }

  function checkContent(
    { value, pointer }: { value: Message; pointer: string },
    contentType: string,
    body: unknown,
    at: 'request' | 'response',
  ): Disagreement[] {
    const [type = ''] = contentType.split(';');
    if (!value.content) return [];
    const content = value.content[type];
    if (!content) return [{ at: `${at} body`, keyword: 'content', message: `the file has no ${type}` }];
    if (!content.schema) return [];
    const schema = resolve(content.schema, `${pointer}/content/${pointerStep(type)}/schema`);
    return validate(schema.pointer, body, at);
  }
}

/** A query's text as the type that the file gives it. */
function readAs(text: string, schema: object): unknown {
  const type = 'type' in schema ? schema.type : undefined;
  if (type === 'integer' || type === 'number') return Number(text);
  if (type === 'boolean') return text === 'true';
  if (type === 'array') return text.split(',');
  return text;
}

function describe(error: ErrorObject, at: string): Disagreement {
  const place = error.instancePath.replaceAll(/\/\d+(?=\/|$)/g, '/*');
  const name = error.params.missingProperty ?? error.params.additionalProperty;
  return {
    at: `${at}${place}${name === undefined ? '' : `/${String(name)}`}`,
    keyword: error.keyword,
    message: error.message ?? '',
  };
}

/** A step of a JSON pointer inside a URI fragment. */
const pointerStep = (step: string): string =>
  encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
