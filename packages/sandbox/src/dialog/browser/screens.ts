import type { PageData } from '../page-data.ts';
import { input, setOptions } from './form.ts';
import { holds, type Picked, readRaw, understand, type Values } from './values.ts';

/** The screens, one of which is seen, and what stands in them. */
export function createScreens(data: PageData) {
  const forms = [...document.querySelectorAll<HTMLFormElement>('form[data-screen]')];
  const panels = [...forms, ...document.querySelectorAll<HTMLElement>('[data-notice], [data-waiting]')];
  let current = '';

  const read = () => understand(data, Object.assign({}, ...forms.map(readRaw)) as Values);
  const firstBusiness = businessOf(read());

  /** What depends on other answers follows them. */
  function refresh(): void {
    fillLists(data, read().picked);
    settleChoices(read().values);
    const now = read();
    for (const part of document.querySelectorAll<HTMLElement>('form[data-screen] [data-when]')) {
      part.hidden = !holds(part.dataset.when, now.values);
    }
    followBusiness(firstBusiness, businessOf(now));
    const told = echoes(now.values, now.picked, isUnverified);
    for (const echo of document.querySelectorAll<HTMLElement>('[data-echo]')) {
      echo.textContent = told[echo.dataset.echo ?? ''] ?? '';
    }
    const person = document.querySelector<HTMLElement>('[name="personId"]:checked')?.dataset.label;
    const primary = forms[0]?.querySelector('.primary');
    if (primary && person) primary.textContent = `Continue as ${person}`;
  }

  const onTheWay = () => {
    const { values } = read();
    return forms.filter((form) => holds(form.dataset.when, values));
  };

  function neighbour(distance: 1 | -1): string {
    const way = onTheWay();
    const at = way.findIndex((form) => form.dataset.screen === current);
    return way[at + distance]?.dataset.screen ?? '';
  }

  let isUnverified = false;

  return {
    forms,
    read,
    refresh,
    get isUnverified() {
      return isUnverified;
    },
    /** Whether the customer put the verification off. */
    putOff(is: boolean): void {
      isUnverified = is;
    },
    next: () => neighbour(1),
    previous: () => neighbour(-1),
    /** Shows one screen or notice; the focus goes to its title, for who cannot see it. */
    show(name: string): void {
      current = name;
      refresh();
      const way = onTheWay();
      for (const panel of panels) {
        const { screen, notice } = panel.dataset;
        panel.hidden = (screen ?? notice ?? 'waiting') !== name;
        if (panel.hidden) continue;
        const place = way.findIndex((form) => form.dataset.screen === name) + 1;
        const progress = panel.querySelector('[data-progress]');
        if (progress) progress.textContent = `Step ${place}`;
        window.scrollTo(0, 0);
        const heading = panel.querySelector<HTMLElement>('h1');
        document.title = `${heading?.textContent} – Sandbox`;
        heading?.focus();
      }
    },
  };
}

/** A choice that is not offered any more gives way to the first that is. */
function settleChoices(values: Values): void {
  for (const group of document.querySelectorAll('fieldset.choices')) {
    const offered = [...group.querySelectorAll<HTMLInputElement>('input')].filter((choice) =>
      holds(choice.closest('label')?.dataset.when, values),
    );
    if (offered[0] && !offered.some(({ checked }) => checked)) offered[0].checked = true;
  }
}

type Read = ReturnType<typeof understand>;

const businessOf = ({ picked, values }: Read): string => picked.portfolio?.name ?? values.businessName ?? '';

/** The lists of accounts and numbers belong to what was picked before. */
function fillLists(data: PageData, { portfolio, numbers }: Picked): void {
  const accounts = document.getElementById('wabaId');
  if (accounts instanceof HTMLSelectElement && portfolio) {
    setOptions(
      accounts,
      portfolio.accounts.map(({ id, name }) => [id, name] as const),
    );
    const named = data.prefilled.wabaId;
    if (named && accounts.dataset.named === undefined) accounts.value = named;
    accounts.dataset.named = '';
  }
  const list = document.getElementById('phoneNumberId');
  if (!(list instanceof HTMLSelectElement)) return;
  setOptions(
    list,
    numbers.map(({ id, displayNumber, isVerified }) => {
      return [id, isVerified ? displayNumber : `${displayNumber} (not verified)`] as const;
    }),
  );
}

/** A name that nobody touched goes along with the business. */
function followBusiness(first: string, name: string): void {
  for (const id of ['accountName', 'displayName']) {
    const field = input(id);
    if (!field || field.defaultValue !== first) continue;
    if (field.value === (field.dataset.follows ?? first)) {
      field.value = name;
      field.dataset.follows = name;
    }
  }
}

/** What later screens repeat of the earlier ones. */
function echoes(values: Values, picked: Picked, isUnverified: boolean): Values {
  const business = businessOf({ values, picked });
  const displayNumber = picked.number?.displayNumber ?? typedNumber(values);
  const isOpen = values.verifies === 'yes' && isUnverified;
  return {
    businessName: business,
    accountName: picked.account?.name ?? values.accountName ?? business,
    displayName: values.displayName ?? '',
    displayNumber,
    numberStatus: displayNumber === '' ? 'None yet' : `${displayNumber}${isOpen ? ' (not verified)' : ''}`,
    arrival: values.method === 'VOICE' ? 'A call came, and a voice said' : 'A text message arrived',
  };
}

function typedNumber({ app, number, appNumber, displayNumber }: Values): string {
  if (app === 'yes') return appNumber ?? displayNumber ?? '';
  if (number === 'new') return displayNumber ?? '';
  const chosen = document.querySelector('[name="number"]:checked')?.closest('label')?.querySelector('span');
  return number?.startsWith('preverified:') ? (chosen?.firstChild?.textContent ?? '') : '';
}
