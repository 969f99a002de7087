import type { Listed, Ordered } from './ordered.ts';

// What an account has beyond its setup.

/** A WhatsApp Flow. Meta: WhatsApp Flows › Lifecycle of a Flow. */
export interface Flow extends Listed {
  wabaId: string;
  /** The app that made it. */
  appId: string;
  name: string;
  categories: string[];
  status: 'DRAFT' | 'PUBLISHED' | 'DEPRECATED';
  endpointUri: string | null;
  /** Its Flow JSON, as it was uploaded. */
  json: string;
}

/** A time plan of an account. */
export interface Schedule extends Listed {
  /** As it was given. */
  details: { name: string; schedule_type: string } & Record<string, unknown>;
  isActive: boolean;
  createdAt: number;
}

/** A line of an account's log. */
export interface Activity extends Listed {
  type: string;
  description: string;
  at: number;
}

/** A wish to move an account into a solution. Meta: WhatsApp Business Account OBO Mobility Intent API. */
export interface MobilityIntent extends Listed {
  wabaId: string;
  solutionId: string;
  status: 'PENDING' | 'SCHEDULED' | 'COMPLETED' | 'CANCELLED';
  createdAt: number;
  updatedAt: number;
}

/** What belongs to one account. */
export interface AccountState {
  flows: Ordered<Flow>;
  intents: Ordered<MobilityIntent>;
  schedules: Ordered<Schedule>;
  activities: Ordered<Activity>;
}
