/** The access token that a request shows in its header or its query; null where there is none. */
export function requestToken(request: Request, url: URL): string | null {
  const header = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  return header ?? url.searchParams.get('access_token');
}
