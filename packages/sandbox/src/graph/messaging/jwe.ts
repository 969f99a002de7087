import {
  constants,
  createCipheriv,
  createDecipheriv,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';

// JSON Web Encryption in its compact form (RFC 7516), with the algorithms that Meta names: RSA-OAEP for the key,
// AES-GCM for the content.

const keyHashes: Readonly<Record<string, string>> = { 'RSA-OAEP': 'sha1', 'RSA-OAEP-256': 'sha256' };

const ciphers = { A128GCM: 'aes-128-gcm', A256GCM: 'aes-256-gcm' } as const;

/** The text inside. Throws where it is no JWE, another key's, or was changed. */
export function openJwe(jwe: string, key: KeyObject): string {
  const [header = '', wrapped = '', iv = '', content = '', tag = '', ...rest] = jwe.split('.');
  const { alg, enc } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, string>;
  const oaepHash = keyHashes[alg ?? ''];
  const cipher = ciphers[enc as keyof typeof ciphers];
  if (rest.length > 0 || !oaepHash || !cipher) throw new Error('No JWE of a known algorithm.');
  const contentKey = privateDecrypt(
    { key, oaepHash, padding: constants.RSA_PKCS1_OAEP_PADDING },
    Buffer.from(wrapped, 'base64url'),
  );
  const decipher = createDecipheriv(cipher, contentKey, Buffer.from(iv, 'base64url'), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(header));
  decipher.setAuthTag(Buffer.from(tag, 'base64url'));
  return Buffer.concat([decipher.update(Buffer.from(content, 'base64url')), decipher.final()]).toString();
}

export function sealJwe(text: string, key: KeyObject): string {
  const header = encode(Buffer.from(JSON.stringify({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })));
  const contentKey = randomBytes(32);
  const wrapped = publicEncrypt(
    { key, oaepHash: 'sha256', padding: constants.RSA_PKCS1_OAEP_PADDING },
    contentKey,
  );
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', contentKey, iv);
  cipher.setAAD(Buffer.from(header));
  const content = Buffer.concat([cipher.update(text), cipher.final()]);
  return [header, ...[wrapped, iv, content, cipher.getAuthTag()].map(encode)].join('.');
}

const encode = (bytes: Buffer): string => bytes.toString('base64url');
