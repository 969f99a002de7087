import { Hono } from 'hono';
import type * as v from 'valibot';
import { permissionOf, temporaryMs } from '../graph/messaging/call-permissions.ts';
import { admit } from '../graph/messaging/join-requests.ts';
import type { World } from '../world/world.ts';
import { invalidInput } from './input-error.ts';
import { takes } from './takes.ts';
import { whatsappUserInput } from './whatsapp-user-input.ts';

/** `/whatsapp-user`: what the person at the other end does, whom the Graph API knows by a WhatsApp id. */
export function createWhatsAppUser(world: World): Hono {
  const routes = new Hono();
  routes.post(
    '/whatsapp-user',
    takes(whatsappUserInput, (input) => {
      act(world, input);
      return { done: input.does };
    }),
  );
  return routes;
}

function act(world: World, input: v.InferOutput<typeof whatsappUserInput>): void {
  const phone = world.phones.get(input.phoneNumberId);
  if (!phone) throw invalidInput('phoneNumberId', '"phoneNumberId" is no number of this sandbox.');
  if (input.does === 'join-group') {
    if (input.groupId === undefined) throw invalidInput('groupId', '"groupId" is missing.');
    const group = world.messaging.groups.get(input.groupId);
    if (group?.phoneId !== phone.id) throw invalidInput('groupId', '"groupId" is no group of that number.');
    const refusal = admit(world, group, input.waId);
    if (refusal) throw invalidInput('waId', refusal);
    return;
  }
  if (input.groupId !== undefined) throw invalidInput('groupId', '"groupId" is only for "join-group".');
  const permission = permissionOf(world, phone, input.waId);
  const isTemporary = input.does === 'allow-calls';
  permission.granted = isTemporary ? 'temporary' : input.does === 'always-allow-calls' ? 'permanent' : 'no';
  permission.expiresAt = isTemporary ? world.clock.now() + temporaryMs : null;
}
