import type { Phone } from '../../world/assets.ts';
import { type Edge, type FieldReader, nodeAnswer } from '../frame/node-type.ts';
import { botNode, botOf, conversationalAutomation } from './bot-node.ts';
import { callPermissions } from './call-permissions.ts';
import { calls } from './calls.ts';
import { commerceSettings } from './commerce.ts';
import { complianceInfo } from './compliance.ts';
import { flowKey } from './flow-key.ts';
import { groups } from './groups.ts';
import { uploads } from './media.ts';
import { messageHistory } from './message-history.ts';
import { marketingMessages, messages } from './messages.ts';
import { officialAccount, officialStatus } from './official-account.ts';
import { encryptedMessages } from './payload-encryption.ts';
import { qrCodes } from './qr-codes.ts';

/** What a number can do beyond being set up. */
export const messagingEdges: Readonly<Record<string, Edge<Phone>>> = {
  messages,
  messages_encrypted: encryptedMessages,
  marketing_messages: marketingMessages,
  message_history: messageHistory,
  media: uploads,
  groups,
  calls,
  call_permissions: callPermissions,
  message_qrdls: qrCodes,
  conversational_automation: conversationalAutomation,
  whatsapp_business_encryption: flowKey,
  whatsapp_commerce_settings: commerceSettings,
  business_compliance_info: complianceInfo,
  official_business_account: officialAccount,
};

/** What a number tells of these things as fields. */
export const messagingFields: Readonly<Record<string, FieldReader<Phone>>> = {
  conversational_automation: (phone, { world }) => {
    const bot = botOf(world, phone);
    return bot ? nodeAnswer(botNode, bot) : undefined;
  },
  official_business_account: (phone, { world }) => ({ oba_status: officialStatus(world, phone).oba_status }),
};
