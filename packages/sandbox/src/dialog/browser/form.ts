import { readDisplayNumber } from '../../phone-digits.ts';

/** Checks every field that is asked. Says what is wrong beside each, and puts the focus on the first. */
export function isValid(form: HTMLFormElement): boolean {
  const wrong = [...form.querySelectorAll<HTMLInputElement>('input, textarea, select')].filter((control) => {
    const problem = control.closest('[hidden]:not(form)') ? '' : problemOf(control);
    complain(control, problem);
    return problem !== '';
  });
  wrong[0]?.focus();
  return wrong.length === 0;
}

function problemOf(control: HTMLInputElement): string {
  const { validity, value, required, type } = control;
  if (required && value.trim() === '') return 'Please fill this in.';
  const isNumber = type !== 'tel' || value === '' || readDisplayNumber(value) !== null;
  if (validity.valid && isNumber) return '';
  return control.dataset.wrong ?? control.validationMessage;
}

/** Writes beside a field what is wrong with it; nothing where it is right. */
export function complain(control: HTMLElement, problem: string): void {
  const place = document.getElementById(`${control.id}-error`);
  if (place) place.textContent = problem;
  if (problem) control.setAttribute('aria-invalid', 'true');
  else control.removeAttribute('aria-invalid');
}

/** Puts other options into a list, and keeps what was chosen where it is still there. */
export function setOptions(select: HTMLSelectElement, options: readonly (readonly [string, string])[]): void {
  const ids = options.map(([id]) => id).join();
  if (select.dataset.ids === ids) return;
  select.dataset.ids = ids;
  const chosen = select.value;
  select.replaceChildren(...options.map(([id, label]) => new Option(label, id, false, id === chosen)));
}

export function input(id: string): HTMLInputElement | null {
  const found = document.getElementById(id);
  return found instanceof HTMLInputElement ? found : null;
}
