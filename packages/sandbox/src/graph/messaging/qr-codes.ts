import * as v from 'valibot';
import { pick, type Random } from '../../random.ts';
import type { Phone } from '../../world/assets.ts';
import type { QrCode } from '../../world/number-extras.ts';
import { orderedOf } from '../../world/ordered.ts';
import type { Call } from '../frame/call.ts';
import { notVisible } from '../frame/errors.ts';
import { type Edge, listing, type NodeType, nodeAnswer } from '../frame/node-type.ts';
import { readInput, text } from '../frame/read-input.ts';
import { qrImageUrl, qrLink } from './downloads.ts';
import { unixTime } from './number.ts';

const codePattern = /^[A-Z2-7]{14}$/;

/** A QR code with a message to begin with. Meta: WhatsApp Business Management API › QR codes. */
const qrCodeNode: NodeType<QrCode> = {
  name: 'WhatsAppMessageQRCode',
  find: () => undefined,
  idless: true,
  defaults: ['code', 'prefilled_message', 'deep_link_url'],
  fields: {
    code: ({ code }) => code,
    prefilled_message: ({ message }) => message,
    deep_link_url: qrLink,
    creation_time: ({ createdAt }) => unixTime(createdAt),
    // `qr_image_url.format(SVG)`
    qr_image_url: (qr, call, modifiers) =>
      qrImageUrl(qr, modifiers.get('format')?.toUpperCase() === 'SVG' ? 'SVG' : 'PNG', call),
  },
  // Meta's OpenAPI file says in words and by example that it is a list, and asks for an object by its schema.
  read: (qr) => listing(qrCodeNode, orderedOf([qr])),
  remove: (qr, { world }) => {
    world.messaging.number(qr.phoneId).qrCodes.remove(qr);
    return { success: true };
  },
};

/** `/{phone}/message_qrdls` and `/{phone}/message_qrdls/{code}` */
export const qrCodes: Edge<Phone> = {
  get: (phone, { world, parameters }) => {
    const asked = parameters.get('code');
    return listing(qrCodeNode, world.messaging.number(phone.id).qrCodes, {
      direction: 'descending',
      visible: ({ code }) => asked === undefined || code === asked,
    });
  },
  post: (phone, call) => {
    const input = readInput(call, {
      prefilled_message: text(140),
      generate_qr_image: v.optional(v.picklist(['PNG', 'SVG'])),
      code: v.optional(v.pipe(v.string(), v.regex(codePattern, 'must be the code of a QR code'))),
    });
    const qr = input.code === undefined ? addCode(phone, call) : findCode(phone, input.code, call);
    if (!qr) throw notVisible(call.method, input.code ?? '');
    qr.message = input.prefilled_message;
    return {
      code: qr.code,
      prefilled_message: qr.message,
      deep_link_url: qrLink(qr),
      ...(input.generate_qr_image ? { qr_image_url: qrImageUrl(qr, input.generate_qr_image, call) } : {}),
    };
  },
  child: (phone, code, call) => {
    const qr = findCode(phone, code, call);
    return qr && nodeAnswer(qrCodeNode, qr);
  },
};

function addCode(phone: Phone, { world }: Call): QrCode {
  const qr: QrCode = {
    ...world.newIdentity(),
    phoneId: phone.id,
    code: newCode(world.random),
    message: '',
    createdAt: world.clock.now(),
  };
  world.messaging.number(phone.id).qrCodes.add(qr);
  return qr;
}

function findCode(phone: Phone, code: string, { world }: Call): QrCode | undefined {
  return [...world.messaging.number(phone.id).qrCodes].find((qr) => qr.code === code);
}

const newCode = (random: Random): string =>
  Array.from({ length: 14 }, () => pick(random, [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'] as [string])).join(
    '',
  );
