import type { Phone } from '../../world/assets.ts';
import type { Call } from '../frame/call.ts';
import { badParameter } from '../frame/errors.ts';
import { isObject, optionalObject } from '../frame/input.ts';
import type { Edge } from '../frame/node-type.ts';
import { describePayloadEncryption } from '../messaging/payload-encryption.ts';
import { readRsaKey } from '../messaging/rsa-key.ts';
import { regions } from './register.ts';

const features = ['calling', 'user_identity_change', 'payload_encryption', 'storage_configuration'] as const;

type Feature = (typeof features)[number];

const whatItIs: Readonly<Record<Feature, Record<string, unknown>>> = {
  calling: {
    status: 'disabled',
    call_icon_visibility: 'visible',
    ip_addresses: { default: [] },
    callback_permission_status: 'disabled',
  },
  user_identity_change: { enabled: false },
  payload_encryption: { status: 'disabled' },
  storage_configuration: { status: 'default' },
};

/** `/{phone}/settings`. Meta: Cloud API › Settings; one feature a request, as Meta's OpenAPI file has it. */
export const numberSettings: Edge<Phone> = {
  get: async (phone, call) => ({
    ...Object.fromEntries(
      features.map((feature) => [feature, { ...whatItIs[feature], ...chosen(phone, feature) }]),
    ),
    payload_encryption: await describePayloadEncryption(phone, call),
    ...(phone.dataRegion === null
      ? {}
      : {
          storage_configuration: {
            status: 'in_country_storage_enabled',
            data_localization_region: phone.dataRegion,
          },
        }),
  }),
  post: updateSettings,
};

function updateSettings(phone: Phone, { parameters }: Call): { success: true } {
  const asked = features.filter((feature) => parameters.has(feature));
  const [feature] = asked;
  if (feature === undefined || asked.length > 1) {
    throw badParameter(
      'Invalid parameter',
      `Only one feature setting can be specified per request: ${features.join(', ')}.`,
    );
  }
  const value = optionalObject(parameters, feature) ?? {};
  if (feature === 'storage_configuration') {
    phone.dataRegion = readRegion(value);
    return { success: true };
  }
  if (feature === 'user_identity_change') checkOne(feature, 'enabled', value.enabled, [true, false]);
  else checkOne(feature, 'status', value.status, ['enabled', 'disabled', 'ENABLED', 'DISABLED']);
  if (value.call_icon_visibility !== undefined) {
    checkOne(feature, 'call_icon_visibility', value.call_icon_visibility, ['visible', 'hidden']);
  }
  const isOn = String(value.status).toLowerCase() === 'enabled';
  const isKeyMissing = isOn && typeof value.client_encryption_key !== 'string';
  if (feature === 'payload_encryption' && isKeyMissing) {
    throw badParameter("The parameter payload_encryption['client_encryption_key'] is required.");
  }
  if (feature === 'payload_encryption' && typeof value.client_encryption_key === 'string') {
    if (!readRsaKey(value.client_encryption_key)) {
      throw badParameter(
        "Param payload_encryption['client_encryption_key'] must be a 2048-bit RSA public key.",
      );
    }
  }
  phone.settings[feature] = { ...chosen(phone, feature), ...value };
  return { success: true };
}

/** The region, or null where messages lie wherever Meta puts them. Its names differ between Meta's two pages. */
function readRegion(value: Record<string, unknown>): string | null {
  const { enabled, status, region = value.data_localization_region } = value;
  const isOn = enabled ?? status === 'in_country_storage_enabled';
  checkOne('storage_configuration', 'enabled', isOn, [true, false]);
  if (isOn === false) return null;
  checkOne('storage_configuration', 'region', region, regions);
  return String(region);
}

function checkOne(feature: Feature, name: string, value: unknown, allowed: readonly unknown[]): void {
  if (allowed.includes(value)) return;
  throw badParameter(
    `Param ${feature}['${name}'] must be one of {${allowed.join(', ')}}.`,
    `${feature}.${name} must be one of ${allowed.join(', ')}.`,
  );
}

function chosen(phone: Phone, feature: Feature): Record<string, unknown> {
  const value = phone.settings[feature];
  return isObject(value) ? value : {};
}
