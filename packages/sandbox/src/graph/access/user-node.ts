import type { Token } from '../../world/access.ts';
import { uninstall } from '../../world/installs.ts';
import { orderedOf } from '../../world/ordered.ts';
import type { World } from '../../world/world.ts';
import { businessNode } from '../business/business-node.ts';
import { type Call, hasPermission } from '../frame/call.ts';
import { tokenState } from '../frame/caller.ts';
import { badParameter, GraphError, notVisible } from '../frame/errors.ts';
import { type FieldReader, listing, type NodeType, nodeAnswer } from '../frame/node-type.ts';
import { assignedAccounts } from '../partner/assigned-accounts.ts';
import { systemUserNode } from './system-user-node.ts';
import { makeSystemUserToken } from './system-user-tokens.ts';

/** Whoever a token speaks for: a person, a system user, or a business's integration system user. */
interface User {
  id: string;
  token: Token;
}

/** Meta: Graph API › User, System User. */
export const userNode: NodeType<User> = {
  name: 'User',
  find: findUser,
  defaults: ['name', 'id'],
  fields: {
    name: ({ token }) => token.userName,
    role: ofSystemUser('role'),
    business: ofSystemUser('business'),
    finance_permission: ofSystemUser('finance_permission'),
    // Meta: Facebook Login for Business › Business integration system user access tokens: these alone carry it.
    // The refusal's code and status were seen at Meta; its words were not.
    client_business_id: ({ token }) => {
      if (token.kind === 'business') return token.businessId;
      throw new GraphError({
        message: 'This method must be called with a business integration system user access token',
        type: 'OAuthException',
        code: 190,
      });
    },
  },
  edges: {
    assigned_whatsapp_business_accounts: assignedAccounts,
    access_tokens: {
      post: ({ id }, call) => {
        const user = call.world.systemUsers.get(id);
        if (!user) throw notVisible('POST', id);
        return makeSystemUserToken(user, call);
      },
    },
    // Meta: Graph API › User › Permissions.
    permissions: {
      get: ({ token }) => ({
        data: token.scopes.map((permission) => ({ permission, status: 'granted' })),
      }),
      delete: (user, call) => {
        const permission = call.parameters.get('permission');
        if (permission === undefined) deauthorize(user, call.world);
        else takeBack(user, permission, call.world);
        return { success: true };
      },
      child: (user, permission) => nodeAnswer(grantedPermission, { id: permission, user }),
    },
    // Meta: Graph API › User › Businesses, which `business_management` is for.
    businesses: {
      check: (_user, { caller }) => {
        if (!hasPermission(caller, 'business_management')) throw badParameter('Missing Permission');
      },
      get: ({ token }, { world }) => {
        const business = world.businesses.get(token.businessId);
        return listing(businessNode, orderedOf(business ? [business] : []));
      },
    },
  },
};

/** What only a system user has, also when it asks about itself. */
function ofSystemUser(name: string): FieldReader<User> {
  return ({ id }, call, modifiers) => {
    const user = call.world.systemUsers.get(id);
    const read = systemUserNode.fields[name];
    if (user && read) return read(user, call, modifiers);
    throw badParameter(`Tried accessing nonexisting field (${name}) on node type (User)`);
  };
}

/** `DELETE /{user}/permissions/{permission}`. */
const grantedPermission: NodeType<{ id: string; user: User }> = {
  name: 'Permission',
  find: () => undefined,
  defaults: [],
  fields: {},
  remove: ({ id, user }, { world }) => {
    takeBack(user, id, world);
    return { success: true };
  },
};

/** Another user's node is nobody's business here: a token finds its own user, and an app the users of its tokens. */
function findUser(id: string, { world, caller }: Call): User | undefined {
  if (caller.kind === 'token') return caller.token.userId === id ? { id, token: caller.token } : undefined;
  const tokens = [...world.tokens.values()].filter(
    (token) => token.userId === id && token.appId === caller.app.id && tokenState(world, token) === 'alive',
  );
  const token = tokens.at(-1);
  return token && { id, token };
}

/** The user takes the app off: its tokens die, and a business no longer lets the app in. */
function deauthorize({ id, token }: User, world: World): void {
  const app = world.apps.get(token.appId);
  const business = world.businesses.get(token.businessId);
  if (token.kind === 'business' && app && business) uninstall(world, app, business);
  for (const other of tokensOf(world, token)) other.ended ??= 'app-removed';
  const connection = world.connections.get(id);
  if (connection) connection.isConnected = false;
}

function takeBack({ token }: User, permission: string, world: World): void {
  if (!token.scopes.includes(permission)) {
    throw badParameter(`The user has not granted the permission ${permission}.`);
  }
  const without = (scopes: readonly string[]) => scopes.filter((scope) => scope !== permission);
  for (const other of tokensOf(world, token)) other.scopes = without(other.scopes);
  // What was granted is what further tokens are made of, so it must not come back by one of these.
  const install = world.businesses.get(token.businessId)?.installs.get(token.appId);
  if (install?.userId === token.userId) install.scopes = without(install.scopes);
}

/** All tokens that an app has of one user. */
function tokensOf(world: World, { appId, userId }: Token): Token[] {
  return [...world.tokens.values()].filter((token) => token.appId === appId && token.userId === userId);
}
