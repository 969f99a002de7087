import { html } from 'hono/html';
import { codeOutcomes, outcomes } from '../outcomes.ts';
import type { PreverifiedNumber } from '../world/assets.ts';
import { checkbox, field, group, type Markup, select } from './fields.ts';
import type { Portfolio } from './page-data.ts';
import { reports, steps } from './reports.ts';

/** The endings that make an account, whatever becomes of its two halves. */
const finishes = [...codeOutcomes, 'close-on-final', 'code-only', 'event-only', 'event-late'];

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
      <button type="submit" class="secondary">Answer now</button>
    </form></template>
  </details>`;
}

const optional = (name: string, label: string, when = '') =>
  field(`auto.${name}`, label, '', { isOptional: true, when });
