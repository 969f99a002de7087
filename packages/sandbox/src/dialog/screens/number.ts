import { html } from 'hono/html';
import { type Choice, checkbox, choices, field, group, numberHint, select } from '../fields.ts';
import type { Screen, ScreenContext } from './screen.ts';

/** A number that is typed, one that the account has, one of the partner's, or none yet. */
export function number({ prefill, flow }: ScreenContext): Screen {
  const list: Choice[] = [
    ...(prefill.preverified
      ? [
          {
            value: `preverified:${prefill.preverified.id}`,
            label: prefill.preverified.displayNumber,
            hint: 'Offered by your partner, and verified already',
          },
        ]
      : []),
    { value: 'existing', label: 'Use a number that I have', when: 'hasNumbers=yes' },
    { value: 'new', label: 'Use a new number' },
    ...(flow.needsVerifiedNumber
      ? []
      : [{ value: 'later', label: 'Add a number later', hint: 'The account cannot send until it has one' }]),
  ];
  const isKnown = prefill.hasNumber && !prefill.preverified;
  const first = list.find(({ value }) => (value === 'existing') === isKnown)?.value ?? 'new';
  return {
    name: 'number',
    step: 'PHONE_NUMBER_SETUP',
    when: flow.isNumberFirst ? '' : 'app=no',
    title: 'Your phone number',
    intro: 'The number that your business sends from.',
    body: html`${choices('number', 'Number', list, first)}
    ${group('number=existing', select('phoneNumberId', 'Number', []))}
    ${group('number=new', [
      field('displayNumber', 'Phone number', prefill.displayNumber, {
        kind: 'tel',
        hint: numberHint,
      }),
      ...(flow.detectsBusinessApp
        ? [
            checkbox(
              'onApp',
              'This number is on the WhatsApp Business app',
              'Meta would find that out itself',
            ),
          ]
        : []),
    ])}
    ${group('verifies=yes', [
      select('method', 'How should we verify it?', [
        ['SMS', 'Text message'],
        ['VOICE', 'Phone call'],
      ]),
    ])}`,
    primary: 'Continue',
  };
}

/** The code that proves the number, shown on the page: no text message leaves the sandbox. */
export function code({ flow, smsCode, prefill }: ScreenContext): Screen {
  return {
    name: 'code',
    step: 'PHONE_NUMBER_VERIFICATION',
    when: 'verifies=yes',
    title: 'Verify your number',
    intro: html`We sent six digits to <strong class="number" data-echo="displayNumber">${prefill.displayNumber}</strong>.`,
    body: html`<div class="sms" role="status">
        <span class="muted" data-echo="arrival">A text message arrived</span>
        <span><strong data-sms>${smsCode}</strong> is your sandbox code.</span>
      </div>
      ${field('smsCode', 'Code', smsCode, { kind: 'code' })}
      <p class="links">
        <button type="button" class="link" data-resend>Send a new code</button>
        ${flow.needsVerifiedNumber ? '' : html`<button type="button" class="link" data-later>Skip for now</button>`}
      </p>
      <p class="error" role="alert" data-resend-error></p>`,
    primary: 'Verify',
  };
}
