import type { Phone } from '../../world/assets.ts';
import type { Edge } from '../node-type.ts';
import { callPermissions } from './call-permissions.ts';
import { calls } from './calls.ts';
import { groups } from './groups.ts';
import { uploads } from './media.ts';
import { messageHistory } from './message-history.ts';
import { marketingMessages, messages } from './messages.ts';
import { qrCodes } from './qr-codes.ts';

/** What a number can do beyond being set up. */
export const messagingEdges: Readonly<Record<string, Edge<Phone>>> = {
  messages,
  marketing_messages: marketingMessages,
  message_history: messageHistory,
  media: uploads,
  groups,
  calls,
  call_permissions: callPermissions,
  message_qrdls: qrCodes,
};
