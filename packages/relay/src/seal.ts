import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from './encoding.ts';
import type { Secret } from './secret.ts';
import { createSecret } from './secret.ts';

/** One key of the ring: 32 random bytes and the id that sealed values name. */
export interface SealingKey {
  id: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What a sealed value is and which row it belongs to; a value moved to another row does not open. */
export interface SealContext {
  kind: 'business_token' | 'pin' | 'input';
  row: string;
}

/** Seals secrets for the store and opens them again. */
export interface Sealer {
  seal(secret: Secret, context: SealContext): Promise<string>;
  /** @throws SealError where the key is gone, the text is damaged, or it was sealed for another row. */
  open(sealed: string, context: SealContext): Promise<Secret>;
}

export class SealError extends Error {
  override readonly name = 'SealError';
  readonly code: 'sealing-key-missing' | 'sealed-value-unreadable';
  constructor(code: SealError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** AES-GCM wants a nonce that never repeats under a key; 96 random bits is the size NIST SP 800-38D names. */
const IV_BYTES = 12;

/**
 * Seals with AES-256-GCM, written as `s1.<key id>.<iv>.<ciphertext and tag>`. The first key seals, all open.
 *
 * The additional data binds a value to its kind, row and key: a ciphertext copied from another customer's row
 * fails to open instead of opening as the wrong customer's token.
 */
export async function createSealer(keys: readonly SealingKey[]): Promise<Sealer> {
  const ring = new Map<string, CryptoKey>();
  for (const key of keys) {
    ring.set(
      key.id,
      await crypto.subtle.importKey('raw', key.bytes, 'AES-GCM', false, ['encrypt', 'decrypt']),
    );
  }
  const sealWith = keys[0];
  if (!sealWith) throw new SealError('sealing-key-missing', 'No sealing key is configured; set RELAY_KEY.');

  return {
    async seal(secret, context) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: additionalData(context, sealWith.id) },
        keyOf(ring, sealWith.id),
        utf8(secret.reveal()),
      );
      return `s1.${sealWith.id}.${toBase64Url(iv)}.${toBase64Url(new Uint8Array(sealed))}`;
    },

    async open(sealed, context) {
      const [version, id = '', iv, text] = sealed.split('.');
      const ivBytes = fromBase64Url(iv ?? '');
      const textBytes = fromBase64Url(text ?? '');
      if (version !== 's1' || !ivBytes || !textBytes) throw unreadable();
      const key = keyOf(ring, id);
      try {
        const opened = await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv: ivBytes, additionalData: additionalData(context, id) },
          key,
          textBytes,
        );
        return createSecret(fromUtf8(new Uint8Array(opened)));
      } catch {
        throw unreadable();
      }
    },
  };
}

function keyOf(ring: ReadonlyMap<string, CryptoKey>, id: string): CryptoKey {
  const key = ring.get(id);
  if (!key) {
    throw new SealError(
      'sealing-key-missing',
      `A stored value was sealed with the key "${id}", which RELAY_KEY no longer names. Add it back, after the newest.`,
    );
  }
  return key;
}

function additionalData(context: SealContext, keyId: string): Uint8Array<ArrayBuffer> {
  return utf8(`wes.v1|${context.kind}|${context.row}|${keyId}`);
}

function unreadable(): SealError {
  return new SealError(
    'sealed-value-unreadable',
    'A sealed value in the store is damaged or stands in the wrong row.',
  );
}
