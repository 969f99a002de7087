import { Hono } from 'hono';
import { type BrowserFile, readBrowserFile } from '../browser-files.ts';

/** The SDK's two stages, in every locale. Meta: Facebook SDK for JavaScript › Quickstart. */
export function createSdkRoutes(): Hono {
  const routes = new Hono();
  routes.get('/:locale{[a-z]{2}_[A-Z]{2}}/sdk.js', () => script('sdk-stub.js'));
  // Meta: Facebook SDK for JavaScript › Advanced Setup › Debugging.
  routes.get('/:locale{[a-z]{2}_[A-Z]{2}}/sdk/debug.js', () => script('sdk-stub.js'));
  routes.get('/:locale{[a-z]{2}_[A-Z]{2}}/bundle/sdk.js/', () => script('sdk-bundle.js'));
  // What the SDK tells Meta about itself, by GET or, where it is long, by POST. Nobody waits for an answer.
  routes.all('/platform/:endpoint{impression\\.php|scribe_endpoint\\.php}/*', (context) => {
    context.header('access-control-allow-origin', '*');
    return context.body(null, 204);
  });
  return routes;
}

/** Readable from any origin, since pages load it with `crossorigin="anonymous"`. */
function script(file: BrowserFile): Response {
  return new Response(readBrowserFile(file), {
    headers: {
      'content-type': 'application/x-javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-store',
    },
  });
}
