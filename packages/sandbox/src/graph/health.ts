import type { Phone, Waba } from '../world/assets.ts';

type Ability = 'AVAILABLE' | 'LIMITED' | 'BLOCKED';

/** One link of the chain that a message needs. */
interface Entity {
  entity_type: 'PHONE_NUMBER' | 'WABA' | 'BUSINESS' | 'APP';
  id: string;
  can_send_message: Ability;
  errors?: { error_code: number; error_description: string; possible_solution: string }[];
}

/** Meta: WhatsApp Business Platform › Messaging health status. The weakest link decides. */
export function healthStatus(appId: string, waba: Waba, phone: Phone | null): Record<string, unknown> {
  const entities: Entity[] = [
    ...(phone ? [phoneEntity(phone)] : []),
    wabaEntity(waba),
    { entity_type: 'BUSINESS', id: waba.businessId, can_send_message: 'AVAILABLE' },
    { entity_type: 'APP', id: appId, can_send_message: 'AVAILABLE' },
  ];
  const blocked = entities.some((entity) => entity.can_send_message === 'BLOCKED');
  return { can_send_message: blocked ? 'BLOCKED' : 'AVAILABLE', entities };
}

function phoneEntity(phone: Phone): Entity {
  const entity = { entity_type: 'PHONE_NUMBER', id: phone.id } as const;
  if (phone.registered) return { ...entity, can_send_message: 'AVAILABLE' };
  return {
    ...entity,
    can_send_message: 'BLOCKED',
    errors: [
      {
        error_code: 141000,
        error_description: 'The phone number is not registered.',
        possible_solution: 'Register the phone number for Cloud API.',
      },
    ],
  };
}

function wabaEntity(waba: Waba): Entity {
  const entity = { entity_type: 'WABA', id: waba.id } as const;
  if (waba.fundingId !== null) return { ...entity, can_send_message: 'AVAILABLE' };
  return {
    ...entity,
    can_send_message: 'BLOCKED',
    errors: [
      {
        error_code: 141006,
        error_description:
          'There is an error with the payment method. This will block business initiated conversations.',
        possible_solution: 'Add a new payment method to the account.',
      },
    ],
  };
}
