import type { Phone } from '../../world/assets.ts';
import type { Edge } from '../node-type.ts';
import { groups } from './groups.ts';
import { uploads } from './media.ts';

/** What a number can do beyond being set up. */
export const messagingEdges: Readonly<Record<string, Edge<Phone>>> = {
  groups,
  media: uploads,
};
