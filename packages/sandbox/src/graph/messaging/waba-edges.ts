import type { Waba } from '../../world/assets.ts';
import type { Edge } from '../node-type.ts';
import { flows, migrateFlows } from './flows.ts';

/** What an account has beyond its setup. */
export const accountEdges: Readonly<Record<string, Edge<Waba>>> = {
  flows,
  migrate_flows: migrateFlows,
};
