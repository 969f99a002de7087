import type { LoginStatus } from './globals.ts';

const unknown: LoginStatus = { status: 'unknown', authResponse: null };

/**
 * Asks whether this browser is connected to the app: the answer follows a cookie and stands in two headers.
 * Anything that goes wrong counts as unknown.
 */
export async function fetchLoginStatus(origin: string, appId: string | null): Promise<LoginStatus> {
  if (!window.isSecureContext) {
    // biome-ignore lint/suspicious/noConsole: the SDK speaks to the page's developer here.
    console.error('The method FB.getLoginStatus can no longer be called from http pages.');
    return unknown;
  }
  const query = new URLSearchParams({
    client_id: appId ?? '',
    input_token: '',
    origin: '1',
    redirect_uri: location.href,
    sdk: 'joey',
    wants_cookie_data: 'false',
  });
  try {
    const answer = await fetch(`${origin}/x/oauth/status?${query}`, { credentials: 'include' });
    if (answer.headers.get('fb-s') !== 'connected') return unknown;
    const authResponse: unknown = JSON.parse(answer.headers.get('fb-ar') ?? 'null');
    if (typeof authResponse !== 'object' || authResponse === null) return unknown;
    return { status: 'connected', authResponse: { ...authResponse } };
  } catch {
    return unknown;
  }
}
