import { fixedCredentials } from '../credentials.ts';

/** A dialog's address, understood. */
export interface DialogRequest {
  redirectUri: string;
  pageOrigin: string;
  extras: Record<string, unknown>;
}

/**
 * Reads the query of `/{version}/dialog/oauth`. A wrong one gives the reason; Meta shows only a page that
 * says that something went wrong, and the opener hears nothing.
 */
export function readDialogRequest(query: URLSearchParams): DialogRequest | { reason: string } {
  const clientId = query.get('client_id') ?? query.get('app_id');
  if (clientId !== fixedCredentials.appId)
    return { reason: `client_id "${clientId ?? ''}" is no app of the sandbox.` };
  const configId = query.get('config_id');
  if (configId !== fixedCredentials.configId) {
    return { reason: `config_id "${configId ?? ''}" is no configuration of this app.` };
  }
  const responseType = query.get('response_type') ?? '';
  if (!responseType.split(',').includes('code')) return { reason: 'response_type must ask for "code".' };
  const redirectUri = query.get('redirect_uri') ?? '';
  const pageOrigin = readPageOrigin(redirectUri);
  if (pageOrigin === null) return { reason: 'redirect_uri is not an address of the arbiter.' };
  const extras = readExtras(query.get('extras'));
  if (extras === null) return { reason: 'extras is not a JSON object.' };
  return { redirectUri, pageOrigin, extras };
}

/** The arbiter's fragment names the page: its origin, a slash, and the channel. */
function readPageOrigin(redirectUri: string): string | null {
  if (!URL.canParse(redirectUri)) return null;
  const url = new URL(redirectUri);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isWeb || !url.pathname.startsWith('/x/connect/xd_arbiter/')) return null;
  const page = new URLSearchParams(url.hash.slice(1)).get('origin') ?? '';
  const origin = URL.canParse(page) ? new URL(page).origin : 'null';
  return origin === 'null' ? null : origin;
}

function readExtras(text: string | null): Record<string, unknown> | null {
  if (text === null || text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
