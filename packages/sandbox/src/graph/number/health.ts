import type { Phone, Template, Waba } from '../../world/assets.ts';
import { isRestricted } from '../account/waba-access.ts';
import type { Call } from '../frame/call.ts';

type Ability = 'AVAILABLE' | 'LIMITED' | 'BLOCKED';

/** One link of the chain that a message needs. */
interface Entity {
  entity_type: 'PHONE_NUMBER' | 'MESSAGE_TEMPLATE' | 'WABA' | 'BUSINESS' | 'APP';
  id: string;
  can_send_message: Ability;
  errors?: Problem[];
  additional_info?: string[];
}

interface Problem {
  error_code: number;
  error_description: string;
  possible_solution: string;
}

/** Meta: WhatsApp Business Platform › Messaging health status. The weakest link decides. */
export function healthStatus(
  call: Call,
  waba: Waba,
  asked: { phone?: Phone; template?: Template } = {},
): Record<string, unknown> {
  const { phone, template } = asked;
  const entities: Entity[] = [
    ...(phone ? [phoneEntity(waba, phone)] : []),
    ...(template ? [templateEntity(template)] : []),
    wabaEntity(call, waba),
    { entity_type: 'BUSINESS', id: waba.businessId, can_send_message: 'AVAILABLE' },
    { entity_type: 'APP', id: call.caller.app.id, can_send_message: 'AVAILABLE' },
  ];
  const can = (ability: Ability) => entities.some((entity) => entity.can_send_message === ability);
  const overall = can('BLOCKED') ? 'BLOCKED' : can('LIMITED') ? 'LIMITED' : 'AVAILABLE';
  return { can_send_message: overall, entities };
}

function phoneEntity(waba: Waba, phone: Phone): Entity {
  const entity = { entity_type: 'PHONE_NUMBER', id: phone.id } as const;
  const isNamed = phone.nameStatus === 'APPROVED' || phone.nameStatus === 'AVAILABLE_WITHOUT_REVIEW';
  const info = isNamed
    ? {}
    : {
        additional_info: [
          'Your display name has not been approved yet. Your message limit will increase after the display name is approved.',
        ],
      };
  if (!phone.registered || waba.banState === 'DISABLE') {
    const problem = {
      error_code: 141000,
      error_description:
        'The phone number you are trying to send messages from is not linked to your WhatsApp account.',
      possible_solution: 'Register and finish the OTP authentication process for your phone number.',
    };
    return { ...entity, can_send_message: 'BLOCKED', errors: [problem], ...info };
  }
  return { ...entity, can_send_message: isNamed ? 'AVAILABLE' : 'LIMITED', ...info };
}

function templateEntity(template: Template): Entity {
  const entity = { entity_type: 'MESSAGE_TEMPLATE', id: template.id } as const;
  if (template.status === 'APPROVED') return { ...entity, can_send_message: 'AVAILABLE' };
  const problem = {
    error_code: 141002,
    error_description: 'Message templates can only be sent out if they are approved.',
    possible_solution: 'Edit or appeal the message template review decision.',
  };
  return { ...entity, can_send_message: 'BLOCKED', errors: [problem] };
}

/** The codes and sentences are Meta's where they are known; a ban and a restriction are told in its manner. */
function wabaEntity(call: Call, waba: Waba): Entity {
  const entity = { entity_type: 'WABA', id: waba.id } as const;
  const errors: Problem[] = [];
  if (waba.banState === 'DISABLE') {
    errors.push({
      error_code: 131031,
      error_description: 'The WhatsApp Business Account has been disabled for violating a platform policy.',
      possible_solution: 'Review the account in WhatsApp Manager and request a review.',
    });
  }
  if (isRestricted(call, waba, 'RESTRICTED_BIZ_INITIATED_MESSAGING')) {
    errors.push({
      error_code: 368,
      error_description: 'The WhatsApp Business Account is restricted from messaging its customers.',
      possible_solution: 'Review the account in WhatsApp Manager, or wait until the restriction ends.',
    });
  }
  if (waba.fundingId === null) {
    errors.push({
      error_code: 141006,
      error_description:
        'There is an error with the payment method. This will block business initiated conversations.',
      possible_solution:
        'There was an error with your payment method. Please add a new payment method to the account.',
    });
  }
  if (errors.length > 0) return { ...entity, can_send_message: 'BLOCKED', errors };
  return { ...entity, can_send_message: 'AVAILABLE' };
}
