/** All that has to be there before a press may open the dialog: the portal's settings and Meta's SDK. */
import { failure } from './errors.ts';
import { type Page, scriptRelay } from './page.ts';
import type { FlowName, FlowSettings } from './protocol.ts';
import { createRelayClient, type RelayClient } from './relay.ts';
import { metaSdkUrl, prepareSdk } from './sdk.ts';

/** What the element's attributes say, read anew for each use. */
export interface SignupConfig {
  relay: string | null;
  portal: string;
  session: string | null;
  reference: string | null;
  flow: FlowName;
  sdkUrl: string | null;
  nonce: string;
}

export interface Launch {
  readonly relay: RelayClient;
  readonly appId: string;
  readonly sdkUrl: string;
  readonly flow: FlowSettings;
}

/** Throws what keeps the dialog from opening. */
export async function prepareLaunch(config: SignupConfig, page: Page): Promise<Launch> {
  if (!config.relay) throw failure('relay-missing');
  // The session is bound to a hash that only a secure page can make.
  if (!config.session && !globalThis.crypto?.subtle) throw failure('insecure-context');
  const relay = createRelayClient({ base: config.relay });
  const settings = await relay.settings(config.portal);
  const flow = settings.flows[config.flow];
  if (!flow) throw failure('flow-unknown');
  if (settings.sessions === 'server' && !config.session) throw failure('session-required');
  const sdkUrl = (config.sdkUrl ?? settings.sdkUrl).replace(/\/+$/, '');
  if (!mayServeSdk(sdkUrl, config)) throw failure('sdk-url-refused');
  const { appId, graphVersion: version } = settings;
  await prepareSdk({ page, sdkUrl, appId, version, nonce: config.nonce });
  return { relay, appId, sdkUrl, flow };
}

/** A stand-in for Meta runs its script in this page: it is the page's, or its own relay's, to name one. */
function mayServeSdk(sdkUrl: string, config: SignupConfig): boolean {
  if (sdkUrl === metaSdkUrl) return true;
  if (!/^https?:/.test(sdkUrl) || !URL.canParse(sdkUrl)) return false;
  const named = config.sdkUrl !== null || config.relay === scriptRelay;
  return named || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(sdkUrl).hostname);
}
