import { randomId } from './random-id.ts';

/** Who opens a dialog, and from where. */
export interface Opening {
  /** The origin that serves dialog and arbiter. */
  origin: string;
  locale: string;
  version: string;
  appId: string | null;
  /** The name that the arbiter's answer carries. */
  callbackId: string;
}

/**
 * The dialog's address as the SDK builds it: what the page gave to `FB.login`, and the way back through the
 * arbiter. Values that are no strings travel as JSON; null and undefined stay away.
 */
export function dialogUrl(opening: Opening, options: Record<string, unknown>): string {
  const { origin, version, callbackId } = opening;
  const parameters: Record<string, unknown> = {
    ...options,
    app_id: opening.appId,
    client_id: opening.appId,
    cbt: Date.now(),
    channel_url: arbiterUrl(origin, { cb: randomId(), relation: 'opener' }),
    display: 'popup',
    domain: location.hostname,
    e2e: {},
    fallback_redirect_uri: location.href,
    locale: opening.locale,
    logger_id: randomId(),
    origin: 1,
    redirect_uri: arbiterUrl(origin, { cb: callbackId, relation: 'opener', frame: randomId() }),
    response_type: responseType(options),
    sdk: 'joey',
    version,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined) continue;
    query.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return `${origin}/${version}/dialog/oauth?${query}`;
}

/** Without `override_default_response_type` the SDK asks for tokens too. */
function responseType(options: Record<string, unknown>): string {
  const asked = typeof options.response_type === 'string' ? options.response_type : '';
  if (options.override_default_response_type) return asked;
  return [...asked.split(',').filter(Boolean), 'token', 'signed_request', 'graph_domain'].join(',');
}

function arbiterUrl(origin: string, way: Record<string, string>): string {
  const { cb = '', ...rest } = way;
  const fragment = new URLSearchParams({
    cb,
    domain: location.hostname,
    is_canvas: 'false',
    origin: `${location.origin}/${randomId()}`,
    ...rest,
  });
  return `${origin}/x/connect/xd_arbiter/?version=46#${fragment}`;
}
