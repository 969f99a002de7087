import { createPublicKey, type KeyObject } from 'node:crypto';

/** A public RSA key of at least 2048 bits, as PEM or as base64 of its DER; undefined: it is none. */
export function readRsaKey(text: string): KeyObject | undefined {
  try {
    const key = text.includes('-----')
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return key.asymmetricKeyType === 'rsa' && bits >= 2048 ? key : undefined;
  } catch {
    return undefined;
  }
}
