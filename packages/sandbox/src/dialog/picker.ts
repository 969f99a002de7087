import { html } from 'hono/html';
import { codeOutcomes, type Outcome, outcomes } from '../outcomes.ts';
import type { PreverifiedNumber } from '../world/assets.ts';
import { checkbox, field, group, type Markup, select } from './fields.ts';
import type { Portfolio } from './page-data.ts';
import { reports, steps } from './reports.ts';

/** The endings that make an account, whatever becomes of its two halves. */
const finishes = [...codeOutcomes, 'close-on-final', 'code-only', 'event-only', 'event-late'];

/** What each ending comes to, for the page that opened the dialog. */
const explained: Readonly<Record<Outcome, string>> = {
  finish: 'A code, and a message that names a new account with a verified number.',
  'finish-unverified': 'As finish, but the number is not verified yet.',
  'finish-no-number': 'As finish, but the account has no number yet.',
  'only-waba': 'A code, and a message that names the account alone.',
  coexistence: 'A code, and a number that stays on the WhatsApp Business app.',
  'obo-migration': 'A code, and an account that moved from on-behalf-of to the customer.',
  'app-only': 'A code for the API alone: nothing is shared with the partner.',
  cancel: 'The customer leaves on a screen: a message that names it, no code.',
  error: 'The customer reports a problem and leaves: a message with its number, no code.',
  deny: 'The customer refuses on the first screen: no message, no code.',
  close: 'The window closes: no message, no code.',
  'close-on-final': 'The window closes on the last screen: message and code all the same.',
  'code-only': 'A code, and the message never comes.',
  'event-only': 'The message, and the code never comes.',
  'event-late': 'A code, and the message right after it.',
};

/**
 * Lets the dialog end any way without clicking through it: all that `POST /_sandbox/next` takes, as a form. Names
 * start with `auto.`, so that they cannot meet those of the screens, and the form comes into the page when it is
 * opened: until then every label of the page names one field.
 */
export function renderPicker(portfolios: Portfolio[], offered: PreverifiedNumber[]): Markup {
  const any = finishes.join('|');
  const accounts = portfolios.flatMap(({ name, accounts: list }) =>
    list.map((account) => [account.id, `${account.name} (${name})`] as const),
  );
  return html`<details class="picker" data-picker>
    <summary>Let the sandbox answer</summary>
    <template><form novalidate>
      ${select(
        'auto.outcome',
        'Outcome',
        outcomes.map((outcome) => [outcome, outcome]),
      )}
      ${outcomes.map((outcome) => html`<p class="muted explained" data-when="auto.outcome=${outcome}">${explained[outcome]}</p>`)}
      ${field('auto.delayMs', 'Delay in milliseconds', '0', { kind: 'delay' })}
      ${group(
        'auto.outcome=cancel',
        select(
          'auto.step',
          'Screen that was left',
          steps.map((step) => [step, step]),
        ),
      )}
      ${group('auto.outcome=error', [
        select('auto.event', 'Event', [
          ['CANCEL', 'CANCEL'],
          ['ERROR', 'ERROR'],
        ]),
        select(
          'auto.code',
          'Error',
          reports.map(({ code, message }) => [code, `${code}: ${message}`]),
        ),
      ])}
      ${group(`auto.outcome=${any}`, [
        select('auto.wabaId', 'Account', [['', 'A new one'], ...accounts]),
        select(
          'auto.businessId',
          'Portfolio',
          [['', 'A new one'], ...portfolios.map(({ id, name }) => [id, name] as const)],
          '',
          'auto.wabaId=',
        ),
        optional('businessName', 'Business name', 'auto.wabaId= auto.businessId='),
        optional('accountName', 'Account name', 'auto.wabaId='),
        group('auto.outcome!=finish-no-number|only-waba', [
          optional('displayName', 'Display name'),
          field('auto.displayNumber', 'Phone number', '', { kind: 'tel', isOptional: true }),
          offered.length > 0
            ? select('auto.preverifiedId', 'Number of the partner’s', [
                ['', 'None'],
                ...offered.map(({ id, displayNumber }) => [id, displayNumber] as const),
              ])
            : html``,
          field('auto.pin', 'PIN', '', { kind: 'pin', isOptional: true }),
          checkbox('auto.registered', 'The number is registered already'),
        ]),
        checkbox('auto.funded', 'A payment method is there'),
        group('auto.outcome=coexistence', checkbox('auto.historyDeclined', 'The chat history is not shared')),
        group('auto.wabaId=', [
          field('auto.accounts', 'Accounts', '', { kind: 'count', isOptional: true }),
          field('auto.numbers', 'Numbers each', '', { kind: 'count', isOptional: true }),
        ]),
      ])}
      <button type="submit" class="primary">Answer now</button>
    </form></template>
  </details>`;
}

const optional = (name: string, label: string, when = '') =>
  field(`auto.${name}`, label, '', { isOptional: true, when });
