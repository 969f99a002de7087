import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServerType } from '@hono/node-server';
import { serve } from '@hono/node-server';
import type { Context } from 'hono';
import { Hono } from 'hono';

export interface SiteOptions {
  port: { landing: number; linnet: number; harbor: number };
  relayUrl: string;
  sandboxUrl: string;
}

const read = (name: string): string => readFileSync(new URL(`../pages/${name}`, import.meta.url), 'utf8');

/** The demo's pages: three origins, as three sites would be. */
export async function startSite({
  port,
  relayUrl,
  sandboxUrl,
}: SiteOptions): Promise<{ stop(): Promise<void> }> {
  const values: Record<string, string> = {
    relay: relayUrl,
    landing: `http://127.0.0.1:${port.landing}`,
    linnet: `http://127.0.0.1:${port.linnet}`,
    harbor: `http://127.0.0.1:${port.harbor}`,
  };
  const page = (name: string, more: Record<string, string> = {}): string =>
    read(name).replace(/\{\{(\w+)\}\}/g, (_, key: string) => more[key] ?? values[key] ?? '');

  const landing = pages(() => page('landing.html'));
  const linnet = pages(() => page('linnet.html'));
  const harbor = pages(() => page('harbor.html'));
  linnet.get('/strict', (c) => {
    const nonce = randomBytes(16).toString('base64');
    c.header('Content-Security-Policy', strictPolicy({ nonce, relayUrl, sandboxUrl }));
    return c.html(page('strict.html', { nonce }));
  });

  const servers = await Promise.all([
    listen(landing, port.landing),
    listen(linnet, port.linnet),
    listen(harbor, port.harbor),
  ]);
  return {
    async stop() {
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** What a site with a strict policy has to allow, and nothing more: the relay, Meta's SDK, and one nonce. */
function strictPolicy({
  nonce,
  relayUrl,
  sandboxUrl,
}: {
  nonce: string;
  relayUrl: string;
  sandboxUrl: string;
}): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${sandboxUrl}`,
    `connect-src ${relayUrl} ${sandboxUrl}`,
    `img-src ${sandboxUrl}`,
    "style-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function pages(home: () => string): Hono {
  const site = new Hono();
  const asset = (name: string, type: string) => (c: Context) =>
    c.body(read(name), 200, { 'Content-Type': type });
  site.get('/', (c) => c.html(home()));
  for (const name of ['base.css', 'landing.css', 'linnet.css', 'harbor.css', 'strict.css']) {
    site.get(`/${name}`, asset(name, 'text/css; charset=utf-8'));
  }
  site.get('/events.js', asset('events.js', 'text/javascript; charset=utf-8'));
  site.get('/favicon.ico', (c) => c.body(null, 204));
  return site;
}

function listen(site: Hono, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: site.fetch, port, hostname: '127.0.0.1' }, () => resolve(server));
    server.once('error', reject);
  });
}
