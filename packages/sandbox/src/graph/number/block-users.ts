import { digitsOf } from '../../phone-digits.ts';
import type { Phone } from '../../world/assets.ts';
import type { Call } from '../frame/call.ts';
import { badParameter } from '../frame/errors.ts';
import { isObject, optionalList, requireWhatsApp } from '../frame/input.ts';
import type { Edge } from '../frame/node-type.ts';

/** `/{phone}/block_users`. Meta: Cloud API › Block users. */
export const blockUsers: Edge<Phone> = {
  get: (phone) => ({
    data: [...phone.blockedUsers].map((wa_id) => ({ messaging_product: 'whatsapp', wa_id })),
  }),
  post: (phone, call) => {
    const users = readUsers(call);
    for (const { wa_id } of users) phone.blockedUsers.add(wa_id);
    return { messaging_product: 'whatsapp', block_users: { added_users: users } };
  },
  delete: (phone, call) => {
    const users = readUsers(call);
    for (const { wa_id } of users) phone.blockedUsers.delete(wa_id);
    return { messaging_product: 'whatsapp', block_users: { removed_users: users } };
  },
};

function readUsers({ parameters }: Call): { input: string; wa_id: string }[] {
  requireWhatsApp(parameters);
  const users = optionalList(parameters, 'block_users');
  if (users === undefined || users.length === 0) throw badParameter('The parameter block_users is required.');
  return users.map((one, index) => {
    const input = isObject(one) && typeof one.user === 'string' ? one.user : '';
    const digits = digitsOf(input);
    if (digits.length < 7 || digits.length > 15) {
      throw badParameter(
        'Invalid parameter',
        `block_users[${index}]['user'] must be a phone number or a WhatsApp ID.`,
      );
    }
    return { input, wa_id: digits };
  });
}
