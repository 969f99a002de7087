import type { PageData } from '../page-data.ts';
import { complain, input } from './form.ts';

/** The codes that are sent: whether one is right, and another where it is asked for. */
export function createCodeScreen(data: PageData) {
  const form = document.querySelector<HTMLFormElement>('[data-screen="code"]');
  let sent = 0;

  form?.querySelector('[data-resend]')?.addEventListener('click', () => {
    const refusal = form.querySelector('[data-resend-error]');
    const code = data.smsCodes[sent + 1];
    if (code === undefined) {
      // Meta: Embedded Signup › Flow errors › 2494158.
      if (refusal)
        refusal.textContent = 'Too many codes were requested. Please wait before you ask again. (2494158)';
      return;
    }
    sent++;
    const shown = form.querySelector('[data-sms]');
    if (shown) shown.textContent = code;
    const field = input('smsCode');
    if (!field) return;
    field.value = code;
    complain(field, '');
    field.focus();
  });

  return {
    /** Only the newest code is right. */
    isRight(): boolean {
      const field = input('smsCode');
      if (!field || field.value.trim() === data.smsCodes[sent]) return true;
      complain(field, 'That is not the code. Look at the message above.');
      field.focus();
      return false;
    },
  };
}
