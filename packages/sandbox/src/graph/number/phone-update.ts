import type { Phone } from '../../world/assets.ts';
import { takeOverride } from '../account/callback-override.ts';
import { wabaOf } from '../account/waba-access.ts';
import type { Call } from '../frame/call.ts';
import { badParameter } from '../frame/errors.ts';
import { optionalChoice, optionalObject } from '../frame/input.ts';
import { checkDisplayName, requestName } from './display-name.ts';
import { readPin } from './pin.ts';
import { requireRegistered } from './registered.ts';

/** `POST /{phone}`: everything that is named is checked before anything is changed. */
export async function updatePhone(phone: Phone, call: Call): Promise<{ success: true }> {
  const changes = [
    changePin(phone, call),
    changeName(phone, call),
    changeUsername(phone, call),
    changeVisibility(phone, call),
    await changeOverride(phone, call),
  ];
  for (const change of changes) change?.();
  return { success: true };
}

type Change = (() => void) | undefined;

/** Meta: Two-step verification: the PIN can be set and changed here, and turned off in WhatsApp Manager alone. */
function changePin(phone: Phone, { parameters, world }: Call): Change {
  if (!parameters.has('pin')) return undefined;
  const pin = readPin(parameters);
  requireRegistered(phone);
  return () => {
    phone.pin = pin;
    phone.wrongPins = [];
    world.announce({ kind: 'pin-changed', phoneId: phone.id });
  };
}

function changeName(phone: Phone, { parameters, world }: Call): Change {
  const name = parameters.get('new_display_name');
  if (name === undefined) return undefined;
  checkDisplayName('new_display_name', name);
  return () => requestName(world, phone, name);
}

/** Meta: Business usernames: 3 to 35 letters, digits, dots and underscores, one letter at least, nobody else's. */
function changeUsername(phone: Phone, { parameters, world }: Call): Change {
  const username = parameters.get('username');
  if (username === undefined) return undefined;
  if (!/^(?=.*[a-z])[a-z0-9._]{3,35}$/i.test(username) || /^\.|\.$|\.\.|^www\./i.test(username)) {
    throw badParameter(
      'Invalid parameter',
      'username must be 3 to 35 letters, digits, periods and underscores.',
    );
  }
  const wanted = username.toLowerCase();
  for (const other of world.phones.values()) {
    if (other !== phone && other.username?.toLowerCase() === wanted) {
      throw badParameter('Invalid parameter', 'username is taken.');
    }
  }
  return () => {
    phone.username = username;
  };
}

function changeVisibility(phone: Phone, { parameters }: Call): Change {
  const visibility = optionalChoice(parameters, 'search_visibility', ['VISIBLE', 'HIDDEN', 'NON_VISIBLE']);
  if (visibility === undefined) return undefined;
  return () => {
    phone.searchable = visibility === 'VISIBLE';
  };
}

/** Meta: Webhooks › Override: an empty address takes the number's own away. */
async function changeOverride(phone: Phone, call: Call): Promise<Change> {
  const asked = optionalObject(call.parameters, 'webhook_configuration');
  if (asked === undefined) return undefined;
  const { override_callback_uri: uri, verify_token: verifyToken } = asked;
  if (typeof uri !== 'string') {
    throw badParameter("The parameter webhook_configuration['override_callback_uri'] is required.");
  }
  const override = uri === '' ? null : await takeOverride({ uri, verifyToken }, wabaOf(call, phone), call);
  return () => {
    phone.override = override;
  };
}
