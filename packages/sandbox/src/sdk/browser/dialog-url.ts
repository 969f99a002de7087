import { contextType, encodeQuery, flatten, guid, isAndroid, isMobile } from './environment.ts';
import type { State } from './state.ts';

/** A dialog that is about to open. */
export interface Opening {
  url: string;
  /** The window's name, which the answer carries as `frame`. */
  frame: string;
}

/** The channel that all answers of this page life name. */
const channel = guid();

/**
 * The dialog's address as the SDK builds it: what the page gave to `FB.login`, and the way back through the
 * arbiter. `callbackId` is the name under which the answer will come.
 */
export function openingFor(state: State, options: Record<string, unknown>, callbackId: string): Opening {
  const { hosts } = state;
  const { redirect_uri: _, perms: scope, ...given } = options;
  const frame = guid();
  const display = isMobile() || given.display === 'touch' ? 'touch' : (given.display ?? 'popup');
  const version = given.version ?? state.version;
  const parameters = {
    domain: location.hostname,
    fallback_redirect_uri: location.href,
    logger_id: guid(),
    cbt: Date.now(),
    scope,
    ...given,
    app_id: state.appId,
    channel_url: arbiterUrl(hosts.arbiter, guid()),
    client_id: state.appId,
    display,
    e2e: {},
    locale: state.locale,
    origin: contextType(),
    redirect_uri: `${arbiterUrl(hosts.arbiter, callbackId)}&frame=${frame}`,
    response_type: responseType(options),
    sdk: 'joey',
    version,
    ...(display === 'touch' && state.authResponse?.accessToken
      ? { access_token: state.authResponse.accessToken }
      : {}),
  };
  const touchHost = isAndroid() ? hosts.oauth : hosts.mobile;
  const host = display === 'touch' ? touchHost : hosts.www;
  return { url: `${host}/${version}/dialog/oauth?${encodeQuery(flatten(parameters))}`, frame };
}

/** Only `override_default_response_type: true` leaves it at what the page asked for. */
function responseType({
  response_type: asked,
  override_default_response_type: isAll,
}: Record<string, unknown>) {
  if (isAll === true) return asked;
  const types = typeof asked === 'string' && asked !== '' ? asked.split(',').reverse() : [];
  return [...new Set([...types, 'token', 'signed_request', 'graph_domain'])].join(',');
}

function arbiterUrl(host: string, callbackId: string): string {
  const fragment = encodeQuery({
    cb: callbackId,
    domain: location.hostname,
    is_canvas: false,
    origin: `${location.origin}/${channel}`,
    relation: 'opener',
  });
  return `${host}/x/connect/xd_arbiter/?version=46#${fragment}`;
}
