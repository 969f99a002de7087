import type { AccountDetails, Outcome, ReportEvent } from '../../outcomes.ts';
import type { AutoAnswer } from '../page-data.ts';
import { isValid } from './form.ts';
import { holds, readRaw, type Values } from './values.ts';

const texts = [
  'wabaId',
  'businessId',
  'businessName',
  'accountName',
  'displayName',
  'displayNumber',
  'preverifiedId',
  'pin',
] as const;
const flags = ['registered', 'funded', 'historyDeclined'] as const;
const counts = ['accounts', 'numbers'] as const;

/** The form on the first screen that ends the dialog any way. */
export function preparePicker(answer: (auto: AutoAnswer) => void): HTMLElement | null {
  const picker = document.querySelector<HTMLElement>('[data-picker]');
  picker?.addEventListener('toggle', () => {
    const content = picker.querySelector('template')?.content;
    if (!content || picker.querySelector('form')) return;
    picker.append(content.cloneNode(true));
    const form = picker.querySelector('form');
    if (form) prepare(form, answer);
  });
  return picker;
}

function prepare(form: HTMLFormElement, answer: (auto: AutoAnswer) => void): void {
  const refresh = () => {
    const values = readRaw(form);
    for (const part of form.querySelectorAll<HTMLElement>('[data-when]')) {
      part.hidden = !holds(part.dataset.when, values);
    }
  };
  form.addEventListener('input', refresh);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isValid(form)) answer(readAnswer(form));
  });
  refresh();
}

function readAnswer(form: HTMLFormElement): AutoAnswer {
  const values = readRaw(form);
  const [code = '', message = ''] = labelOf(form, 'auto.code').split(': ');
  return {
    outcome: values['auto.outcome'] as Outcome,
    delayMs: Number(values['auto.delayMs']),
    details: readDetails(form, values),
    step: values['auto.step'] ?? '',
    report: { event: values['auto.event'] as ReportEvent, code, message },
  };
}

/** Only what was asked and filled in. */
function readDetails(form: HTMLFormElement, values: Values): AccountDetails {
  const asked = (name: string) => {
    const control = form.querySelector(`[name="auto.${name}"]`);
    return control && !control.closest('[hidden]') ? (values[`auto.${name}`] ?? '') : '';
  };
  const details: AccountDetails = {};
  for (const name of texts) if (asked(name)) details[name] = asked(name);
  for (const name of flags) if (asked(name)) details[name] = true;
  for (const name of counts) if (asked(name)) details[name] = Number(asked(name));
  return details;
}

function labelOf(form: HTMLFormElement, name: string): string {
  const control = form.querySelector(`[name="${name}"]`);
  return control instanceof HTMLSelectElement ? (control.selectedOptions[0]?.label ?? '') : '';
}
