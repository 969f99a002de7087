import * as v from 'valibot';
import type { Phone } from '../../world/assets.ts';
import type { Edge } from '../frame/node-type.ts';
import { flag, readInput } from '../frame/read-input.ts';
import { needsManagement } from './number.ts';

/** `/{phone}/whatsapp_commerce_settings`. Meta: Cloud API › Sell products and services. */
export const commerceSettings: Edge<Phone> = {
  check: needsManagement,
  get: (phone, { world }) => {
    const { hasCart, showsCatalog } = world.messaging.number(phone.id).commerce;
    return { data: [{ id: phone.id, is_cart_enabled: hasCart, is_catalog_visible: showsCatalog }] };
  },
  post: (phone, call) => {
    const input = readInput(call, {
      is_cart_enabled: v.optional(flag),
      is_catalog_visible: v.optional(flag),
    });
    const { commerce } = call.world.messaging.number(phone.id);
    commerce.hasCart = input.is_cart_enabled ?? commerce.hasCart;
    commerce.showsCatalog = input.is_catalog_visible ?? commerce.showsCatalog;
    return { success: true };
  },
};
