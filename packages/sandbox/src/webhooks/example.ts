import type { Phone, Waba } from '../world/assets.ts';
import type { World } from '../world/world.ts';
import type { Notice } from './notice.ts';

/** Whom an example is about. */
export interface ExampleSubject {
  world: World;
  waba: Waba;
  phone: Phone;
  /** Which of the field's events; the first where none is named. */
  event?: string | undefined;
}

/** What a webhook of one field looks like, filled with what is there. */
export interface Example {
  /** The events that it knows, where the field has any. */
  events?: readonly string[];
  make: (subject: ExampleSubject) => Notice;
}

/** An event of the example's own list, or the first of it. */
export const chosen = <T extends string>(events: readonly [T, ...T[]], event: string | undefined): T =>
  events.find((known) => known === event) ?? events[0];
