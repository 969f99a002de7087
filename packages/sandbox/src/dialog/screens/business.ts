import { html } from 'hono/html';
import { choices, field, group, select } from '../fields.ts';
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
    ])}`,
    primary: 'Continue',
  };
}

/** The country that the page named is on the list, whatever it is. */
function withChosen(code: string): [string, string][] {
  return Object.entries(code in countries ? countries : { [code]: code, ...countries });
}
