import { encodeQuery, flatten } from './environment.ts';
import { warn } from './log.ts';
import type { State } from './state.ts';

type Callback = (answer: unknown) => void;

/**
 * `FB.api(path, method?, parameters?, callback?)`, told apart by their types. Meta: Facebook SDK for
 * JavaScript › FB.api(). `onDeadToken`: Graph refused the page's token.
 */
export function createApi(state: State, onDeadToken: () => void) {
  return (path: string, ...rest: unknown[]): void => {
    const method = rest.find((part) => typeof part === 'string')?.toLowerCase() ?? 'get';
    const given = rest.find((part) => typeof part === 'object' && part !== null);
    const callback = rest.find((part) => typeof part === 'function') as Callback | undefined;
    if (!['get', 'post', 'put', 'delete'].includes(method)) {
      throw new Error(`Invalid method passed to ApiClient: ${method}`);
    }
    if (!callback) warn('No callback passed to the ApiClient');
    const token = state.authResponse?.accessToken;
    const parameters = flatten({
      ...(token ? { access_token: token } : {}),
      ...given,
      method,
      pretty: 0,
      sdk: 'joey',
    });
    void call(versioned(path, state.version), method, parameters).then((answer) => {
      if (isDeadToken(answer) && token && token === state.authResponse?.accessToken) onDeadToken();
      callback?.(answer);
    });
  };

  async function call(path: string, method: string, parameters: Record<string, string>): Promise<unknown> {
    const url = `${state.hosts.graph}${path}`;
    const body = encodeQuery(parameters);
    try {
      const answer =
        method === 'get'
          ? await fetch(`${url}${path.includes('?') ? '&' : '?'}${body}`)
          : await fetch(url, {
              method: 'POST',
              headers: { 'content-type': 'application/x-www-form-urlencoded' },
              body,
            });
      return await answer.json();
    } catch {
      return {
        error: {
          code: 1,
          error_subcode: 1357045,
          message: 'unknown error (empty response)',
          type: 'http',
          status: 0,
        },
      };
    }
  }
}

function versioned(path: string, version: string | null): string {
  const own = path.startsWith('/') ? path : `/${path}`;
  return /^\/v\d+\.\d\d?\//.test(own) ? own : `/${version}${own}`;
}

function isDeadToken(answer: unknown): boolean {
  return (answer as { error?: { code?: unknown } } | null)?.error?.code === 190;
}
