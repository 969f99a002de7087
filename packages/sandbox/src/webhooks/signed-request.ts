import { createHmac } from 'node:crypto';

/**
 * Signed with the app's secret: signature and payload in base64url, with a dot between. Meta: Facebook Login › Signed
 * requests. Meta posts one, as the form field `signed_request`, to the deauthorize and data deletion callbacks too.
 * `at` in milliseconds since 1970.
 */
export function signedRequest(userId: string, secret: string, at: number): string {
  const payload = Buffer.from(
    JSON.stringify({ user_id: userId, algorithm: 'HMAC-SHA256', issued_at: Math.floor(at / 1000) }),
  ).toString('base64url');
  return `${createHmac('sha256', secret).update(payload).digest('base64url')}.${payload}`;
}
