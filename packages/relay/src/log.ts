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
