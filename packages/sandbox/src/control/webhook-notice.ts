import { fixedCredentials } from '../credentials.ts';
import { partnerOf } from '../webhooks/account-events.ts';
import { exampleFields, exampleOf } from '../webhooks/examples.ts';
import type { Audience, Notice } from '../webhooks/notice.ts';
import type { Phone, Waba } from '../world/assets.ts';
import type { World } from '../world/world.ts';
import { invalidInput } from './input-error.ts';
import type { WebhookRequest } from './webhook-input.ts';

/**
 * What is to be told, as a test asked for it. An account that is not named is the newest, and then every app that
 * has the field is told, as by the test button of Meta's dashboard; so it is with an account of elsewhere.
 */
export function requestedNotice(
  world: World,
  request: WebhookRequest & { field: string },
  at: string,
): Notice {
  const notice = 'value' in request ? givenNotice(world, request) : exampleNotice(world, request, at);
  if (notice.audience.of !== 'account' || request.wabaId !== undefined) return notice;
  return { ...notice, audience: { ...notice.audience, of: 'everyone' } };
}

function givenNotice(
  world: World,
  { field, value, wabaId, phoneNumberId }: WebhookRequest & { field: string },
): Notice {
  const waba = wabaId === undefined ? newestAccount(world) : world.wabas.get(wabaId);
  const accountId = wabaId ?? waba?.id ?? null;
  const phoneId = phoneNumberId ?? numberOf(value);
  const businessId = waba ? partnerOf(world, waba).businessId : fixedCredentials.businessId;
  const audience: Audience = waba
    ? { of: 'account', wabaId: waba.id, phoneId }
    : { of: 'everyone', wabaId: accountId, phoneId };
  if (isOfPartnership(field, value)) {
    return { field, value, entryId: businessId, audience: { of: 'partner', businessId, appId: null } };
  }
  // Meta's dashboard sends its tests with this id.
  return { field, value, entryId: accountId ?? '0', audience };
}

/** Whether its entry is the partner's business, not the account. Meta: Webhooks › account_update, partner_solutions. */
function isOfPartnership(field: string, value: unknown): boolean {
  if (field === 'partner_solutions') return true;
  return field === 'account_update' && typeof value === 'object' && value !== null && 'waba_info' in value;
}

/** The number that a value of message traffic names. */
function numberOf(value: unknown): string | null {
  const { metadata } = Object(value) as { metadata?: { phone_number_id?: unknown } };
  const phoneId = Object(metadata).phone_number_id;
  return typeof phoneId === 'string' ? phoneId : null;
}

function exampleNotice(
  world: World,
  { field, event, wabaId, phoneNumberId }: WebhookRequest & { field: string },
  at: string,
): Notice {
  const example = exampleOf(field);
  if (!example) {
    throw invalidInput(
      `${at}value`,
      `"${at}value" is missing: there is no example of the field ${field}, but of ${exampleFields.join(', ')}.`,
      exampleFields,
    );
  }
  if (event !== undefined && !example.events?.includes(event)) {
    const known = example.events ?? [];
    throw invalidInput(`${at}event`, `"${at}event" must be one of ${known.join(', ') || 'none'}.`, known);
  }
  const waba = wabaId === undefined ? newestAccount(world) : world.wabas.get(wabaId);
  if (!waba) {
    throw invalidInput(
      `${at}wabaId`,
      `"${at}wabaId" must be an account of this sandbox where there is no "value": make one with POST /_sandbox/codes.`,
    );
  }
  return example.make({
    world,
    waba,
    // Asked for by the examples that are about a number, and only then missed.
    get phone() {
      return exampleNumber(world, waba, phoneNumberId, at);
    },
    event,
  });
}

/** The named number, or the account's newest. */
function exampleNumber(world: World, waba: Waba, phoneNumberId: string | undefined, at: string): Phone {
  const phone =
    phoneNumberId === undefined ? waba.numbers.at(waba.numbers.size - 1) : world.phones.get(phoneNumberId);
  if (phone?.wabaId === waba.id) return phone;
  throw invalidInput(
    `${at}phoneNumberId`,
    `"${at}phoneNumberId" must be a number of the account ${waba.id} where there is no "value".`,
  );
}

/** The newest that an app subscribed to, or else the newest. */
function newestAccount(world: World): Waba | undefined {
  const wabas = [...world.wabas.values()];
  return wabas.findLast(({ subscriptions }) => subscriptions.size > 0) ?? wabas.at(-1);
}
