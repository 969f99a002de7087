import * as v from 'valibot';
import type { Phone } from '../../world/assets.ts';
import type { MessageEvent, SentMessage } from '../../world/number-extras.ts';
import { type Edge, listing, type NodeType } from '../frame/node-type.ts';
import { readPage } from '../frame/page.ts';
import { readInput } from '../frame/read-input.ts';
import { needsMessaging, unixTime, visiblePhone } from './number.ts';

/** What was sent, and what became of it. Meta: WhatsApp Business Platform › Message History API. */
export const messageHistoryNode: NodeType<SentMessage> = {
  name: 'WhatsAppMessageHistory',
  find: (id, call) => {
    const message = call.world.messaging.messages.get(id);
    return message && visiblePhone(message.phoneId, call) ? message : undefined;
  },
  check: needsMessaging,
  defaults: ['id', 'message_id', 'events'],
  fields: {
    message_id: (message) => message.messageId,
    events: (message) => listing(eventNode(message), message.events),
  },
  edges: {
    // Asked for on its own, the same list has another shape than as a field.
    events: {
      get: (message, call) => {
        const { status_filter: status } = readInput(call, {
          status_filter: v.optional(v.picklist(['SENT', 'DELIVERED', 'READ', 'FAILED', 'DELETED'])),
        });
        const visible = (event: MessageEvent) => status === undefined || event.status === status;
        const list = listing(eventNode(message), message.events, { visible });
        const { items, paging } = readPage(list, call.parameters, call.url);
        const app = { id: message.appId, name: call.world.apps.get(message.appId)?.name ?? '' };
        const data = (items as MessageEvent[]).map((event) => ({
          node: {
            id: event.id,
            delivery_status: event.status,
            ...(event.error === null ? {} : { error_description: event.error }),
            occurrence_timestamp: unixTime(event.at),
            status_timestamp: unixTime(event.at),
            application: app,
          },
        }));
        return { data, ...(paging ? { paging } : {}) };
      },
    },
  },
};

/** `/{phone}/message_history` */
export const messageHistory: Edge<Phone> = {
  check: needsMessaging,
  get: (phone, { world, parameters }) => {
    const asked = parameters.get('message_id');
    return listing(messageHistoryNode, world.messaging.number(phone.id).messages, {
      direction: 'descending',
      visible: ({ messageId }) => asked === undefined || messageId === asked,
    });
  },
};

const eventNode = (message: SentMessage): NodeType<MessageEvent> => ({
  name: 'WhatsAppMessageHistoryEvent',
  find: () => undefined,
  defaults: ['id', 'delivery_status', 'timestamp', 'application', 'error_description'],
  fields: {
    delivery_status: (event) => event.status,
    timestamp: (event) => unixTime(event.at),
    application: () => ({ id: message.appId }),
    error_description: (event) => event.error ?? undefined,
  },
});
