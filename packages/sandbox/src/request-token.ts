/**
 * The access token that a request shows, in the order in which the Graph API looks: the header, the body's field, the
 * query. Null where there is none.
 */
export function requestToken(request: Request, url: URL, inBody?: unknown): string | null {
  const header = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  return header ?? (typeof inBody === 'string' ? inBody : url.searchParams.get('access_token'));
}
