import type { AuthEvent } from './globals.ts';

/** What pages can subscribe to. Meta: Facebook SDK for JavaScript › FB.Event.subscribe(). */
export type EventName =
  | 'auth.login'
  | 'auth.logout'
  | 'auth.authResponseChange'
  | 'auth.statusChange'
  | 'auth.denied'
  | 'auth.error';

type Listener = (event: AuthEvent) => void;

export function createEvents() {
  const listeners = new Map<string, Set<Listener>>();
  return {
    subscribe(name: string, listener: Listener): void {
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
    },
    unsubscribe(name: string, listener: Listener): void {
      listeners.get(name)?.delete(listener);
    },
    fire(name: EventName, event: AuthEvent): void {
      for (const listener of listeners.get(name) ?? []) listener(event);
    },
  };
}

export type Events = ReturnType<typeof createEvents>;
