import { html, raw } from 'hono/html';
import { renderSVG } from 'uqr';
import { choices, field, numberHint } from '../fields.ts';
import type { Screen, ScreenContext } from './screen.ts';

/** The choice that the flow gives. Meta: Onboarding WhatsApp Business app users. */
export function appChoice(): Screen {
  return {
    name: 'app-choice',
    step: 'WABA_PHONE_PROFILE_PICKER',
    title: 'How do you use WhatsApp?',
    intro: 'You can keep the WhatsApp Business app and use its number here too.',
    body: choices(
      'way',
      'Way',
      [
        {
          value: 'app',
          label: 'Connect your WhatsApp Business app',
          hint: 'Keep your chats; needs version 2.24.17 or later',
        },
        { value: 'number', label: 'Use another number', hint: 'One that is not on the app' },
      ],
      'app',
    ),
    primary: 'Continue',
  };
}

export function appNumber({ prefill }: ScreenContext): Screen {
  return {
    name: 'app-number',
    step: 'PHONE_NUMBER_SETUP',
    when: 'app=yes',
    title: 'Your number on the app',
    intro: 'The number that you use in the WhatsApp Business app.',
    body: field('appNumber', 'Phone number', prefill.displayNumber, {
      kind: 'tel',
      hint: numberHint,
    }),
    primary: 'Continue',
  };
}

/** Meta: the app gets a message with a button, and the button scans this. */
export function qrCode({ pairing }: ScreenContext): Screen {
  return {
    name: 'qr',
    step: 'PHONE_NUMBER_VERIFICATION',
    when: 'app=yes',
    title: 'Scan this with the app',
    intro: html`Open the message that arrived at <strong class="number" data-echo="displayNumber"></strong> in the
      WhatsApp Business app, choose “Connect to the business platform”, and scan:`,
    body: html`<div class="qr" role="img" aria-label="QR code for the WhatsApp Business app">
        ${raw(renderSVG(pairing, { border: 2 }))}
      </div>
      <p class="muted">There is no app to scan it here. The button does as if you had.</p>`,
    primary: 'I scanned it',
  };
}

export function history(): Screen {
  return {
    name: 'history',
    step: 'PHONE_NUMBER_VERIFICATION',
    when: 'app=yes',
    title: 'Share your chat history?',
    intro: 'In the app you decide whether your chats of the last six months come along.',
    body: choices(
      'history',
      'Chat history',
      [
        { value: 'share', label: 'Share the history', hint: 'Chats and contacts are copied once' },
        { value: 'decline', label: 'Do not share it', hint: 'Only new messages come through' },
      ],
      'share',
    ),
    primary: 'Continue',
  };
}
