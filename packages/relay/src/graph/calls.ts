import * as v from 'valibot';
import { createSecret, type Secret } from '../secret.ts';
import {
  appDataAnswer,
  debugAnswer,
  demandSuccess,
  fieldsOf,
  holderAnswer,
  idList,
  idsAnswer,
  numberAnswer,
  numbersAnswer,
  read,
  sendingAnswer,
  tokenAnswer,
  wabaAnswer,
} from './answers.ts';
import type { Graph } from './client.ts';
import { GraphError } from './error.ts';

/** The calls of an onboarding. Every id that they give is 1 to 25 digits. */

export type Waba = { id: string } & Partial<v.InferOutput<typeof wabaAnswer>>;
export type PhoneNumber = { id: string } & v.InferOutput<typeof numberAnswer>;
/** A number with what decides whether it can send. */
export type SendingNumber = { id: string } & v.InferOutput<typeof sendingAnswer>;

/** The exchange has a longer deadline than other calls: its answer cannot be asked for again. */
export const EXCHANGE_DEADLINE_MS = 12_000;

export interface Granted {
  token: Secret;
  /** Seconds; null: never, or not said. */
  expiresIn: number | null;
}

/**
 * Exchanges a code for the customer's business token. Sent as a form, so that the app secret stands in no address;
 * without `redirect_uri`, as codes of the JavaScript SDK want it (Meta: Embedded Signup › Onboard as a Tech Provider).
 */
export async function exchangeCode(
  graph: Graph,
  app: { id: string; secret: Secret },
  code: Secret,
): Promise<Granted> {
  const answer = await graph({
    method: 'POST',
    path: '/oauth/access_token',
    form: {
      client_id: app.id,
      client_secret: app.secret.reveal(),
      code: code.reveal(),
      grant_type: 'authorization_code',
    },
    deadline: EXCHANGE_DEADLINE_MS,
    // A code lives 30 seconds: held back, it would be lost for certain.
    urgent: true,
  });
  const { access_token, expires_in } = read(tokenAnswer, answer);
  return { token: createSecret(access_token), expiresIn: expires_in || null };
}

/**
 * The token that a customer's business gave this app, fetched again with the partner's own: for one whose exchange was
 * lost. The proof travels in the form, where this call is documented to want it (Meta: Embedded Signup › Hosted
 * Embedded Signup; Facebook Login for Business › System user access tokens).
 */
export async function fetchToken(graph: Graph, systemUser: Secret, businessId: string): Promise<Secret> {
  const answer = await graph({
    method: 'POST',
    path: `/${businessId}/system_user_access_tokens`,
    form: { fetch_only: 'true' },
    token: systemUser,
  });
  return createSecret(read(tokenAnswer, answer).access_token);
}

export interface TokenFacts {
  /** null where Meta names no app, as for another app's token. */
  appId: string | null;
  valid: boolean;
  /** Seconds since 1970; null: never, or not said. */
  expiresAt: number | null;
  /**
   * Ids that the token names under a `whatsapp_*` scope, newest first; null where it names none, which means all
   * that it can read (Meta: Access Tokens › Debugging).
   */
  targets: string[] | null;
  /** Names of the permissions that the customer granted; null where Meta does not say. */
  scopes: string[] | null;
}

/**
 * `debug_token` with the app's own token. Its contract puts the customer's token into the query.
 *
 * @throws GraphError also where Meta says with HTTP 200 why the token is dead.
 */
export async function debugToken(graph: Graph, appToken: Secret, token: Secret): Promise<TokenFacts> {
  const query = { input_token: token.reveal() };
  const { data } = read(
    debugAnswer,
    await graph({ method: 'GET', path: '/debug_token', query, token: appToken }),
  );
  if (!data.is_valid && data.error) throw GraphError.fromBody(200, data.error);
  const named = (data.granular_scopes ?? [])
    .filter(({ scope }) => scope.startsWith('whatsapp_'))
    .flatMap(({ target_ids }) => target_ids ?? []);
  return {
    appId: data.app_id ?? null,
    valid: data.is_valid,
    expiresAt: data.expires_at || null,
    targets: named.length > 0 ? [...new Set(v.parse(idList, named))] : null,
    scopes: data.scopes ?? null,
  };
}

/** Businesses of whoever the token speaks for (Meta: Graph API › User › Businesses). */
export async function readBusinesses(graph: Graph, token: Secret): Promise<string[]> {
  return readIds(graph, token, '/me/businesses');
}

/** WABAs of a business (Meta: Solution providers › Manage accounts). */
export async function readBusinessWabas(
  graph: Graph,
  token: Secret,
  businessId: string,
  kind: 'owned' | 'client',
): Promise<string[]> {
  return readIds(graph, token, `/${businessId}/${kind}_whatsapp_business_accounts`);
}

/** The customer's business, which a business token names itself (Meta: Facebook Login for Business › Token types). */
export async function readClientBusiness(graph: Graph, token: Secret): Promise<string | null> {
  const query = { fields: 'client_business_id' };
  const answer = await graph({ method: 'GET', path: '/me', query, token });
  return read(holderAnswer, answer).client_business_id ?? null;
}

async function readIds(graph: Graph, token: Secret, path: string): Promise<string[]> {
  const query = { fields: 'id', limit: '100' };
  return read(idsAnswer, await graph({ method: 'GET', path, query, token })).data.map(({ id }) => id);
}

export async function readWaba(graph: Graph, token: Secret, wabaId: string): Promise<Waba> {
  const query = { fields: fieldsOf.waba };
  const answer = await graph({ method: 'GET', path: `/${wabaId}`, query, token });
  return { ...read(wabaAnswer, answer), id: wabaId };
}

/** The WABA's numbers; one onboarded just now is among the first page. */
export async function readNumbers(graph: Graph, token: Secret, wabaId: string): Promise<PhoneNumber[]> {
  const path = `/${wabaId}/phone_numbers`;
  const query = { fields: fieldsOf.number, limit: '100' };
  return read(numbersAnswer, await graph({ method: 'GET', path, query, token })).data;
}

export async function readNumber(graph: Graph, token: Secret, phoneNumberId: string): Promise<PhoneNumber> {
  const query = { fields: fieldsOf.number };
  const answer = await graph({ method: 'GET', path: `/${phoneNumberId}`, query, token });
  return { ...read(numberAnswer, answer), id: phoneNumberId };
}

/** The number, and in its health that of the account, the business and the app behind it. */
export async function readSending(
  graph: Graph,
  token: Secret,
  phoneNumberId: string,
): Promise<SendingNumber> {
  const query = { fields: fieldsOf.sending };
  const answer = await graph({ method: 'GET', path: `/${phoneNumberId}`, query, token });
  return { ...read(sendingAnswer, answer), id: phoneNumberId };
}

/** Subscribes the token's app to the WABA's webhooks. Safe to repeat. */
export async function subscribeApp(graph: Graph, token: Secret, wabaId: string): Promise<void> {
  demandSuccess(await graph({ method: 'POST', path: `/${wabaId}/subscribed_apps`, token }));
}

/**
 * Registers the number for Cloud API with its two-step PIN. Meta allows ten of these per number in 72 hours.
 *
 * @param region where Meta keeps the messages, two letters; null leaves it to Meta
 */
export async function registerNumber(
  graph: Graph,
  token: Secret,
  phoneNumberId: string,
  pin: Secret,
  region: string | null = null,
): Promise<void> {
  const json = {
    messaging_product: 'whatsapp',
    pin: pin.reveal(),
    ...(region !== null && { data_localization_region: region }),
  };
  demandSuccess(await graph({ method: 'POST', path: `/${phoneNumberId}/register`, json, token }));
}

/** What a number on the WhatsApp Business app can be asked for: its contacts, its chat history. */
export type AppData = 'smb_app_state_sync' | 'history';

/**
 * Asks for contacts or history, which webhooks bring; each once in the 24 hours after the signup (Meta: Embedded
 * Signup › Onboard WhatsApp Business app users). Gives the request's id, by which Meta's support finds it; null
 * where Meta named none.
 *
 * @throws GraphError with code 2593107 where it was asked for before, 2593108 where it is too late.
 */
export async function requestAppData(
  graph: Graph,
  token: Secret,
  phoneNumberId: string,
  type: AppData,
): Promise<string | null> {
  const json = { messaging_product: 'whatsapp', sync_type: type };
  const answer = await graph({ method: 'POST', path: `/${phoneNumberId}/smb_app_data`, json, token });
  return read(appDataAnswer, answer).request_id ?? null;
}

/** Takes the number off Cloud API. Counts as one of the ten registrations. */
export async function deregisterNumber(graph: Graph, token: Secret, phoneNumberId: string): Promise<void> {
  demandSuccess(await graph({ method: 'POST', path: `/${phoneNumberId}/deregister`, token }));
}

/** Has Meta send a verification code to the number; the language is the message's. */
export async function requestCode(
  graph: Graph,
  token: Secret,
  phoneNumberId: string,
  method: string,
): Promise<void> {
  const json = { code_method: method, language: 'en_US' };
  demandSuccess(await graph({ method: 'POST', path: `/${phoneNumberId}/request_code`, json, token }));
}

/** Verifies the number with the code that was sent to it. A code works once. */
export async function verifyCode(
  graph: Graph,
  token: Secret,
  phoneNumberId: string,
  code: Secret,
): Promise<void> {
  const json = { code: code.reveal() };
  demandSuccess(await graph({ method: 'POST', path: `/${phoneNumberId}/verify_code`, json, token }));
}
