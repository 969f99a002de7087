import { createHmac } from 'node:crypto';

/**
 * JSON in the bytes that Meta sends and signs: all but ASCII escaped, in lower-case hex, and `/` too. Meta:
 * Webhooks › Getting started › Validating payloads (the signature is of the escaped unicode version).
 */
export function serialise(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * How a delivery is signed. `good`: as Meta does. The others try a receiver: `bad` is a signature of the right
 * shape over other bytes, `other-secret` one by somebody else's app, `malformed` no signature at all in the
 * header, `missing` has no header, `sha1-only` only the old one.
 */
export const signatureKinds = ['good', 'bad', 'other-secret', 'malformed', 'missing', 'sha1-only'] as const;

export type SignatureKind = (typeof signatureKinds)[number];

/** The headers that sign exactly these bytes. */
export function signatureHeaders(body: string, secret: string, kind: SignatureKind): Record<string, string> {
  const sha1 = { 'x-hub-signature': `sha1=${hmac('sha1', secret, body)}` };
  switch (kind) {
    case 'missing':
      return {};
    case 'sha1-only':
      return sha1;
    case 'malformed':
      return { ...sha1, 'x-hub-signature-256': 'sha256=not-a-signature' };
    case 'bad':
      return signatureHeaders(`${body} `, secret, 'good');
    case 'other-secret':
      return signatureHeaders(body, `${secret}-of-another-app`, 'good');
    default:
      return { ...sha1, 'x-hub-signature-256': `sha256=${hmac('sha256', secret, body)}` };
  }
}

function hmac(algorithm: 'sha1' | 'sha256', secret: string, body: string): string {
  return createHmac(algorithm, secret).update(body).digest('hex');
}
