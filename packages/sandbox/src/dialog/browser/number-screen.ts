import { digitsOf, readDisplayNumber } from '../../phone-digits.ts';
import type { PageData } from '../page-data.ts';
import { complain, input } from './form.ts';
import type { Picked, Values } from './values.ts';

/** A typed number looks from now on as Meta prints it. */
export function printNumbers(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLInputElement>('input[type="tel"]')) {
    field.value = readDisplayNumber(field.value) ?? field.value;
  }
}

/**
 * A new number must not be in use, and one on the app in no other account than the customer's. Meta: Embedded Signup ›
 * Flow errors › Phone number.
 */
export function isNumberFree(data: PageData, values: Values, { account }: Picked): boolean {
  const isOnApp = values.app === 'yes';
  const field = (isOnApp ? input('appNumber') : null) ?? input('displayNumber');
  if (!field || (values.number !== 'new' && !isOnApp)) return true;
  const owner = data.portfolios
    .flatMap(({ accounts }) => accounts)
    .find(({ numbers }) =>
      numbers.some((number) => digitsOf(number.displayNumber) === digitsOf(field.value)),
    );
  if (!owner || (isOnApp && owner.id === account?.id)) return true;
  complain(field, problem(owner.id === account?.id, isOnApp));
  field.focus();
  return false;
}

function problem(isOwn: boolean, isOnApp: boolean): string {
  if (isOnApp)
    return 'This number is connected to another account already. Disconnect it there first. (2655093)';
  return isOwn
    ? 'This number is in the account already. Select it from the list.'
    : 'This number is in use on WhatsApp. Disconnect it there, or use another number.';
}
