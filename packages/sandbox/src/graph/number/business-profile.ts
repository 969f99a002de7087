import type { Phone } from '../../world/assets.ts';
import { maySeeWaba, wabaOf } from '../account/waba-access.ts';
import type { Call } from '../frame/call.ts';
import { badParameter } from '../frame/errors.ts';
import { checkLength, optionalChoice, optionalList, requireWhatsApp } from '../frame/input.ts';
import type { Edge, NodeType } from '../frame/node-type.ts';

/** Meta: Business profiles › Parameters: the longest of each, in characters. Meta's OpenAPI file has half of 512. */
const longest = { about: 139, address: 256, description: 512, email: 128 };
const websiteLimits = { most: 2, longest: 256 };

/** Two more than in Meta's OpenAPI file, from the same page. */
const verticals =
  `OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT HOTEL HEALTH NONPROFIT
PROF_SERVICES RETAIL TRAVEL RESTAURANT ALCOHOL ONLINE_GAMBLING PHYSICAL_GAMBLING OTC_DRUGS UNDEFINED NOT_A_BIZ`.split(
    /\s+/,
  );

const fields = [
  'about',
  'address',
  'description',
  'email',
  'profile_picture_url',
  'websites',
  'vertical',
] as const;

/** `/{phone}/whatsapp_business_profile`. Meta: Cloud API › Business profiles. */
export const businessProfile: Edge<Phone> = {
  readsFields: true,
  get: (phone, { parameters }) => ({ data: [describe(phone, parameters.get('fields'))] }),
  post: updateProfile,
};

/** What was asked for and has a value; without `fields` all of it. */
function describe(phone: Phone, asked: string | undefined): Record<string, unknown> {
  const names = asked?.split(',').map((name) => name.trim()) ?? fields;
  const known = names.flatMap((name) => {
    if (name === 'id') return [[name, profileId(phone)]];
    if (name === 'messaging_product') return [];
    if (!fields.some((field) => field === name)) {
      throw badParameter(
        `Tried accessing nonexisting field (${name}) on node type (WhatsAppBusinessProfileNode)`,
      );
    }
    return phone.profile[name] === undefined ? [] : [[name, phone.profile[name]]];
  });
  return { ...Object.fromEntries(known), messaging_product: 'whatsapp' };
}

function updateProfile(phone: Phone, { parameters }: Call): { success: true } {
  requireWhatsApp(parameters);
  const changes: Record<string, unknown> = {};
  for (const [name, most] of Object.entries(longest)) {
    const text = parameters.get(name);
    if (text === undefined) continue;
    checkLength(name, text, { least: name === 'about' ? 1 : 0, most });
    changes[name] = text;
  }
  const { email } = changes;
  if (typeof email === 'string' && email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw badParameter('Invalid parameter: email must be a valid email address');
  }
  const vertical = optionalChoice(parameters, 'vertical', verticals);
  if (vertical !== undefined) changes.vertical = vertical;
  const websites = optionalList(parameters, 'websites');
  if (websites !== undefined) changes.websites = websites.map(readWebsite);
  if ((websites?.length ?? 0) > websiteLimits.most) {
    throw badParameter(`Param websites must have at most ${websiteLimits.most} elements.`);
  }
  const handle = parameters.get('profile_picture_handle');
  if (handle !== undefined) {
    changes.profile_picture_url = `https://pps.whatsapp.net/v/${encodeURIComponent(handle)}`;
  }
  Object.assign(phone.profile, changes);
  return { success: true };
}

function readWebsite(value: unknown): string {
  if (typeof value !== 'string' || !/^https?:\/\//i.test(value) || !URL.canParse(value)) {
    throw badParameter('Invalid parameter', 'websites must begin with http:// or https://.');
  }
  checkLength('websites', value, { most: websiteLimits.longest });
  return value;
}

/** A profile has an id of its own, one digit longer than its number's, so that either leads to the other. */
const profileId = ({ id }: Phone): string => `9${id}`;

/** The same profile by its own id. Meta: WhatsApp Business Profile node. */
export const profileNode: NodeType<{ id: string; phone: Phone }> = {
  name: 'WhatsAppBusinessProfileNode',
  find: (id, call) => {
    const phone = id.startsWith('9') ? call.world.phones.get(id.slice(1)) : undefined;
    return phone && maySeeWaba(call, wabaOf(call, phone)) ? { id, phone } : undefined;
  },
  defaults: [...fields, 'messaging_product'],
  fields: {
    account_name: ({ phone }) => phone.verifiedName,
    ...Object.fromEntries(fields.map((name) => [name, ({ phone }: { phone: Phone }) => phone.profile[name]])),
    messaging_product: () => 'whatsapp',
  },
  update: ({ id, phone }, call) => ({ ...updateProfile(phone, call), id }),
};
