import { html } from 'hono/html';
import { type AddressPart, addressParts } from '../address.ts';
import { choices, field, group, type Markup, select } from '../fields.ts';
import type { Prefill } from '../prefill.ts';
import { countries } from '../verticals.ts';
import type { Screen, ScreenContext } from './screen.ts';

/** A new portfolio, or one that exists. */
export function business({ prefill, portfolios }: ScreenContext): Screen {
  const known = portfolios.map(({ id, name, accounts }) => {
    const count = accounts.length === 1 ? '1 account' : `${accounts.length} accounts`;
    return [id, `${name} (${count})`] as const;
  });
  return {
    name: 'business',
    step: 'BUSINESS_ACCOUNT_SELECTION',
    when: 'knowsAccount=no',
    title: 'Your business portfolio',
    intro: 'A portfolio holds everything that belongs to one business.',
    body: html`${
      known.length > 0
        ? choices(
            'portfolio',
            'Portfolio',
            [
              { value: 'existing', label: 'Use a portfolio that I have' },
              { value: 'new', label: 'Create a new portfolio' },
            ],
            prefill.businessId === null ? 'new' : 'existing',
          )
        : ''
    }
    ${known.length > 0 ? group('portfolio=existing', select('businessId', 'Portfolio', known, prefill.businessId ?? '')) : ''}
    ${group('portfolio=new', [
      field('businessName', 'Business name', prefill.businessName),
      field('website', 'Website', prefill.website, { kind: 'url' }),
      field('email', 'Business email', prefill.email, { kind: 'email' }),
      select('country', 'Country', withChosen(prefill.country), prefill.country),
      addressFields(prefill),
    ])}`,
    primary: 'Continue',
  };
}

/** Folded, since a profile does without. */
function addressFields({ address, timezone }: Prefill): Markup {
  const parts = Object.entries(addressParts) as [AddressPart, string][];
  return html`<details class="more">
    <summary>Address <span class="muted">(optional)</span></summary>
    ${parts.map(([name, label]) => field(name, label, address[name], { isOptional: true }))}
    ${field('timezone', 'Time zone', timezone, { isOptional: true })}
  </details>`;
}

/** The country that the page named is on the list, whatever it is. */
function withChosen(code: string): [string, string][] {
  return Object.entries(code in countries ? countries : { [code]: code, ...countries });
}
