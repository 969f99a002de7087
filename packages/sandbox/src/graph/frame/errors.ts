import { hourMs } from '../../durations.ts';
import type { Random } from '../../random.ts';
import { randomText } from '../../random.ts';

/** What a refusal of the Graph API says. Meta: Graph API › Handle Errors. */
export interface GraphErrorDetails {
  message: string;
  type: 'OAuthException' | 'GraphMethodException';
  code: number;
  subcode?: number;
  /** The WhatsApp endpoints explain themselves here. Meta: Cloud API › Error codes. */
  details?: string;
  /** For the person in front of it: `error_user_title` and `error_user_msg`. */
  user?: { title: string; message: string };
  isTransient?: boolean;
  /** HTTP status; Meta answers most refusals with 400. */
  status?: number;
  /** The reason in `www-authenticate`, sent where a code, a secret or a token is refused; 190 has its own. */
  challenge?: 'invalid_code' | 'invalid_client' | 'invalid_token' | 'invalid_request';
}

/** Thrown by the handlers, answered as Meta's error envelope. */
export class GraphError extends Error {
  readonly details: GraphErrorDetails;

  constructor(details: GraphErrorDetails) {
    super(details.message);
    this.name = 'GraphError';
    this.details = details;
  }
}

/** The answer to a refusal: `{error: {message, type, code, …, fbtrace_id}}`. */
export function errorResponse(details: GraphErrorDetails, random: Random): Response {
  const headers = new Headers({
    'content-type': 'application/json; charset=UTF-8',
    'cache-control': 'no-store',
    // The SDK's FB.api reads refusals in a page too.
    'access-control-allow-origin': '*',
  });
  const challenge = details.challenge ?? (details.code === 190 ? 'invalid_token' : null);
  if (challenge) {
    headers.set('www-authenticate', `OAuth "Facebook Platform" "${challenge}" "${details.message}"`);
  }
  const error = {
    message: details.message,
    type: details.type,
    code: details.code,
    ...(details.subcode === undefined ? {} : { error_subcode: details.subcode }),
    ...(details.details === undefined
      ? {}
      : { error_data: { messaging_product: 'whatsapp', details: details.details } }),
    ...(details.user === undefined
      ? {}
      : { error_user_title: details.user.title, error_user_msg: details.user.message }),
    ...(details.isTransient === undefined ? {} : { is_transient: details.isTransient }),
    fbtrace_id: `A${randomText(random, 22)}`,
  };
  return new Response(JSON.stringify({ error }), { status: details.status ?? 400, headers });
}

/** The answer to every refusal. What is no refusal is a mistake of the sandbox, and says so. */
export function graphRefusal(random: Random, error: unknown): Response {
  if (error instanceof GraphError) return errorResponse(error.details, random);
  const reason = error instanceof Error ? error.message : String(error);
  return errorResponse(
    {
      message: `An unknown error has occurred. (The sandbox itself: ${reason})`,
      type: 'OAuthException',
      code: 1,
      status: 500,
    },
    random,
  );
}

/** 100/33: Meta does not tell an object that is gone from one that the token may not see. */
export function notVisible(method: string, id: string): GraphError {
  return new GraphError({
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
    type: 'GraphMethodException',
    code: 100,
    subcode: 33,
  });
}

/** 100: a parameter is missing or wrong. */
export function badParameter(message: string, details?: string, subcode?: number): GraphError {
  return new GraphError({
    message: `(#100) ${message}`,
    type: 'OAuthException',
    code: 100,
    ...(subcode === undefined ? {} : { subcode }),
    ...(details === undefined ? {} : { details }),
  });
}

/** 190: the token lived once. Meta: Graph API › Handle errors: the subcodes of 190. */
export function deadToken(
  state: 'expired' | 'revoked' | 'app-removed',
  token: { appId: string; expiresAt: number | null },
  now: number,
): GraphError {
  const [subcode, message] = deathOf(state, token, now);
  return new GraphError({
    message: `Error validating access token: ${message}`,
    type: 'OAuthException',
    code: 190,
    subcode,
    status: 401,
  });
}

/** The subcode and Meta's words. */
function deathOf(
  state: 'expired' | 'revoked' | 'app-removed',
  { appId, expiresAt }: { appId: string; expiresAt: number | null },
  now: number,
): [number, string] {
  switch (state) {
    case 'expired':
      return [
        463,
        `Session has expired on ${pacificTime(expiresAt ?? now)}. The current time is ${pacificTime(now)}.`,
      ];
    case 'app-removed':
      return [458, `The user has not authorized application ${appId}.`];
    default:
      return [467, 'This may be because the user logged out or may be due to a system error.'];
  }
}

/** As Meta writes a time in these refusals: `Sunday, 22-Nov-26 15:04:05 PST`. */
function pacificTime(at: number): string {
  const standard = new Date(at - 8 * hourMs);
  const [weekday = '', day = '', month = '', year = '', time = ''] = standard.toUTCString().split(' ');
  const names: Record<string, string> = { Tue: 'Tues', Wed: 'Wednes', Thu: 'Thurs', Sat: 'Satur' };
  const short = weekday.slice(0, 3);
  return `${names[short] ?? short}day, ${day}-${month}-${year.slice(2)} ${time} PST`;
}

/** A refusal of the WhatsApp endpoints, which explain themselves in `error_data.details`. */
export function whatsappError(code: number, message: string, details = message, status = 400): GraphError {
  return new GraphError({ message: `(#${code}) ${message}`, type: 'OAuthException', code, details, status });
}

/** A refusal of the partner endpoints, whose reference has words but mostly no subcodes for it. */
export function methodError(code: number, message: string, subcode?: number): GraphError {
  return new GraphError({
    message: `(#${code}) ${message}`,
    type: 'GraphMethodException',
    code,
    ...(subcode === undefined ? {} : { subcode }),
  });
}

/** 190: the token is none of ours. */
export function badToken(): GraphError {
  return new GraphError({
    message: 'Invalid OAuth access token - Cannot parse access token',
    type: 'OAuthException',
    code: 190,
    status: 401,
  });
}

/** 10: this kind of token may not do this. Meta: Graph API › Handle errors. */
export function notPermitted(): GraphError {
  return new GraphError({
    message: '(#10) Application does not have permission for this action',
    type: 'OAuthException',
    code: 10,
    status: 403,
  });
}

/** 100: a route that knows other methods. */
export function unsupportedMethod(method: string): GraphError {
  return new GraphError({
    message: `Unsupported ${method.toLowerCase()} request. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
    type: 'GraphMethodException',
    code: 100,
  });
}

/** 2200: the callback did not pass the verification request. Meta: Webhooks › Getting started. */
export function callbackRefused(problem: string): GraphError {
  return new GraphError({
    message: `(#2200) Callback verification failed with the following errors: ${problem}`,
    type: 'OAuthException',
    code: 2200,
  });
}
