import type { PageData } from '../page-data.ts';
import { complain, input } from './form.ts';
import type { Picked, Values } from './values.ts';

const digits = (displayNumber: string) => displayNumber.replace(/\D/g, '');

/** A new number must not be in use. Meta: Embedded Signup › Flow errors › Phone number. */
export function isNumberFree(data: PageData, values: Values, { account }: Picked): boolean {
  const field = input('displayNumber');
  if (!field || values.number !== 'new' || values.app === 'yes') return true;
  const owner = data.portfolios
    .flatMap(({ accounts }) => accounts)
    .find(({ numbers }) => numbers.some((number) => digits(number.displayNumber) === digits(field.value)));
  if (!owner) return true;
  const problem =
    owner.id === account?.id
      ? 'This number is in the account already. Select it from the list.'
      : 'This number is in use on WhatsApp. Disconnect it there, or use another number.';
  complain(field, problem);
  field.focus();
  return false;
}
