import type { AuthResponse, Status } from './globals.ts';
import type { Hosts } from './hosts.ts';

/** What the parts of the SDK share. There is one for a page: the last `FB.init` decides for all of it. */
export interface State {
  readonly hosts: Hosts;
  readonly locale: string;
  initialized: boolean;
  appId: string | null;
  version: string | null;
  usesCookie: boolean;
  usesStorage: boolean;
  /** How the browser's own dialog is asked; null: it is not. */
  fedCm: { context: string } | null;
  /** Null until it was looked into. */
  status: Status | null;
  authResponse: AuthResponse | null;
  userId: string;
}

export function createState(hosts: Hosts, locale: string): State {
  return {
    hosts,
    locale,
    initialized: false,
    appId: null,
    version: null,
    usesCookie: false,
    usesStorage: true,
    fedCm: null,
    status: null,
    authResponse: null,
    userId: '',
  };
}
