import { once } from 'node:events';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import type { Sandbox } from '../sandbox.ts';
import type { MetaSdk } from './meta-sdk.ts';

/** The customer's page, as the browser sees it. */
export const shop = 'https://shop.example/';

const names = [
  'connect.facebook.net',
  'facebook.com',
  'www.facebook.com',
  'm.facebook.com',
  'web.facebook.com',
  'oauth.facebook.com',
  'business.facebook.com',
  'staticxx.facebook.com',
  'graph.facebook.com',
];

/**
 * Ends TLS for Meta's names and the customer's, and hands what comes for Meta to the sandbox. The sandbox
 * hears a `Host` that is nobody's, since it must not need one.
 */
export async function createMetaHosts(sandbox: Sandbox) {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'facebook.com' }], {
    algorithm: 'sha256',
  });
  let html = '';
  let metaSdk: MetaSdk | null = null;

  const server = createServer({ cert, key }, (incoming, outgoing) => {
    const host = incoming.headers.host ?? '';
    if (host === new URL(shop).host) {
      outgoing.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
      return;
    }
    const file = host === 'connect.facebook.net' ? metaFile(metaSdk, incoming.url ?? '') : null;
    if (file === null) handOn(incoming, outgoing, sandbox.url);
    else {
      outgoing
        .writeHead(200, { 'content-type': 'application/x-javascript', 'access-control-allow-origin': '*' })
        .end(file);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    /** What makes Chromium come here for all these names. */
    chromiumArguments: [
      `--host-resolver-rules=${[...names, new URL(shop).host].map((name) => `MAP ${name} 127.0.0.1:${port}`).join(', ')}`,
      '--ignore-certificate-errors',
    ],
    /** The customer's page, and Meta's SDK in place of the sandbox's own. */
    serve(page: string, sdk: MetaSdk | null) {
      html = page;
      metaSdk = sdk;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function metaFile(metaSdk: MetaSdk | null, path: string): string | null {
  if (!metaSdk) return null;
  if (/^\/[a-z]{2}_[A-Z]{2}\/sdk\.js/.test(path)) return metaSdk.loader;
  return /^\/[a-z]{2}_[A-Z]{2}\/bundle\/sdk\.js/.test(path) ? metaSdk.bundle : null;
}

function handOn(incoming: IncomingMessage, outgoing: ServerResponse, url: string): void {
  const headers = { ...incoming.headers, host: 'nobody.example', 'x-forwarded-proto': 'https' };
  const { method } = incoming;
  const onward = request(new URL(incoming.url ?? '/', url), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(outgoing);
  });
  // A page that goes away cuts what it asked for; that is no failure of the test.
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
