import * as v from 'valibot';
import { digitsOf } from '../../phone-digits.ts';
import type { Phone } from '../../world/assets.ts';
import type { SentMessage } from '../../world/number-extras.ts';
import { createOrdered } from '../../world/ordered.ts';
import { uniqueText } from '../../world/unique-text.ts';
import { isRestricted, refuseBanned, wabaOf } from '../account/waba-access.ts';
import type { Call } from '../frame/call.ts';
import { badParameter, whatsappError } from '../frame/errors.ts';
import type { Edge } from '../frame/node-type.ts';
import { flag, isWhatsApp, json, readInput, waId } from '../frame/read-input.ts';
import { requireRegistered } from '../number/registered.ts';
import { askForCallPermission } from './call-permissions.ts';
import { mediaNode } from './media.ts';
import { findTemplate } from './message-template.ts';
import { type MessageType, messageTypes, templateEntry } from './message-types.ts';
import { needsMessaging } from './number.ts';

/** `/{phone}/messages`. Meta: Cloud API › Messages. */
export const messages: Edge<Phone> = {
  check: needsMessaging,
  post: (phone, call) => (call.parameters.has('status') ? markAsRead(phone, call) : send(phone, call)),
};

/** `/{phone}/marketing_messages`. Meta: Marketing Messages API for WhatsApp. */
export const marketingMessages: Edge<Phone> = {
  check: needsMessaging,
  post: (phone, call) => {
    readInput(call, {
      recipient_type: v.optional(v.literal('individual')),
      type: v.literal('template'),
      product_policy: v.optional(v.picklist(['CLOUD_API_FALLBACK', 'STRICT'])),
      message_activity_sharing: v.optional(flag),
    });
    return send(phone, call, 'MARKETING');
  },
};

/** Sends what the parameters say: now, since nothing is slow here. */
export function send(phone: Phone, call: Call, category?: string): Record<string, unknown> {
  const input = readInput(call, {
    ...isWhatsApp,
    recipient_type: v.optional(v.picklist(['individual', 'group']), 'individual'),
    to: v.string(),
    // Meta: Cloud API › Messages: without a type it is text.
    type: v.optional(v.picklist(Object.keys(messageTypes) as MessageType[]), 'text'),
    context: v.optional(json(v.looseObject({ message_id: v.string() }))),
  });
  const { type } = input;
  const { [type]: content } = readInput(call, { [type]: json(messageTypes[type]) });
  requireRegistered(phone);
  const waba = wabaOf(call, phone);
  refuseBanned(waba);
  const to = input.recipient_type === 'group' ? groupOf(phone, input.to, call) : recipient(phone, call);
  let templateCategory: string | undefined;
  if (type === 'template') {
    const template = findTemplate(waba, v.parse(templateEntry, content));
    templateCategory = template.category;
    if (category !== undefined && template.category !== category) {
      throw badParameter(`Only templates of the category ${category} can be sent here.`);
    }
    if (isRestricted(call, waba, 'RESTRICTED_BIZ_INITIATED_MESSAGING')) {
      throw whatsappError(368, 'Temporarily blocked for policies violations', undefined, 403);
    }
  }
  checkMedia(phone, content, call);
  checkFlow(waba.id, content, call);
  if (isCallPermissionRequest(content)) askForCallPermission(phone, to, call);
  const isPaidFor = templateCategory === undefined || waba.fundingId !== null;
  const message = record(phone, call, { to, type, content, error: isPaidFor ? null : unpaid });
  return {
    messaging_product: 'whatsapp',
    contacts: [{ input: input.to, wa_id: to }],
    messages: [{ id: message.messageId, ...(type === 'template' ? { message_status: 'accepted' } : {}) }],
  };
}

/** Meta tells this by webhook: the call itself succeeds. Meta: Cloud API › Error codes. */
const unpaid = { code: 131042, title: 'Business eligibility payment issue' };

function record(
  phone: Phone,
  { world, caller }: Call,
  details: Pick<SentMessage, 'to' | 'type' | 'content'> & { error: typeof unpaid | null },
): SentMessage {
  const { error, ...rest } = details;
  const message: SentMessage = {
    ...world.newIdentity(),
    phoneId: phone.id,
    appId: caller.app.id,
    messageId: `wamid.${Buffer.from(uniqueText(world, 36)).toString('base64')}`,
    ...rest,
    events: createOrdered(),
  };
  message.events.add({
    ...world.newIdentity(),
    status: error ? 'FAILED' : 'SENT',
    error: error && `(#${error.code}) ${error.title}`,
    at: world.clock.now(),
  });
  world.messaging.messages.set(message.id, message);
  world.messaging.number(phone.id).messages.add(message);
  const { messageId, to } = message;
  const status = error ? 'failed' : 'sent';
  world.announce({ kind: 'message-status', phoneId: phone.id, messageId, to, status, error });
  return message;
}

function recipient(phone: Phone, call: Call): string {
  const { to } = readInput(call, { to: waId });
  if (to === digitsOf(phone.displayNumber)) {
    throw whatsappError(
      131021,
      'Recipient cannot be sender',
      'Sender and recipient phone number is the same.',
    );
  }
  return to;
}

function groupOf(phone: Phone, id: string, { world }: Call): string {
  if (world.messaging.groups.get(id)?.phoneId === phone.id) return id;
  throw badParameter('Param to must be the ID of a group of this phone number.');
}

/** A message may name an uploaded file by its id: it must be there, and of this number. */
function checkMedia(phone: Phone, content: unknown, call: Call): void {
  const id = v.safeParse(v.looseObject({ id: v.string() }), content);
  if (!id.success || mediaNode.find(id.output.id, call)?.phoneId === phone.id) return;
  throw whatsappError(131009, 'Parameter value is not valid', `Media ID ${id.output.id} does not exist.`);
}

/** A message may open a Flow, by id or by name: it must be the account's, and published unless it is a draft's. */
function checkFlow(wabaId: string, content: unknown, { world }: Call): void {
  if (!v.is(v.looseObject({ type: v.literal('flow') }), content)) return;
  const reading = v.safeParse(flowAction, content);
  if (!reading.success) throw badParameter("The parameter interactive['action']['parameters'] is required.");
  const { flow_id: id, flow_name: name, mode } = reading.output.action.parameters;
  const flow = [...world.messaging.account(wabaId).flows].find((one) => one.id === id || one.name === name);
  if (flow && flow.status === (mode === 'draft' ? 'DRAFT' : 'PUBLISHED')) return;
  throw whatsappError(
    131009,
    'Parameter value is not valid',
    'Flow with specified ID does not exist or cannot be sent.',
  );
}

const flowAction = v.looseObject({
  action: v.looseObject({
    name: v.literal('flow'),
    parameters: v.looseObject({
      flow_id: v.optional(v.string()),
      flow_name: v.optional(v.string()),
      mode: v.optional(v.picklist(['draft', 'published'])),
    }),
  }),
});

function isCallPermissionRequest(content: unknown): boolean {
  return v.is(v.looseObject({ type: v.literal('call_permission_request') }), content);
}

/** Meta: Cloud API › Mark messages as read. Nobody writes to a number here, so there is nothing to look up. */
function markAsRead(phone: Phone, call: Call) {
  readInput(call, { ...isWhatsApp, status: v.literal('read'), message_id: v.string() });
  requireRegistered(phone);
  return { success: true };
}
