import type { AnswerRequest, AnswerResult, AutoAnswer, PageData } from '../page-data.ts';
import { findOpener } from './opener.ts';

/**
 * How long a window stays after its message, in milliseconds. The SDK may call back in the moment in which it sees
 * the window gone, and a message that was sent just before would come second.
 */
const messageHeadStartMs = 150;

/** How long a window takes to close, at the most. */
const stillHereMs = 500;

/** What a person is told who stays: connected, or not. */
type End = 'done' | 'left';

/** The ways in which this dialog can leave. `showEnd` tells the person where there is nobody else to tell. */
export function createAnswers(data: PageData, showEnd: (end: End) => void) {
  const { wayBack, messages } = data;
  const opener = findOpener();
  /** The dialog's own addresses repeat its query, by which the server knows what was asked for. */
  const own = (action: string) => `${location.pathname.replace(/\/$/, '')}/${action}${location.search}`;
  /** What closing the window on the last screen still delivers. */
  let held: AnswerResult | null = null;

  /** Meta: WhatsApp Embedded Signup › Implementation: a JSON string, to the page that opened the window. */
  function post(message: Record<string, unknown> | null): void {
    if (message === null || !messages.isPosted || wayBack.kind !== 'opener') return;
    opener?.postMessage(complete(message), wayBack.pageOrigin);
  }

  function complete(message: Record<string, unknown>): string {
    const version = messages.version === null ? {} : { version: messages.version };
    return JSON.stringify({ type: 'WA_EMBEDDED_SIGNUP', ...message, ...version });
  }

  function reportData({ code, message }: AutoAnswer['report']): Record<string, string> {
    const timestamp = String(Math.floor((data.now + performance.now()) / 1000));
    return { error_message: message, error_code: code, session_id: data.sessionId, timestamp };
  }

  /** Behind what is in the arbiter's fragment already; in the query of an address of the site's own. */
  function leave(end: End, fields: Record<string, string>, late?: string): void {
    if (wayBack.kind === 'hosted') {
      showEnd(end);
      return;
    }
    const url = new URL(wayBack.redirectUri);
    if (wayBack.kind === 'opener') {
      if (late !== undefined) url.searchParams.set('late', late);
      location.replace(`${url.href}&${new URLSearchParams(fields)}`);
      return;
    }
    const state = wayBack.state === null ? {} : { state: wayBack.state };
    for (const [name, value] of Object.entries({ ...fields, ...state })) url.searchParams.set(name, value);
    location.replace(url);
  }

  const withCode = (code: string): Record<string, string> =>
    wayBack.kind === 'opener' ? { code, data_access_expiration_time: '0', expires_in: '0' } : { code };

  /** A window closes once its message is on its way. */
  const closeSoon = () => setTimeout(answers.close, messageHeadStartMs);

  const answers = {
    /** The account is made; nobody hears of it yet. */
    async make(request: AnswerRequest): Promise<AnswerResult> {
      const answer = await fetch(own('answer'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      });
      if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}.`);
      return (await answer.json()) as AnswerResult;
    },
    /** From now on the window may close: message and code go out all the same. */
    hold(result: AnswerResult): void {
      held = result;
    },
    /** A window that closes cannot go to the arbiter any more, so it says itself what the arbiter would. */
    deliver(): void {
      if (held === null || wayBack.kind !== 'opener') return;
      const { code, event } = held;
      held = null;
      post(event);
      if (code === null) return;
      navigator.sendBeacon(own('handed-over'), JSON.stringify({ code }));
      const { hash } = new URL(`${wayBack.redirectUri}&${new URLSearchParams(withCode(code))}`);
      opener?.postMessage(hash.slice(1), wayBack.pageOrigin);
    },
    /** Message, then code. */
    async finish({ code, event }: AnswerResult): Promise<void> {
      if (code !== null) await fetch(own('handed-over'), { method: 'POST', body: JSON.stringify({ code }) });
      held = null;
      post(event);
      leave('done', withCode(code ?? ''));
    },
    finishWithoutMessage({ code }: AnswerResult): void {
      leave('done', withCode(code ?? ''));
    },
    finishWithoutCode({ event }: AnswerResult): void {
      post(event);
      if (wayBack.kind === 'opener') closeSoon();
      else leave('done', {});
    },
    finishMessageLast({ code, event }: AnswerResult): void {
      leave('done', withCode(code ?? ''), event && messages.isPosted ? complete(event) : undefined);
    },
    /** The customer left on a screen of the signup. */
    cancel(step: string): void {
      post({ event: 'CANCEL', data: { current_step: step } });
      closeSoon();
    },
    /** The customer reported an error from inside the dialog. */
    report(report: AutoAnswer['report']): void {
      post({ event: report.event, data: reportData(report) });
      closeSoon();
    },
    /** The dialog itself failed; the window stays, to say so. */
    fail(report: AutoAnswer['report']): void {
      post({ event: report.event, data: reportData(report) });
    },
    /** The customer refused. Meta: Facebook Login › Manually build a login flow › Canceled login. */
    deny(): void {
      const reason = { error: 'access_denied', error_reason: 'user_denied' };
      const described = { ...reason, error_description: 'Permissions error' };
      leave('left', wayBack.kind === 'opener' ? reason : described);
    },
    /** A site that was left for the dialog gets its visitor back, as after a refusal; a link has nobody to go to. */
    close(): void {
      if (wayBack.kind === 'redirect') {
        answers.deny();
        return;
      }
      window.close();
      // Only a window that a script opened closes. What is still here then says what came of it.
      setTimeout(() => showEnd('left'), wayBack.kind === 'hosted' ? 0 : stillHereMs);
    },
    /** The customer closes the window on the last screen. Without one to close, that is the same as to finish. */
    async closeOnFinal(result: AnswerResult): Promise<void> {
      if (wayBack.kind !== 'opener') return answers.finish(result);
      answers.hold(result);
      // A window that a script closes counts as closed before it hears of it, unlike one that a person closes.
      answers.deliver();
      window.close();
    },
  };

  // A window of another site than the page's runs in a process of its own, and what it posts while it goes away
  // does not arrive. What it posts just before does: a person's closing asks for that first.
  addEventListener('beforeunload', () => answers.deliver());
  addEventListener('pagehide', () => answers.deliver());
  return answers;
}
