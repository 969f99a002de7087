import type { App } from '../world/access.ts';
import type { NodeType } from './node-type.ts';

/** A Meta app, as its own tokens see it. Meta: Graph API › Application. */
export const appNode: NodeType<App> = {
  name: 'Application',
  find: (id, { caller }) => (caller.app.id === id ? caller.app : undefined),
  defaults: ['category', 'link', 'name', 'id'],
  fields: {
    name: (app) => app.name,
    category: () => 'Business and pages',
    link: (app) => `https://www.facebook.com/games/?app_id=${app.id}`,
  },
};
