import type { AccountDetails, CodeOutcome } from '../../outcomes.ts';
import { oneLine } from '../address.ts';
import type { AnswerRequest, PageData } from '../page-data.ts';
import type { Picked, Values } from './values.ts';

/** What a person clicked together, for the server to make. */
export function requestFrom(
  data: PageData,
  values: Values,
  { portfolio, account, number }: Picked,
  isUnverified: boolean,
): AnswerRequest {
  const outcome = outcomeOf(data, values, isUnverified);
  return {
    outcome,
    ...given('personId', values.personId),
    ...(account
      ? { wabaId: account.id }
      : {
          ...newAccount(values),
          ...(portfolio ? { businessId: portfolio.id } : newBusiness(values)),
        }),
    ...(outcome === 'coexistence' ? onApp(values) : numberOf(values, number?.id)),
  };
}

function outcomeOf(data: PageData, values: Values, isUnverified: boolean): CodeOutcome {
  if (data.flow === 'app-only' || data.flow === 'only-waba') return data.flow;
  if (values.app === 'yes') return 'coexistence';
  if (values.number === 'later') return 'finish-no-number';
  return values.verifies === 'yes' && isUnverified ? 'finish-unverified' : 'finish';
}

function newBusiness(values: Values): AccountDetails {
  return { ...given('businessName', values.businessName), ...given('country', values.country) };
}

/** Also for a number of the app, which brings an account and a profile as the page described them. */
function newAccount(values: Values): AccountDetails {
  const isNewBusiness = values.portfolio === 'new';
  const address = isNewBusiness ? oneLine(values) : '';
  return {
    ...given('accountName', values.accountName),
    ...given('displayName', values.displayName),
    profile: {
      ...given('vertical', values.category),
      ...given('description', values.description),
      ...given('email', isNewBusiness ? values.email : ''),
      ...given('address', address),
      ...(isNewBusiness && values.website ? { websites: [values.website] } : {}),
    },
  };
}

function numberOf({ number, displayNumber }: Values, phoneNumberId: string | undefined): AccountDetails {
  if (number === 'existing') return given('phoneNumberId', phoneNumberId);
  if (number?.startsWith('preverified:')) return given('preverifiedId', number.slice('preverified:'.length));
  return number === 'new' ? given('displayNumber', displayNumber) : {};
}

function onApp({ appNumber, displayNumber, history }: Values): AccountDetails {
  return {
    ...given('displayNumber', appNumber ?? displayNumber),
    historyDeclined: history === 'decline',
  };
}

function given<Name extends string>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  return (value ? { [name]: value } : {}) as { [Key in Name]?: string };
}
