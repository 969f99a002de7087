import type { Phone } from '../../world/assets.ts';
import { badParameter } from '../frame/errors.ts';
import type { Edge } from '../frame/node-type.ts';
import { readInput, text } from '../frame/read-input.ts';
import { requireRegistered } from '../number/registered.ts';
import { needsMessaging } from './number.ts';
import { readRsaKey } from './rsa-key.ts';

/** `/{phone}/whatsapp_business_encryption`: the key that Flows are encrypted with. Meta: Cloud API › Flows encryption. */
export const flowKey: Edge<Phone> = {
  check: needsMessaging,
  get: (phone, { world }) => {
    const { flowKey: key } = world.messaging.number(phone.id);
    if (key === null) return { data: [] };
    return { data: [{ business_public_key: key, business_public_key_signature_status: 'VALID' }] };
  },
  post: (phone, call) => {
    const { business_public_key: pem } = readInput(call, { business_public_key: text(10_000) });
    requireRegistered(phone);
    if (!readRsaKey(pem))
      throw badParameter('Param business_public_key must be a 2048-bit RSA public key in PEM format.');
    call.world.messaging.number(phone.id).flowKey = pem;
    return { success: true };
  },
};
