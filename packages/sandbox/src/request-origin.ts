/**
 * The origin that the caller used. Behind something that ends TLS the scheme stands in `X-Forwarded-Proto`;
 * the host is the one that the caller sent.
 */
export function requestOrigin(request: Request): string {
  const url = new URL(request.url);
  const forwarded = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim();
  const scheme = forwarded === 'https' || forwarded === 'http' ? forwarded : url.protocol.slice(0, -1);
  return `${scheme}://${url.host}`;
}
