import * as v from 'valibot';
import type { Phone } from '../../world/assets.ts';
import { orderedOf } from '../../world/ordered.ts';
import { badParameter } from '../frame/errors.ts';
import { type Edge, listing, type NodeType } from '../frame/node-type.ts';
import { flag, isWhatsApp, json, readInput, text } from '../frame/read-input.ts';
import { needsManagement } from './number.ts';

const phoneNumber = v.optional(
  v.pipe(v.string(), v.regex(/^\+[1-9]\d{1,14}$/, 'must be a phone number with its country code')),
);

const email = v.pipe(v.string(), v.email('must be an email address'), v.maxLength(128, 'is too long'));

const reachable = { email, mobile_number: phoneNumber, landline_number: phoneNumber };

/** What a business in India must say of itself. Meta: Cloud API › Business compliance. */
const entries = {
  ...isWhatsApp,
  entity_name: text(128, 2),
  entity_type: v.picklist([
    'LIMITED_LIABILITY_PARTNERSHIP',
    'SOLE_PROPRIETORSHIP',
    'PARTNERSHIP',
    'PUBLIC_COMPANY',
    'PRIVATE_COMPANY',
    'OTHER',
  ]),
  entity_type_custom: v.optional(text(1024)),
  is_registered: v.optional(flag),
  grievance_officer_details: json(v.object({ name: text(128), ...reachable })),
  customer_care_details: json(v.object(reachable)),
};

/** `/{phone}/business_compliance_info` */
export const complianceInfo: Edge<Phone> = {
  check: needsManagement,
  get: (phone, { world }) => {
    const { compliance } = world.messaging.number(phone.id);
    return listing(complianceNode, orderedOf(compliance ? [{ ...phone, compliance }] : []));
  },
  post: (phone, call) => {
    const input = readInput(call, entries);
    if (input.entity_type === 'OTHER' && input.entity_type_custom === undefined) {
      throw badParameter('The parameter entity_type_custom is required.');
    }
    call.world.messaging.number(phone.id).compliance = input;
    return { success: true };
  },
};

interface ComplianceInfo extends Phone {
  compliance: Record<string, unknown>;
}

const complianceNode: NodeType<ComplianceInfo> = {
  name: 'WhatsAppBusinessComplianceInfo',
  find: () => undefined,
  idless: true,
  defaults: ['whatsapp_business_account_id', ...Object.keys(entries)],
  fields: {
    whatsapp_business_account_id: ({ wabaId }) => wabaId,
    ...Object.fromEntries(
      Object.keys(entries).map((name) => [name, ({ compliance }: ComplianceInfo) => compliance[name]]),
    ),
  },
};
