import type { AnswerRequest, AutoAnswer, PageData } from '../page-data.ts';
import { withPrefilled } from '../with-prefilled.ts';
import type { createAnswers } from './answers.ts';

type Answers = ReturnType<typeof createAnswers>;

/** Ends the dialog without a person. `showFinal` shows the last screen, which is still seen before it closes. */
export async function answerByItself(
  data: PageData,
  auto: AutoAnswer,
  answers: Answers,
  showFinal: () => void,
): Promise<void> {
  const make = (outcome: AnswerRequest['outcome']) =>
    answers.make({ ...withPrefilled(auto.details, data.prefilled), outcome });
  switch (auto.outcome) {
    case 'cancel':
      return answers.cancel(auto.step);
    case 'error':
      return answers.report(auto.report);
    case 'deny':
      return answers.deny();
    case 'close':
      return answers.close();
    case 'close-on-final': {
      const result = await make('finish');
      showFinal();
      return answers.closeOnFinal(result);
    }
    case 'code-only':
      return answers.finishWithoutMessage(await make('finish'));
    case 'event-only':
      return answers.finishWithoutCode(await make('finish'));
    case 'event-late':
      return answers.finishMessageLast(await make('finish'));
    default:
      return answers.finish(await make(auto.outcome));
  }
}
