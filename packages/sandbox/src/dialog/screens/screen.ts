import type { App, Person } from '../../world/access.ts';
import type { Solution } from '../../world/partnership.ts';
import type { Markup } from '../fields.ts';
import type { Flow } from '../flow.ts';
import type { Portfolio } from '../page-data.ts';
import type { Prefill } from '../prefill.ts';

/** One screen: what it asks for, and its one obvious button. */
export interface Screen {
  name: string;
  /** As `data.current_step` names it; empty before the signup has begun. Meta: Embedded Signup › Flow errors. */
  step: string;
  /** The answers that make it come up; always where empty. `name=value`, joined by a space, all must hold. */
  when?: string;
  title: string;
  intro: Markup | string;
  body: Markup | string;
  primary: string;
}

/** What the screens are made from. */
export interface ScreenContext {
  app: App;
  flow: Flow;
  prefill: Prefill;
  portfolios: Portfolio[];
  people: Person[];
  /** Those that the customer is asked for. */
  permissions: string[];
  solution: Solution | null;
  smsCode: string;
  /** What the QR code says. */
  pairing: string;
}
