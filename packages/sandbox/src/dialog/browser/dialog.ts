import type { AnswerRequest, PageData } from '../page-data.ts';
import { createAnswers } from './answers.ts';
import './dialog.css';

const data = JSON.parse(document.getElementById('data')?.textContent ?? 'null') as PageData;
const answers = createAnswers(data);
const forms = [...document.querySelectorAll('form')];
const waiting = document.querySelector<HTMLElement>('[data-waiting]');

if (data.auto) {
  show(null);
  setTimeout(() => answerByItself(data.auto).catch(fail), data.auto.delayMs);
} else {
  forms.forEach(prepare);
  show(0);
}

function prepare(form: HTMLFormElement, index: number): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!isRightCode(form)) return;
    if (index < forms.length - 1) show(index + 1);
    else finish();
  });
  form.querySelector('[data-cancel]')?.addEventListener('click', () => {
    const { step } = form.dataset;
    if (step) answers.cancel(step);
    else answers.deny();
  });
}

/** Shows one screen, or none while the dialog answers; the focus goes to its title, for who cannot see it. */
function show(index: number | null): void {
  for (const [position, form] of forms.entries()) form.hidden = position !== index;
  if (waiting) waiting.hidden = index !== null;
  followNames();
  for (const echo of document.querySelectorAll<HTMLElement>('[data-echo]')) {
    echo.textContent = fieldValue(echo.dataset.echo ?? '');
  }
  const form = index === null ? undefined : forms[index];
  form?.querySelector('h1')?.focus();
}

/** A name that nobody touched goes along with the business name. */
function followNames(): void {
  const leader = document.getElementById('businessName');
  if (!(leader instanceof HTMLInputElement)) return;
  for (const name of ['accountName', 'displayName']) {
    const input = document.getElementById(name);
    if (!(input instanceof HTMLInputElement)) continue;
    const untouched = input.value === input.defaultValue && input.defaultValue === leader.defaultValue;
    if (untouched) input.value = leader.value;
  }
}

function isRightCode(form: HTMLFormElement): boolean {
  const error = form.querySelector<HTMLElement>('[data-error]');
  if (!error) return true;
  error.hidden = fieldValue('smsCode') === data.smsCode;
  if (!error.hidden) document.getElementById('smsCode')?.focus();
  return error.hidden;
}

function finish(): void {
  show(null);
  answers.finish(typed('finish')).catch(fail);
}

/** Nothing can be handed over, so the person has to know. */
function fail(): void {
  if (waiting)
    waiting.textContent = 'The sandbox did not answer as it should. Close this window and try again.';
}

async function answerByItself(auto: PageData['auto']): Promise<void> {
  switch (auto?.outcome) {
    case 'cancel':
      return answers.cancel(auto.step);
    case 'error':
      return answers.report(auto.errorCode, auto.errorMessage);
    case 'deny':
      return answers.deny();
    case 'close':
      return answers.close();
    case 'code-only':
      return answers.finishWithoutMessage(typed('finish'));
    case 'event-only':
      return answers.finishWithoutCode(typed('finish'));
    case 'event-late':
      return answers.finishMessageLast(typed('finish'));
    case 'finish-unverified':
    case 'finish-no-number':
      return answers.finish(typed(auto.outcome));
    default:
      return answers.finish(typed('finish'));
  }
}

/** What stands in the forms. */
function typed(outcome: AnswerRequest['outcome']): AnswerRequest {
  return {
    ...data.auto?.details,
    outcome,
    businessName: fieldValue('businessName'),
    accountName: fieldValue('accountName'),
    displayName: fieldValue('displayName'),
    displayNumber: fieldValue('displayNumber'),
  };
}

function fieldValue(name: string): string {
  const input = document.getElementById(name);
  return input instanceof HTMLInputElement ? input.value.trim() : '';
}
