import type { Phone } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';
import { refuseBanned, wabaOf } from '../account/waba-access.ts';
import type { Call } from '../frame/call.ts';
import { badParameter, whatsappError } from '../frame/errors.ts';
import { optionalChoice, optionalObject, requireWhatsApp } from '../frame/input.ts';
import { approvedName } from './display-name.ts';
import { checkPin, readPin } from './pin.ts';
import { countRegistration } from './registration-limit.ts';
import { verificationStatus } from './verification.ts';

/** Where messages can be kept. Meta: Cloud API › Local storage. */
export const regions = [
  'AE',
  'AU',
  'BH',
  'BR',
  'CA',
  'CH',
  'DE',
  'GB',
  'ID',
  'IN',
  'JP',
  'KR',
  'SG',
  'ZA',
] as const;

/** `POST /{phone}/register`: the number becomes usable on Cloud API. Meta: Register a business phone number. */
export function register(phone: Phone, call: Call): { success: true } {
  const { world, parameters } = call;
  const { pin, region } = readRequest(parameters);
  refuseBanned(wabaOf(call, phone));
  refuseBusinessApp(phone, 'Register');
  refuseMigrated(phone);
  countRegistration(world, phone);
  if (verificationStatus(world, phone) !== 'VERIFIED') {
    throw whatsappError(
      133006,
      'Phone number re-verification needed',
      'Phone number needs to be verified before registering.',
    );
  }
  if (phone.registered && region !== phone.dataRegion && region !== null) {
    throw badParameter(
      'Invalid parameter',
      'data_localization_region can only be changed by deregistering the phone number and registering it again.',
    );
  }
  checkPin(world, phone, pin);
  phone.pin = pin;
  connect(world, phone, region);
  return { success: true };
}

/** `POST /{phone}/deregister`: the number leaves Cloud API, and keeps its PIN. */
export function deregister(phone: Phone, { world }: Call): { success: true } {
  refuseBusinessApp(phone, 'Deregister');
  if (!phone.registered) {
    throw badParameter('Phone number not registered on the WhatsApp Business Platform.', undefined, 2207051);
  }
  countRegistration(world, phone);
  phone.registered = false;
  phone.deregistered = true;
  phone.dataRegion = null;
  return { success: true };
}

function readRequest(parameters: Call['parameters']) {
  requireWhatsApp(parameters);
  const pin = readPin(parameters);
  const region = optionalChoice(parameters, 'data_localization_region', regions) ?? null;
  optionalChoice(parameters, 'tier', ['PROD', 'SANDBOX']);
  // Deprecated, and what an On-Premises number once brought along; a backup has both of its parts or none.
  optionalChoice(parameters, 'meta_store_retention_minutes', ['60']);
  const backup = optionalObject(parameters, 'backup');
  if (backup && (typeof backup.data !== 'string' || typeof backup.password !== 'string')) {
    throw badParameter('Invalid parameter', 'backup must have data and password.');
  }
  return { pin, region };
}

/** Meta: Onboarding WhatsApp Business app users: the app itself connects such a number, and takes it off. */
function refuseBusinessApp(phone: Phone, endpoint: 'Register' | 'Deregister'): void {
  if (!phone.onBusinessApp) return;
  throw badParameter(`${endpoint} endpoint is not available for API solution for SMB businesses.`);
}

/** Meta: Migrate a number between accounts: it lives in the new one alone. The refusal's words are documented nowhere. */
function refuseMigrated(phone: Phone): void {
  if (phone.migratedTo === null) return;
  throw badParameter(
    'Invalid parameter',
    'The phone number was migrated to another WhatsApp Business account.',
  );
}

function connect(world: World, phone: Phone, region: string | null): void {
  const wasRegistered = phone.registered;
  phone.registered = true;
  phone.deregistered = false;
  phone.dataRegion = region ?? phone.dataRegion;
  if (phone.quality === 'UNKNOWN') phone.quality = 'GREEN';
  takeNewName(world, phone);
  if (phone.migratesFrom !== null) finishMigration(world, phone);
  if (!wasRegistered) world.announce({ kind: 'number-registered', phoneId: phone.id });
}

/** Meta: Display names: an approved name shows once the number is registered again. */
function takeNewName(world: World, phone: Phone): void {
  const name = approvedName(world, phone);
  if (name === null) return;
  phone.verifiedName = name;
  phone.nameStatus = 'APPROVED';
  phone.newName = null;
}

/** Meta: Migrate a number between accounts: it leaves the old account when the new one registers it. */
function finishMigration(world: World, phone: Phone): void {
  const old = world.phones.get(phone.migratesFrom ?? '');
  phone.migratesFrom = null;
  if (!old) return;
  old.registered = false;
  old.migratedTo = phone.id;
}
