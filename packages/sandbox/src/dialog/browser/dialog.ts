import type { AutoAnswer, PageData } from '../page-data.ts';
import { createAnswers } from './answers.ts';
import { answerByItself } from './auto.ts';
import { createCodeScreen } from './code-screen.ts';
import { isValid } from './form.ts';
import { isNumberFree, printNumbers } from './number-screen.ts';
import { preparePicker } from './picker.ts';
import { prepareReport } from './report.ts';
import { requestFrom } from './request.ts';
import { createScreens } from './screens.ts';
import './dialog.css';
import './forms.css';

const data = JSON.parse(document.getElementById('data')?.textContent ?? 'null') as PageData;
const screens = createScreens(data);
const answers = createAnswers(data, show);
const code = createCodeScreen(data);
const picker = preparePicker((auto) => {
  const { personId = '' } = screens.read().values;
  run({ ...auto, details: { ...auto.details, personId } });
});
const report = prepareReport((chosen) => answers.report({ event: 'CANCEL', ...chosen }));
const waiting = document.querySelector<HTMLElement>('[data-waiting]');
/** Where a number is typed, whichever the flow. */
const numberScreens = new Set(['number', 'app-number', 'profile']);
let last: Awaited<ReturnType<typeof answers.make>> | null = null;

for (const form of screens.forms) prepare(form);
for (const back of document.querySelectorAll('[data-notice] [data-back]')) {
  back.addEventListener('click', () => show('sign-in'));
}
if (data.auto) run(data.auto);
else show('sign-in');

function show(name: string): void {
  screens.show(name);
  if (picker) picker.hidden = name !== 'sign-in';
}

function prepare(form: HTMLFormElement): void {
  const { screen = '', step = '' } = form.dataset;
  form.addEventListener('input', screens.refresh);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!isValid(form)) return;
    printNumbers(form);
    void submit(screen).catch(fail);
  });
  form.querySelector('[data-back]')?.addEventListener('click', () => show(screens.previous()));
  form.querySelector('[data-report]')?.addEventListener('click', () => report());
  form.querySelector('[data-later]')?.addEventListener('click', () => {
    screens.putOff(true);
    show(screens.next());
  });
  form.querySelector('[data-cancel]')?.addEventListener('click', () => {
    if (step) answers.cancel(step);
    else answers.deny();
  });
}

/** One screen is done: what it must hold before the next comes. */
async function submit(screen: string): Promise<void> {
  const { values, picked } = screens.read();
  if (screen === 'sign-in' && refuse(values.personId)) return;
  if (numberScreens.has(screen) && !isNumberFree(data, values, picked)) return;
  if (screen === 'code') {
    if (!code.isRight()) return;
    screens.putOff(false);
  }
  if (screen === 'final') {
    if (!last) return;
    // No second press while the first is on its way.
    show('waiting');
    await answers.finish(last);
    return;
  }
  if (screen === 'permissions') {
    show('waiting');
    last = await answers.make(requestFrom(data, values, picked, screens.isUnverified));
    answers.hold(last);
    show('final');
    return;
  }
  show(screens.next());
}

/** Whether the app is closed to this person; then that is what they see. */
function refuse(personId = ''): boolean {
  const refusal = data.refusals[personId];
  if (refusal !== undefined) show(refusal);
  return refusal !== undefined;
}

function run(auto: AutoAnswer): void {
  // A window can be closed by whoever looks at it.
  if (auto.outcome !== 'close' && refuse(auto.details.personId)) return;
  show('waiting');
  setTimeout(() => {
    answerByItself(data, auto, answers, () => show('final')).catch(fail);
  }, auto.delayMs);
}

/** Nothing can be handed over, so both sides have to know. Meta: Implementation: the event `ERROR`. */
function fail(): void {
  answers.fail({ event: 'ERROR', code: '3441003', message: 'Something went wrong.' });
  const [heading, text] = waiting?.querySelectorAll('h1, p') ?? [];
  if (heading) heading.textContent = 'Something went wrong';
  if (text) text.textContent = 'The sandbox did not answer as it should. Close this window and try again.';
  show('waiting');
}
