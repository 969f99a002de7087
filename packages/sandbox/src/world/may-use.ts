import type { App } from './access.ts';

/** Why a person gets nowhere with an app. */
export type AppRefusal =
  /** The app is in development mode, and the person has no role on it. */
  | 'app-not-active'
  /** The app has standard access only, and the person has no role on it. */
  | 'feature-unavailable';

/**
 * Whether a person may use an app, or what stands in the way. Meta: App Development › App modes, and Graph API ›
 * Access levels: in development mode, and with standard access, only people with a role on the app.
 */
export function mayUse(app: App, personId: string): 'yes' | AppRefusal {
  if (app.roles.has(personId)) return 'yes';
  if (app.mode === 'development') return 'app-not-active';
  return app.accessLevel === 'standard' ? 'feature-unavailable' : 'yes';
}
