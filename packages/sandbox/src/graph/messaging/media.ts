import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { dayMs } from '../../durations.ts';
import type { Phone } from '../../world/assets.ts';
import type { Media } from '../../world/number-extras.ts';
import type { Call } from '../frame/call.ts';
import { badParameter, notVisible } from '../frame/errors.ts';
import type { Edge, NodeType } from '../frame/node-type.ts';
import { isWhatsApp, readInput } from '../frame/read-input.ts';
import { requireRegistered } from '../number/registered.ts';
import { mediaUrl } from './downloads.ts';
import { needsMessaging, visiblePhone } from './number.ts';

const megabyte = 1024 * 1024;

/** What can be uploaded, and how large it may be in bytes. Meta: Cloud API › Media › Supported media types. */
const kinds: Readonly<Record<string, number>> = {
  'audio/aac': 16 * megabyte,
  'audio/mp4': 16 * megabyte,
  'audio/mpeg': 16 * megabyte,
  'audio/amr': 16 * megabyte,
  'audio/ogg': 16 * megabyte,
  'audio/opus': 16 * megabyte,
  'application/vnd.ms-powerpoint': 100 * megabyte,
  'application/msword': 100 * megabyte,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 100 * megabyte,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 100 * megabyte,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 100 * megabyte,
  'application/pdf': 100 * megabyte,
  'application/vnd.ms-excel': 100 * megabyte,
  'text/plain': 100 * megabyte,
  'image/jpeg': 5 * megabyte,
  'image/png': 5 * megabyte,
  'image/webp': 0.5 * megabyte,
  'video/mp4': 16 * megabyte,
  'video/3gpp': 16 * megabyte,
};

/** Meta: Cloud API › Media: what was uploaded is kept for 30 days. */
const keptMs = 30 * dayMs;

/** `/{phone}/media` */
export const uploads: Edge<Phone> = {
  check: needsMessaging,
  post: async (phone, call) => {
    readInput(call, isWhatsApp);
    requireRegistered(phone);
    const { bytes, mimeType } = await readFile(call, kinds);
    const { world } = call;
    const media: Media = {
      ...world.newIdentity(),
      phoneId: phone.id,
      mimeType,
      sha256: sha256(bytes),
      bytes,
      createdAt: world.clock.now(),
    };
    world.messaging.media.set(media.id, media);
    return { id: media.id };
  },
};

/** An uploaded file. Meta: Cloud API › Media. */
export const mediaNode: NodeType<Media> = {
  name: 'WhatsAppBusinessMedia',
  find: (id, call) => {
    const media = call.world.messaging.media.get(id);
    if (!media || media.createdAt + keptMs <= call.world.clock.now()) return undefined;
    return visiblePhone(media.phoneId, call) ? media : undefined;
  },
  check: (media, call) => {
    needsMessaging(media, call);
    const asked = readInput(call, { phone_number_id: v.optional(v.string()) }).phone_number_id;
    if (asked !== undefined && asked !== media.phoneId) throw notVisible(call.method, media.id);
  },
  defaults: ['messaging_product', 'url', 'mime_type', 'sha256', 'file_size', 'id'],
  fields: {
    messaging_product: () => 'whatsapp',
    url: mediaUrl,
    mime_type: (media) => media.mimeType,
    sha256: (media) => media.sha256,
    // The file has text here where Meta answers a number: the documentation's example is a number in text.
    file_size: (media) => String(media.bytes.length),
  },
  remove: (media, { world }) => {
    world.messaging.media.delete(media.id);
    return { success: true };
  },
};

/** The file of a multipart body. Its part's own type counts, whatever `type` says. */
export async function readFile(
  { files }: Call,
  allowed: Readonly<Record<string, number>>,
): Promise<{ bytes: Uint8Array; mimeType: string }> {
  const file = files.get('file');
  if (!file) throw badParameter('The parameter file is required.');
  const mimeType = file.type.split(';')[0]?.trim().toLowerCase() || 'application/octet-stream';
  const most = Object.hasOwn(allowed, mimeType) ? allowed[mimeType] : undefined;
  if (most === undefined) {
    throw badParameter(
      `Param file must be a file with one of the following types: ${Object.keys(allowed).join(', ')}. Received file of type '${mimeType}'.`,
    );
  }
  if (file.size > most) throw badParameter(`Param file must be at most ${most} bytes, but has ${file.size}.`);
  return { bytes: new Uint8Array(await file.arrayBuffer()), mimeType };
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
