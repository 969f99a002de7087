import { createHmac } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { renderSVG } from 'uqr';
import { minuteMs } from '../../durations.ts';
import type { Flow } from '../../world/account-extras.ts';
import type { Media, QrCode } from '../../world/number-extras.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../frame/call.ts';
import { readCaller } from '../frame/caller.ts';
import { graphRefusal } from '../frame/errors.ts';
import { needsMessaging, visiblePhone } from './number.ts';
import { renderPng } from './qr-png.ts';

/** Meta: Cloud API › Media: the address of a file is good for five minutes, and asks for the token. */
const mediaUrlMs = 5 * minuteMs;

const mediaPath = '/whatsapp_business/attachments/';

/** Where a file can be fetched for a while. */
export function mediaUrl(media: Media, { world, url }: Call): string {
  const expires = Math.floor((world.clock.now() + mediaUrlMs) / 1000);
  const query = new URLSearchParams({
    mid: media.id,
    ext: String(expires),
    hash: sign(media.sha256, media.id, String(expires)),
  });
  return `${url.origin}${mediaPath}?${query}`;
}

/** Where a Flow's JSON can be fetched: no token is asked for, since nobody guesses the address. */
export function flowJsonUrl(flow: Flow, { world, url }: Call): string {
  const secret = world.apps.get(flow.appId)?.secret ?? '';
  return `${url.origin}/whatsapp_flows/${flow.id}/flow.json?oh=${sign(secret, flow.id)}`;
}

/** Where a QR code can be fetched as an image. */
export function qrImageUrl(qr: QrCode, format: string, { url }: Call): string {
  return `${url.origin}/whatsapp_qr/${qr.phoneId}/${qr.code}.${format.toLowerCase()}`;
}

export const qrLink = (qr: QrCode): string => `https://wa.me/message/${qr.code}`;

/** The files that the Graph API names, which Meta serves from other hosts. */
export function createDownloads(world: World): Hono {
  const routes = new Hono();
  const version = '/:version{v[0-9]+[.][0-9]+}';

  const media = async (context: Context) => {
    try {
      const caller = readCaller(world, context.req.raw, new Map(Object.entries(context.req.query())));
      const { mid = '', ext = '', hash } = context.req.query();
      const found = world.messaging.media.get(mid);
      const isGood =
        found !== undefined &&
        visiblePhone(found.phoneId, { world, caller }) !== undefined &&
        hash === sign(found.sha256, mid, ext) &&
        Number(ext) * 1000 > world.clock.now();
      if (!isGood) return context.notFound();
      needsMessaging(found, { world, caller });
      return new Response(new Uint8Array(found.bytes), { headers: { 'content-type': found.mimeType } });
    } catch (error) {
      return graphRefusal(world.random, error);
    }
  };
  for (const path of [mediaPath, mediaPath.slice(0, -1)]) {
    routes.get(path, media);
    // Meta's OpenAPI file puts a version before it.
    routes.get(`${version}${path}`, media);
  }

  routes.get('/whatsapp_flows/:id/flow.json', (context) => {
    const flow = world.messaging.flows.get(context.req.param('id'));
    const secret = world.apps.get(flow?.appId ?? '')?.secret ?? '';
    if (!flow || context.req.query('oh') !== sign(secret, flow.id)) return context.notFound();
    return context.body(flow.json, 200, { 'content-type': 'application/json' });
  });

  routes.get('/whatsapp_qr/:phone/:file{[A-Z2-7]+[.](svg|png)}', (context) => {
    const [code = '', format] = context.req.param('file').split('.');
    const phone = world.phones.get(context.req.param('phone'));
    const qr = phone && [...world.messaging.number(phone.id).qrCodes].find((one) => one.code === code);
    if (!qr) return context.notFound();
    if (format === 'svg')
      return context.body(renderSVG(qrLink(qr)), 200, { 'content-type': 'image/svg+xml' });
    return new Response(renderPng(qrLink(qr)), { headers: { 'content-type': 'image/png' } });
  });

  return routes;
}

const sign = (key: string, ...parts: string[]): string =>
  createHmac('sha256', key).update(parts.join(':')).digest('base64url');
