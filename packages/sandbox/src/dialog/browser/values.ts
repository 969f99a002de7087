import { digitsOf } from '../../phone-digits.ts';
import type { Account, PageData, Portfolio } from '../page-data.ts';

/** What stands in the forms, by name; conditions ask for these. */
export type Values = Record<string, string>;

/** The objects behind what was picked. */
export interface Picked {
  portfolio: Portfolio | undefined;
  account: Account | undefined;
  number: Account['numbers'][number] | undefined;
  /** Those that can be picked from. */
  numbers: Account['numbers'];
}

/** Reads every named control below `root`: a radio that is checked, `yes` for a checkbox. */
export function readRaw(root: ParentNode): Values {
  const values: Values = {};
  for (const control of root.querySelectorAll<HTMLInputElement>('[name]')) {
    const { name, type, value, checked } = control;
    if (type === 'radio') {
      if (checked) values[name] = value;
    } else values[name] = type === 'checkbox' ? (checked ? 'yes' : '') : value.trim();
  }
  return values;
}

/** What follows from the answers so far: which of the further questions make sense. */
export function understand(data: PageData, raw: Values): { values: Values; picked: Picked } {
  const everyAccount = data.portfolios.flatMap(({ accounts }) => accounts);
  const fromPortfolio =
    raw.portfolio === 'existing' ? data.portfolios.find(({ id }) => id === raw.businessId) : undefined;
  const fromAccount =
    raw.account === 'existing' ? fromPortfolio?.accounts.find(({ id }) => id === raw.wabaId) : undefined;
  const numbers = data.isNumberFirst
    ? everyAccount.flatMap((account) => account.numbers)
    : (fromAccount?.numbers ?? []);
  const way = numberWay(data, raw, fromAccount, numbers.length > 0);
  const isOnApp = data.flow === 'coexistence' ? raw.way === 'app' : raw.onApp === 'yes' && way === 'new';
  // Whoever comes back with a number of the app keeps its account. Meta: Onboarding WhatsApp Business app users.
  const known = data.isNumberFirst ? everyAccount : (fromPortfolio?.accounts ?? []);
  const onApp = isOnApp
    ? known.flatMap((account) => account.numbers).find((each) => each.isOnApp && isSame(each, raw))
    : undefined;
  const number = way === 'existing' ? pickNumber(data, raw, numbers) : onApp;
  const knowsAccount = data.isNumberFirst && number !== undefined;
  const holder = everyAccount.find((each) => each.numbers.some((one) => one === number));
  const account = isOnApp || knowsAccount ? holder : fromAccount;
  const portfolio = account ? data.portfolios.find((each) => each.accounts.includes(account)) : fromPortfolio;
  const verifies = !isOnApp && (way === 'new' || number?.isVerified === false);
  return {
    values: {
      ...raw,
      portfolio: raw.portfolio ?? 'new',
      account: account ? 'existing' : 'new',
      number: way,
      app: yesNo(isOnApp),
      hasAccounts: yesNo((fromPortfolio?.accounts.length ?? 0) > 0),
      hasNumbers: yesNo(numbers.length > 0),
      knowsAccount: yesNo(knowsAccount),
      verifies: yesNo(verifies),
    },
    picked: { portfolio, account, number, numbers },
  };
}

/** Only a screen of this dialog can ask for a number. */
function numberWay(
  data: PageData,
  raw: Values,
  fromAccount: Account | undefined,
  hasNumbers: boolean,
): string {
  if (data.flow === 'only-waba') return 'none';
  if (data.flow === 'app-only' && fromAccount) return hasNumbers ? 'existing' : 'none';
  if (data.flow === 'app-only') return 'new';
  return raw.number === 'existing' && !hasNumbers ? 'new' : (raw.number ?? 'new');
}

/** An app that is installed alone comes to the number that the account has; nothing asks for another. */
function pickNumber(
  data: PageData,
  raw: Values,
  numbers: Account['numbers'],
): Account['numbers'][number] | undefined {
  return data.flow === 'app-only' ? numbers[0] : numbers.find(({ id }) => id === raw.phoneNumberId);
}

const isSame = ({ displayNumber }: { displayNumber: string }, raw: Values) =>
  digitsOf(displayNumber) === digitsOf(raw.appNumber ?? raw.displayNumber ?? '');

const yesNo = (is: boolean) => (is ? 'yes' : 'no');

/** Whether `name=a|b other!=c` holds. An empty condition always does. */
export function holds(condition: string | undefined, values: Values): boolean {
  return (condition ?? '')
    .split(' ')
    .filter(Boolean)
    .every((part) => {
      const [, name = '', not, list = ''] = /^([^!=]+)(!?)=(.*)$/.exec(part) ?? [];
      return list.split('|').includes(values[name] ?? '') !== (not === '!');
    });
}
