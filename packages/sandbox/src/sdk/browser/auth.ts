import type { Events } from './events.ts';
import type { AuthResponse, Status } from './globals.ts';
import type { State } from './state.ts';
import type { Storage } from './storage.ts';

/** Takes an answer for the present one: keeps it, and fires the events that its difference to the last makes. */
export type Settle = (
  authResponse: AuthResponse | null,
  status: Status,
  options?: { loginSource?: string | null; isKept?: boolean },
) => void;

/** `onTokenLost`: the page had a token and has one no more, though it is connected. */
export function createSettle(
  state: State,
  { events, storage, onTokenLost }: { events: Events; storage: Storage; onTokenLost: () => void },
): Settle {
  return (authResponse, status, { loginSource = 'facebook', isKept = false } = {}) => {
    const before = { ...state };
    const userId = authResponse?.userID ?? '';
    if (authResponse) {
      storage.keepSignedRequest(authResponse);
    } else {
      storage.dropSignedRequest();
      storage.dropToken();
    }
    Object.assign(state, { authResponse, status, userId });
    if (status === 'connected' && before.authResponse?.accessToken && !authResponse?.accessToken)
      onTokenLost();

    const event = { authResponse, status, loginSource };
    const isOtherUser = authResponse !== null && before.userId !== '' && before.userId !== userId;
    const isLogin = before.status === 'unknown' && authResponse !== null;
    if (isOtherUser || (before.userId !== '' && authResponse === null)) events.fire('auth.logout', event);
    // Without a look at the status beforehand, the first login fires no auth.login, but where cookies are on.
    if (isLogin || isOtherUser || (state.usesCookie && userId !== before.userId && userId !== ''))
      events.fire('auth.login', event);
    if (authResponse !== before.authResponse) events.fire('auth.authResponseChange', event);
    if (status !== before.status) events.fire('auth.statusChange', event);
    if (!isKept) storage.keepAnswer(authResponse, status);
  };
}
