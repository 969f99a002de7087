import { Hono } from 'hono';
import type * as v from 'valibot';
import { fixedCredentials } from '../credentials.ts';
import type { App, Configuration } from '../world/access.ts';
import { endTokens, uninstall } from '../world/installs.ts';
import type { World } from '../world/world.ts';
import { appInput, businessInput, tokensInput } from './app-input.ts';
import { invalidInput } from './input-error.ts';
import { plainFields } from './plain.ts';
import { takes } from './takes.ts';

/** `/app`, `/business` and `/tokens`: what stands in Meta's dashboards, and what people do to an app there. */
export function createAppControl(world: World): Hono {
  const routes = new Hono();
  routes.post(
    '/app',
    takes(appInput, (settings) => {
      const app = change(world, settings);
      return plainFields(app);
    }),
  );
  routes.post(
    '/business',
    takes(businessInput, ({ businessId = fixedCredentials.businessId, verification, name }) => {
      const business = world.businesses.get(businessId);
      if (!business) throw invalidInput('businessId', '"businessId" is no business of this sandbox.');
      if (verification !== undefined) business.verification = verification;
      if (name !== undefined) business.name = name;
      return plainFields(business);
    }),
  );
  routes.post(
    '/tokens',
    takes(tokensInput, (input) => ({ ended: end(world, input) })),
  );
  return routes;
}

function change(world: World, input: v.InferOutput<typeof appInput>): App {
  const { appId = fixedCredentials.appId, permissions, roles, ...settings } = input;
  const app = world.apps.get(appId);
  if (!app) throw invalidInput('appId', '"appId" is no app of this sandbox.');
  const everyone = [...world.people.keys()];
  for (const personId of Object.keys(roles ?? {})) {
    if (everyone.includes(personId)) continue;
    const field = `roles.${personId}`;
    throw invalidInput(
      field,
      `"${field}" is no person of this sandbox: there are ${everyone.join(', ')}.`,
      everyone,
    );
  }
  const configurations = named(app, settings.configId);
  for (const configuration of configurations) {
    if (settings.tokenDays !== undefined) configuration.tokenDays = settings.tokenDays;
    if (settings.asksFor) configuration.permissions = settings.asksFor;
  }
  app.mode = settings.mode ?? app.mode;
  app.accessLevel = settings.accessLevel ?? app.accessLevel;
  app.requiresProof = settings.requiresProof ?? app.requiresProof;
  app.dailyUsers = settings.dailyUsers ?? app.dailyUsers;
  if (permissions) app.permissions = new Set(permissions);
  if (roles) app.roles = new Map(Object.entries(roles));
  return app;
}

function named(app: App, configId: string | undefined): Configuration[] {
  if (configId === undefined) return app.configurations;
  const found = app.configurations.filter(({ id }) => id === configId);
  if (found.length > 0) return found;
  throw invalidInput('configId', '"configId" is no configuration of the app.');
}

/** How many tokens died of it. */
function end(world: World, { token, wabaId, ended }: v.InferOutput<typeof tokensInput>): number {
  if ((token === undefined) === (wabaId === undefined)) {
    throw invalidInput('token', 'Either "token" or "wabaId" says which tokens end.');
  }
  if (token !== undefined) {
    if (!world.tokens.has(token)) throw invalidInput('token', '"token" is no token of this sandbox.');
    return endTokens(world, (one) => one.token === token, ended);
  }
  const waba = world.wabas.get(wabaId ?? '');
  const business = waba && world.businesses.get(waba.businessId);
  if (!business) throw invalidInput('wabaId', '"wabaId" is no account of this sandbox.');
  if (ended !== 'app-removed') {
    return endTokens(world, ({ kind, wabaIds }) => kind === 'business' && wabaIds.includes(waba.id), ended);
  }
  let count = 0;
  for (const app of world.apps.values()) count += uninstall(world, app, business);
  return count;
}
