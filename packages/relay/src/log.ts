import type { StepError } from 'whatsapp-embedded-signup/protocol';

/** What the relay writes about its work. Fields are named one by one: bodies and headers never go to a log. */
export interface LogFields {
  requestId?: string;
  method?: string;
  /** The route's pattern or path without its query. */
  path?: string;
  status?: number;
  ms?: number;
  portal?: string;
  onboarding?: string;
  step?: string;
  attempt?: number;
  code?: string;
  metaCode?: number;
  fbtraceId?: string;
  detail?: string;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

/** For whoever gives `createRelay` no log. */
export const silent: Log = () => {};

/**
 * Where an unexpected error came from: its name and the first places of its stack. Its message stays out, because
 * it can hold what was being worked on.
 */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...places.slice(0, 3).map((line) => line.trim())].join(' ');
}

/** What Meta said about an error: its own code, and the trace id that its support asks for. */
export function metaFields({ meta }: StepError): Pick<LogFields, 'metaCode' | 'fbtraceId'> {
  return {
    ...(meta?.code !== undefined && { metaCode: meta.code }),
    ...(meta?.fbtraceId !== undefined && { fbtraceId: meta.fbtraceId }),
  };
}
