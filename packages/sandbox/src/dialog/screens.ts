import { html } from 'hono/html';
import { appName } from '../credentials.ts';
import type { Prefill } from './prefill.ts';

type Markup = ReturnType<typeof html>;

/** One screen: what it asks for, and its one obvious button. */
interface Screen {
  /** As `data.current_step` names it; empty before the signup has begun. Meta: WhatsApp Embedded Signup › Errors. */
  step: string;
  title: string;
  intro: Markup | string;
  body: Markup | string;
  primary: string;
}

/** The way through the dialog, from sign-in to finish. */
export function createScreens(person: string, prefill: Prefill, smsCode: string): Screen[] {
  return [
    {
      step: '',
      title: `Connect to ${appName}`,
      intro: html`${appName} asks to work with your WhatsApp business account.`,
      body: html`<div class="person">
        <span class="avatar" aria-hidden="true">${initials(person)}</span>
        <span><strong>${person}</strong><br /><span class="muted">Made up, signed in, no password</span></span>
      </div>`,
      primary: `Continue as ${person}`,
    },
    {
      step: 'BUSINESS_ACCOUNT_SELECTION',
      title: 'Your business portfolio',
      intro: 'A portfolio holds everything that belongs to one business.',
      body: html`${field('businessName', 'Business name', prefill.businessName)}
      ${field('website', 'Website', prefill.website, 'url')} ${field('email', 'Business email', prefill.email, 'email')}`,
      primary: 'Continue',
    },
    {
      step: 'WABA_PHONE_PROFILE_PICKER',
      title: 'Your WhatsApp account',
      intro: 'The account groups phone numbers; customers see the display name.',
      body: html`${field('accountName', 'Account name', prefill.accountName)}
      ${field('displayName', 'Display name', prefill.displayName)}`,
      primary: 'Continue',
    },
    {
      step: 'PHONE_NUMBER_SETUP',
      title: 'Your phone number',
      intro: 'We send a code to it, to see that it is yours.',
      body: field(
        'displayNumber',
        'Phone number',
        prefill.displayNumber,
        'tel',
        'With country code, such as +1 415-555-0134',
      ),
      primary: 'Continue',
    },
    {
      step: 'PHONE_NUMBER_VERIFICATION',
      title: 'Verify your number',
      intro: html`We sent six digits to <strong data-echo="displayNumber">${prefill.displayNumber}</strong>.`,
      body: html`<div class="sms" role="note">
          <span class="muted">A text message arrived</span>
          <span><strong>${smsCode}</strong> is your sandbox code.</span>
        </div>
        ${field('smsCode', 'Code', smsCode, 'code')}
        <p class="error" role="alert" data-error hidden>That is not the code. Look at the text message above.</p>`,
      primary: 'Verify',
    },
    {
      step: 'PERMISSIONS',
      title: 'Review the permissions',
      intro: html`${appName} will be able to:`,
      body: html`<ul class="grants">
        <li>
          <strong>Manage your WhatsApp account</strong>
          <span class="muted">Numbers, templates and webhooks</span>
        </li>
        <li>
          <strong>Send and receive messages</strong>
          <span class="muted">In the name of your business</span>
        </li>
      </ul>`,
      primary: 'Confirm',
    },
    {
      step: 'PERMISSIONS',
      title: 'Ready to connect',
      intro: html`Finish to hand this account to ${appName}.`,
      body: html`<dl class="summary">
        <dt>Business</dt>
        <dd data-echo="businessName">${prefill.businessName}</dd>
        <dt>Display name</dt>
        <dd data-echo="displayName">${prefill.displayName}</dd>
        <dt>Phone number</dt>
        <dd data-echo="displayNumber">${prefill.displayNumber}</dd>
      </dl>`,
      primary: 'Finish',
    },
  ];
}

/** All screens as forms of one page; its script shows one at a time. */
export function renderScreens(screens: Screen[]): Markup {
  const last = screens.length - 1;
  return html`${screens.map(
    (
      screen,
      index,
    ) => html`<form class="screen" data-step="${screen.step}" aria-labelledby="title-${index}" hidden>
      <div class="content">
        <p class="muted progress">Step ${index + 1} of ${last + 1}</p>
        <h1 id="title-${index}" tabindex="-1">${screen.title}</h1>
        <p class="intro">${screen.intro}</p>
        ${screen.body}
      </div>
      <div class="actions">
        <button type="button" class="secondary" data-cancel>Cancel</button>
        <button type="submit" class="primary">${screen.primary}</button>
      </div>
    </form>`,
  )}`;
}

const kinds = {
  text: html`type="text"`,
  url: html`type="text" inputmode="url"`,
  email: html`type="email"`,
  tel: html`type="tel" pattern="\\+[0-9 \\-]{6,20}"`,
  code: html`type="text" inputmode="numeric" pattern="[0-9]{6}" maxlength="6"`,
};

function field(
  name: string,
  label: string,
  value: string,
  kind: keyof typeof kinds = 'text',
  hint = '',
): Markup {
  return html`<p class="field">
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" value="${value}" ${kinds[kind]} title="${hint || label}" required autocomplete="off" />
    ${hint && html`<span class="muted">${hint}</span>`}
  </p>`;
}

function initials(name: string): string {
  return name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('');
}
