import * as v from 'valibot';
import type { Phone } from '../../world/assets.ts';
import type { PhoneCall } from '../../world/number-extras.ts';
import { uniqueText } from '../../world/unique-text.ts';
import { refuseBanned, wabaOf } from '../account/waba-access.ts';
import type { Call } from '../frame/call.ts';
import { badParameter } from '../frame/errors.ts';
import type { Edge } from '../frame/node-type.ts';
import { isWhatsApp, json, readInput, text, waId } from '../frame/read-input.ts';
import { requireRegistered } from '../number/registered.ts';
import { requireCallPermission } from './call-permissions.ts';
import { needsMessaging } from './number.ts';

const actions = ['connect', 'pre_accept', 'accept', 'reject', 'terminate'] as const;

const session = (type: 'offer' | 'answer') =>
  json(
    v.looseObject({
      sdp_type: v.literal(type),
      sdp: v.pipe(v.string(), v.minLength(1, 'must not be empty')),
    }),
  );

/** `/{phone}/calls`. Meta: Cloud API › Calling. */
export const calls: Edge<Phone> = {
  check: needsMessaging,
  post: (phone, call) => {
    const { action } = readInput(call, { ...isWhatsApp, action: v.picklist(actions) });
    requireRegistered(phone);
    refuseBanned(wabaOf(call, phone));
    if (action === 'connect') return connect(phone, call);
    const open = findCall(phone, call);
    if (action === 'pre_accept' || action === 'accept') readInput(call, { session: session('answer') });
    else open.endedAt = call.world.clock.now();
    return { messaging_product: 'whatsapp', success: true };
  },
};

function connect(phone: Phone, call: Call) {
  const { to } = readInput(call, {
    to: waId,
    session: session('offer'),
    biz_opaque_callback_data: v.optional(text(512, 0)),
  });
  requireCallPermission(phone, to, call);
  const { world } = call;
  const started: PhoneCall = {
    id: `wacid.${uniqueText(world, 24)}`,
    phoneId: phone.id,
    to,
    startedAt: world.clock.now(),
    endedAt: null,
  };
  world.messaging.calls.set(started.id, started);
  return { messaging_product: 'whatsapp', calls: [{ id: started.id }] };
}

/** A call of this number that goes on. */
function findCall(phone: Phone, call: Call): PhoneCall {
  const { call_id: id } = readInput(call, { call_id: v.string() });
  const found = call.world.messaging.calls.get(id);
  if (found?.phoneId === phone.id && found.endedAt === null) return found;
  throw badParameter('Invalid parameter', `There is no call ${id} that goes on.`);
}
