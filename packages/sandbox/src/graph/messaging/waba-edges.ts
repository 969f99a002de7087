import type { Waba } from '../../world/assets.ts';
import type { Edge } from '../frame/node-type.ts';
import { activities } from './activities.ts';
import { flows, migrateFlows } from './flows.ts';
import { mobilityIntents, onBehalfRequests, setMobilityIntent } from './mobility-intents.ts';
import { schedules } from './schedules.ts';

/** What an account has beyond its setup. */
export const accountEdges: Readonly<Record<string, Edge<Waba>>> = {
  flows,
  migrate_flows: migrateFlows,
  activities,
  schedules,
  obo_mobility_intent: mobilityIntents,
  set_obo_mobility_intent: setMobilityIntent,
  in_progress_onbehalf_request: onBehalfRequests,
};
