import type { AuthResponse } from './globals.ts';
import { readAuthResponse } from './login-status.ts';
import type { State } from './state.ts';

/** What became of the browser's own dialog. */
type Outcome = { status: 'success'; authResponse: AuthResponse } | { status: 'cancelled' | 'error' };

export const isFedCmSupported = (): boolean => 'IdentityCredential' in window && window.isSecureContext;

/**
 * Asks the browser for a login with Facebook (FedCM). Of what `FB.login` was given only `scope` goes along:
 * `config_id`, `extras` and `response_type` are lost, so there is a token at the end and no code.
 */
export async function askBrowser(
  state: State,
  options: { scope?: unknown; mediation?: CredentialMediationRequirement },
): Promise<Outcome> {
  const { scope, mediation } = options;
  const provider = {
    configURL: `${state.hosts.www}/fed_cm/config.json`,
    clientId: state.appId,
    nonce: crypto.randomUUID(),
    ...(scope === null || scope === undefined ? {} : { params: { scope } }),
  };
  const request = {
    identity: { providers: [provider], context: state.fedCm?.context },
    ...(mediation ? { mediation } : {}),
  };
  try {
    const credential = await navigator.credentials.get(request as CredentialRequestOptions);
    const fields = JSON.parse((credential as unknown as { token: string }).token);
    if (!fields.access_token || !fields.user_id) return { status: 'error' };
    return { status: 'success', authResponse: readAuthResponse(fields) };
  } catch (error) {
    const isCancelled = error instanceof DOMException && error.name === 'NotAllowedError';
    return { status: isCancelled ? 'cancelled' : 'error' };
  }
}
