/** All that has to be there before a press may open the dialog: the portal's settings and Meta's SDK. */
import { SignupFailure } from './errors.ts';
import type { Page } from './page.ts';
import type { FlowName, FlowSettings, LaunchSettings } from './protocol.ts';
import { createRelayClient, type RelayClient } from './relay.ts';
import { prepareSdk } from './sdk.ts';

/** What the element's attributes say. */
export interface SignupConfig {
  /** The relay's address, without a slash at the end. */
  readonly base: string | null;
  readonly portal: string;
  readonly reference: string | null;
  readonly flow: FlowName;
  readonly sdkUrl: string | null;
  readonly nonce: string;
}

export interface Launch extends LaunchSettings {
  readonly relay: RelayClient;
  readonly base: string;
  readonly flow: FlowSettings;
}

/** Throws what keeps the dialog from opening. */
export async function prepareLaunch(
  { base, portal, flow, sdkUrl, nonce }: SignupConfig,
  page: Page,
): Promise<Launch> {
  if (!base) throw new SignupFailure('relay-missing');
  // The session is bound to a hash that only a secure page can make.
  if (!crypto.subtle) throw new SignupFailure('insecure-context');
  const relay = createRelayClient({ base });
  const settings = await relay.settings(portal);
  const chosen = settings.flows[flow];
  if (!chosen) throw new SignupFailure('flow-unknown');
  const launch = {
    ...settings,
    portal,
    relay,
    base,
    flow: chosen,
    sdkUrl: new URL(sdkUrl ?? settings.sdkUrl).origin,
  };
  await prepareSdk(launch, page, nonce);
  return launch;
}
