import { generateKeyPairSync } from 'node:crypto';

/** A key of a business's own, as PEM. */
export const newPublicKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .publicKey.export({ format: 'pem', type: 'spki' })
    .toString();
