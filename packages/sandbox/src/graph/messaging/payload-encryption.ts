import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Phone } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../frame/call.ts';
import { badParameter } from '../frame/errors.ts';
import { isObject } from '../frame/input.ts';
import type { Edge } from '../frame/node-type.ts';
import { isWhatsApp, readInput, text } from '../frame/read-input.ts';
import { openJwe, sealJwe } from './jwe.ts';
import { send } from './messages.ts';
import { needsMessaging } from './number.ts';
import { readRsaKey } from './rsa-key.ts';

const makeKeys = promisify(generateKeyPair);

/** `/{phone}/messages_encrypted`: what `/messages` takes and answers, sealed both ways. Meta: Cloud API › Settings. */
export const encryptedMessages: Edge<Phone> = {
  check: needsMessaging,
  post: async (phone, call) => {
    const { encrypted_contents: jwe } = readInput(call, {
      ...isWhatsApp,
      encrypted_contents: text(1_000_000),
    });
    const clientKey = clientKeyOf(phone);
    if (!clientKey) throw badParameter('Payload encryption is not enabled for this phone number.');
    const parameters = open(jwe, await ownKey(call.world, phone));
    return { encrypted_contents: sealJwe(JSON.stringify(send(phone, { ...call, parameters })), clientKey) };
  },
};

/** What `GET /{phone}/settings` says of it: the sandbox's own key, and which key of the business it knows. */
export async function describePayloadEncryption(
  phone: Phone,
  { world }: Call,
): Promise<Record<string, unknown>> {
  const clientKey = clientKeyOf(phone);
  if (!clientKey) return { status: 'disabled' };
  const der = clientKey.export({ format: 'der', type: 'spki' });
  const own = createPublicKey(await ownKey(world, phone));
  return {
    status: 'enabled',
    client_encryption_key_fingerprint: createHash('sha256').update(der).digest('hex'),
    cloud_encryption_key: own.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}

/** The key that the business gave, while payload encryption is on. */
function clientKeyOf(phone: Phone): KeyObject | undefined {
  const { payload_encryption: setting } = phone.settings;
  if (!isObject(setting) || String(setting.status).toLowerCase() !== 'enabled') return undefined;
  return readRsaKey(String(setting.client_encryption_key));
}

/** Made when it is first needed: it takes a while. */
async function ownKey(world: World, phone: Phone): Promise<KeyObject> {
  const state = world.messaging.number(phone.id);
  if (state.payloadKey === null) {
    const { privateKey } = await makeKeys('rsa', { modulusLength: 2048 });
    state.payloadKey ??= privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  }
  return createPrivateKey(state.payloadKey);
}

function open(jwe: string, key: KeyObject): Map<string, string> {
  let content: unknown;
  try {
    content = JSON.parse(openJwe(jwe, key));
  } catch {
    throw badParameter(
      'Param encrypted_contents must be a JWE of a JSON object, for the cloud encryption key.',
    );
  }
  if (!isObject(content)) throw badParameter('Param encrypted_contents must hold a JSON object.');
  return new Map(
    Object.entries(content).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
