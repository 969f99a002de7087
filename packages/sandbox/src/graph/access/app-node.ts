import type { App } from '../../world/access.ts';
import { type Call, requireAppToken } from '../frame/call.ts';
import { listing, type NodeType } from '../frame/node-type.ts';
import { appSolutions, createSolution } from '../partner/app-solutions.ts';
import { appSubscriptions } from './app-subscriptions.ts';
import { connectedBusinessNode } from './connected-business.ts';

/** A Meta app, as its own tokens see it. Meta: Graph API › Application. */
export const appNode: NodeType<App> = {
  name: 'Application',
  find: (id, { caller }) => (caller.app.id === id ? caller.app : undefined),
  defaults: ['category', 'link', 'name', 'id'],
  fields: {
    name: (app) => app.name,
    category: () => 'Business and pages',
    link: (app) => `https://www.facebook.com/games/?app_id=${app.id}`,
    logo_url: () => 'https://static.xx.fbcdn.net/rsrc.php/v3/yR/r/app-icon.png',
    // What stands in the dashboard is for the app itself. Meta's sample of a tech provider asks for these, and
    // lists the configurations for its forms.
    config_ids: dashboard((app) => app.configurations.map(({ id, name }) => ({ id, name }))),
    // The sandbox serves pages of every domain.
    app_domains: dashboard(() => ['localhost']),
    app_type: dashboard(() => 0),
    client_config: dashboard(() => ({})),
    company: dashboard((app, { world }) => world.businesses.get(app.businessId)?.name),
  },
  edges: {
    subscriptions: appSubscriptions,
    // Meta: Graph API › Application › Permissions: those that App Review approved, for an app token.
    permissions: {
      check: (_app, call) => void requireAppToken(call),
      get: (app) => ({
        data:
          app.accessLevel === 'advanced'
            ? [...app.permissions].map((permission) => ({ permission, status: 'live' }))
            : [],
      }),
    },
    whatsapp_business_solution: createSolution,
    whatsapp_business_solutions: appSolutions,
    connected_client_businesses: {
      get: (app) => listing(connectedBusinessNode, app.installedBy),
    },
  },
};

/** A field that only the app's own token reads. */
function dashboard(read: (app: App, call: Call) => unknown) {
  return (app: App, call: Call): unknown => {
    requireAppToken(call);
    return read(app, call);
  };
}
