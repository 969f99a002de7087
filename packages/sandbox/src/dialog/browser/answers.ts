import type { AnswerRequest, PageData } from '../page-data.ts';
import { findOpener } from './opener.ts';

/** What the server made of a finished dialog. */
interface Finished {
  code: string;
  event: Record<string, unknown>;
}

/** The ways in which this dialog can leave. */
export function createAnswers(data: PageData) {
  const opener = findOpener();

  /** Meta: WhatsApp Embedded Signup › Implementation: a JSON string, to the opener. */
  function post(message: Record<string, unknown>): void {
    opener?.postMessage(JSON.stringify(complete(message)), data.pageOrigin);
  }

  function complete(message: Record<string, unknown>): Record<string, unknown> {
    return { type: 'WA_EMBEDDED_SIGNUP', ...message, ...(data.isBeforeV4 ? { version: 3 } : {}) };
  }

  async function makeAccount(request: AnswerRequest): Promise<Finished> {
    const { pathname } = location;
    const answer = await fetch(`${pathname}/answer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}.`);
    return (await answer.json()) as Finished;
  }

  /** Back through the arbiter: the answer stands behind what is in the fragment already. */
  function leave(fields: Record<string, string>, late?: string): void {
    const [address = '', fragment = ''] = data.redirectUri.split('#');
    const query =
      late === undefined ? '' : `${address.includes('?') ? '&' : '?'}late=${encodeURIComponent(late)}`;
    location.replace(`${address}${query}#${fragment}&${new URLSearchParams(fields)}`);
  }

  const withCode = (code: string) => ({ code, data_access_expiration_time: '0', expires_in: '0' });

  return {
    /** The account is made; message, then code. */
    async finish(request: AnswerRequest): Promise<void> {
      const { code, event } = await makeAccount(request);
      post(event);
      leave(withCode(code));
    },
    async finishWithoutMessage(request: AnswerRequest): Promise<void> {
      const { code } = await makeAccount(request);
      leave(withCode(code));
    },
    async finishWithoutCode(request: AnswerRequest): Promise<void> {
      const { event } = await makeAccount(request);
      post(event);
      window.close();
    },
    async finishMessageLast(request: AnswerRequest): Promise<void> {
      const { code, event } = await makeAccount(request);
      leave(withCode(code), JSON.stringify(complete(event)));
    },
    /** The customer left on a screen of the signup. */
    cancel(step: string): void {
      post({ event: 'CANCEL', data: { current_step: step } });
      window.close();
    },
    /** The customer reported an error from inside the dialog. */
    report(code: string, message: string): void {
      const timestamp = String(Math.floor(Date.now() / 1000));
      post({
        event: 'CANCEL',
        data: { error_message: message, error_code: code, session_id: data.sessionId, timestamp },
      });
      window.close();
    },
    /** The customer refused before the signup began. */
    deny(): void {
      leave({ error: 'access_denied', error_reason: 'user_denied' });
    },
    close(): void {
      window.close();
    },
  };
}
