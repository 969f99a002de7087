import * as v from 'valibot';
import type { Phone } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';
import { badParameter } from '../frame/errors.ts';
import { type Edge, type NodeType, nodeAnswer } from '../frame/node-type.ts';
import { json, readInput, text } from '../frame/read-input.ts';
import { needsManagement } from './number.ts';

/** The wish to be an Official Business Account, as its number has it. */
const officialAccountNode: NodeType<Phone> = {
  name: 'WhatsAppBusinessOfficialBusinessAccount',
  find: () => undefined,
  defaults: ['oba_status', 'status_message'],
  fields: {
    oba_status: (phone, { world }) => officialStatus(world, phone).oba_status,
    status_message: (phone, { world }) => officialStatus(world, phone).status_message,
  },
};

/** `/{phone}/official_business_account`. Meta: Official Business Accounts. Nobody here decides on one. */
export const officialAccount: Edge<Phone> = {
  check: needsManagement,
  get: (phone) => nodeAnswer(officialAccountNode, phone),
  post: (phone, call) => {
    const { action } = readInput(call, {
      action: v.picklist(['SUBMIT_APPLICATION', 'WITHDRAW_APPLICATION', 'RESUBMIT_APPLICATION']),
      application_data: v.optional(json(application)),
    });
    const { world } = call;
    const state = world.messaging.number(phone.id);
    const isWaiting = state.officialAccount?.status === 'PENDING';
    if (action === 'WITHDRAW_APPLICATION') {
      if (!isWaiting) throw badParameter('There is no application to withdraw.');
      state.officialAccount = { status: 'CANCELLED', message: 'The application was withdrawn.' };
    } else {
      if (isWaiting) throw badParameter('An application is under review already.');
      if (action === 'RESUBMIT_APPLICATION' && state.officialAccount === null) {
        throw badParameter('There is no application to submit again.');
      }
      state.officialAccount = { status: 'PENDING', message: 'The application is under review.' };
    }
    return {
      success: true,
      message: state.officialAccount.message,
      updated_status: { id: phone.id, ...officialStatus(world, phone) },
      tracking_id: world.newIdentity().id,
    };
  },
};

const application = v.object({
  business_name: v.optional(text(255)),
  business_description: v.optional(text(1000)),
  website_url: v.optional(v.pipe(v.string(), v.url('must be a valid URL'))),
  contact_email: v.optional(v.pipe(v.string(), v.email('must be an email address'))),
});

/** The documentation's own word for a number that nobody applied for is missing in Meta's OpenAPI file. */
export function officialStatus({ messaging }: World, phone: Phone) {
  const request = messaging.number(phone.id).officialAccount;
  return {
    oba_status: request?.status ?? 'NOT_STARTED',
    status_message: request?.message ?? 'There is no application.',
  };
}
