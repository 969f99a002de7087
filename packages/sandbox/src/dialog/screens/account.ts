import { html } from 'hono/html';
import { choices, field, group, numberHint, select, textArea } from '../fields.ts';
import { verticals } from '../verticals.ts';
import type { Screen, ScreenContext } from './screen.ts';

/** Comes up where the portfolio has accounts: one of these, as in a reconnection, or another. */
export function accountPicker({ prefill }: ScreenContext): Screen {
  return {
    name: 'account',
    step: 'WABA_PHONE_PROFILE_PICKER',
    when: 'knowsAccount=no hasAccounts=yes',
    title: 'Your WhatsApp Business account',
    intro: html`<strong data-echo="businessName"></strong> has accounts already.`,
    body: html`${choices(
      'account',
      'Account',
      [
        { value: 'existing', label: 'Use an account that I have' },
        { value: 'new', label: 'Create a new account' },
      ],
      prefill.wabaId === null ? 'new' : 'existing',
    )}
    ${group('account=existing', select('wabaId', 'WhatsApp Business account', []))}`,
    primary: 'Continue',
  };
}

/** The new account, and what customers will see of it. */
export function profile({ prefill, flow }: ScreenContext): Screen {
  const hasNumber = flow.kind !== 'only-waba';
  return {
    name: 'profile',
    step: 'WHATSAPP_BUSINESS_PROFILE_SETUP',
    when: 'knowsAccount=no account=new',
    title: 'Your WhatsApp profile',
    intro: hasNumber
      ? 'The account groups phone numbers; customers see the display name.'
      : 'The account groups phone numbers; they can be added later.',
    body: html`${field('accountName', 'Account name', prefill.accountName)}
    ${
      hasNumber
        ? html`${field('displayName', 'Display name', prefill.displayName)}
          ${select('category', 'Category', Object.entries(verticals), prefill.category)}
          ${flow.kind === 'app-only' ? field('displayNumber', 'Phone number', prefill.displayNumber, { kind: 'tel', hint: numberHint }) : ''}
          ${textArea('description', 'Description', prefill.description, 512)}`
        : ''
    }`,
    primary: 'Continue',
  };
}
