import { isObject } from '../frame/input.ts';

/** What is wrong with a Flow JSON. Meta: WhatsApp Flows › Flow JSON › Validation errors. */
export interface FlowError {
  error: 'INVALID_PROPERTY_VALUE' | 'MISSING_REQUIRED_PROPERTY' | 'INVALID_JSON';
  error_type: 'JSON_SCHEMA_ERROR' | 'FLOW_JSON_ERROR';
  message: string;
  line_start: number;
  line_end: number;
  column_start: number;
  column_end: number;
}

/** What a Flow holds before anybody wrote one. */
export const firstFlowJson = JSON.stringify(
  {
    version: '7.0',
    screens: [
      {
        id: 'WELCOME_SCREEN',
        title: 'Welcome',
        terminal: true,
        layout: { type: 'SingleColumnLayout', children: [{ type: 'TextHeading', text: 'Hello World' }] },
      },
    ],
  },
  null,
  2,
);

/** The top of a Flow JSON: its version, the screens, each with an id and a layout. What is inside is not looked at. */
export function validateFlowJson(text: string): FlowError[] {
  const flow = parse(text);
  if (!isObject(flow))
    return [problem(text, 'INVALID_JSON', 'FLOW_JSON_ERROR', 'Flow JSON is no JSON object.')];
  const errors: FlowError[] = [];
  const missing = (name: string, place: string) =>
    errors.push(
      problem(
        text,
        'MISSING_REQUIRED_PROPERTY',
        'JSON_SCHEMA_ERROR',
        `The required property "${name}" was not found at "${place}".`,
      ),
    );
  if (flow.version === undefined) missing('version', '$root');
  else if (typeof flow.version !== 'string' || !/^\d+\.\d+$/.test(flow.version)) {
    errors.push(
      problem(
        text,
        'INVALID_PROPERTY_VALUE',
        'JSON_SCHEMA_ERROR',
        'The property "version" at "$root" is no version of Flow JSON.',
      ),
    );
  }
  if (!Array.isArray(flow.screens) || flow.screens.length === 0) missing('screens', '$root');
  else {
    for (const [index, screen] of flow.screens.entries()) {
      for (const name of ['id', 'layout']) {
        if (!isObject(screen) || screen[name] === undefined) missing(name, `$root/screens/${index}`);
      }
    }
  }
  return errors;
}

/** A top-level property of a Flow JSON that is text. */
export function flowProperty(text: string, name: 'version' | 'data_api_version' | 'data_channel_uri') {
  const flow = parse(text);
  const value = isObject(flow) ? flow[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function problem(
  text: string,
  error: FlowError['error'],
  type: FlowError['error_type'],
  message: string,
): FlowError {
  const lines = text.split('\n');
  return {
    error,
    error_type: type,
    message,
    line_start: 1,
    line_end: lines.length,
    column_start: 1,
    column_end: lines.at(-1)?.length ?? 1,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
