import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context } from 'hono';
import { Hono } from 'hono';
import * as v from 'valibot';
import { RelayProblem } from '../errors.ts';
import type { Settings } from '../settings/settings.ts';

/** The element's script-tag build, as the relay serves it. */
export interface WidgetFiles {
  version: string;
  script: Uint8Array<ArrayBuffer>;
  /** `sha384-…`, for an `integrity` attribute. */
  integrity: string;
  etag: string;
}

const integritySchema = v.object({ version: v.string(), integrity: v.string() });

/** Reads the build from the installed widget package. */
export function readWidget(): WidgetFiles {
  const at = (path: string): URL =>
    new URL(path, import.meta.resolve('whatsapp-embedded-signup/package.json'));
  let script: Buffer;
  let integrity: string;
  try {
    script = readFileSync(at('dist/cdn/widget.js'));
    integrity = readFileSync(at('dist/cdn/integrity.json'), 'utf8');
  } catch {
    throw new Error(
      `The element is not built: ${fileURLToPath(at('dist/cdn/widget.js'))} is missing. Run pnpm build.`,
    );
  }
  const etag = `"${createHash('sha256').update(script).digest('base64url').slice(0, 27)}"`;
  return { ...v.parse(integritySchema, JSON.parse(integrity)), script: new Uint8Array(script), etag };
}

/**
 * `GET /widget.js`, `/widget/<version>/widget.js` and `/widget.json`, for any page: a script is no secret. They
 * stand outside the API's middleware, so that no origin check and no isolation header keeps a page from them.
 */
export function widgetRoutes(
  widget: WidgetFiles,
  { publicUrl, development }: Pick<Settings, 'publicUrl' | 'development'>,
): Hono {
  const routes = new Hono();

  function open(c: Context): void {
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    c.header('X-Content-Type-Options', 'nosniff');
  }

  function send(c: Context, caching: string): Response {
    open(c);
    c.header('Cache-Control', caching);
    c.header('ETag', widget.etag);
    if (c.req.header('if-none-match')?.includes(widget.etag)) return c.body(null, 304);
    return c.body(widget.script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' });
  }

  routes.get('/widget.js', (c) => send(c, 'public, max-age=300'));
  routes.get(`/widget/${widget.version}/widget.js`, (c) => send(c, 'public, max-age=31536000, immutable'));
  routes.get('/widget.json', (c) => {
    open(c);
    // Without a public address it goes by the Host that was asked, which no cache may keep for others.
    c.header('Cache-Control', publicUrl === null ? 'no-store' : 'public, max-age=300');
    // In production the Host may be a proxy's, and whoever pins the address would pin the wrong one.
    if (publicUrl === null && !development) throw new RelayProblem('public-url-missing');
    const base = publicUrl ?? new URL(c.req.url).origin;
    const url = `${base}/widget/${widget.version}/widget.js`;
    return c.json({ version: widget.version, url, integrity: widget.integrity });
  });
  return routes;
}
