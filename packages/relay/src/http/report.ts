import { Hono } from 'hono';
import * as v from 'valibot';
import type { MetaError, Report } from 'whatsapp-embedded-signup/protocol';
import { sha256, toHex } from '../encoding.ts';
import { describeError } from '../errors/catalogue.ts';
import { screenOf } from '../errors/screens.ts';
import { RelayProblem } from '../errors.ts';
import type { Session } from '../sessions.ts';
import { announce } from '../store/events.ts';
import type { Store } from '../store/store.ts';
import { isShallow, readBody, text } from './body.ts';
import type { Callers } from './caller.ts';

export interface ReportRouteOptions {
  callers: Callers;
  store: Store;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Meta's sentences are short; what is longer is somebody's attempt at something else. */
const LONGEST_MESSAGE = 300;
const LARGEST_DIAGNOSIS = 4000;

const reportSchema = v.strictObject({
  /** An open list: pages of a later version may end in ways that this relay does not know. */
  outcome: v.pipe(v.string(), v.regex(/^[a-z][a-z-]{0,39}$/)),
  step: v.nullish(text(100)),
  errorCode: v.nullish(v.union([text(40), v.pipe(v.number(), v.safeInteger(), v.transform(String))])),
  errorMessage: v.nullish(text(10_000, 0)),
  metaSessionId: v.nullish(text(300, 0)),
  diagnosis: v.nullish(
    v.union([
      text(LARGEST_DIAGNOSIS, 0),
      v.pipe(
        v.record(v.string(), v.unknown()),
        v.check(isShallow),
        v.check((diagnosis) => JSON.stringify(diagnosis).length <= LARGEST_DIAGNOSIS),
      ),
    ]),
  ),
});

/**
 * `POST /v1/sessions/report`: how an attempt ended in the browser. Where no customer came out of it, the site's backend
 * is told, once for each session. Nothing of a report goes to the log: it is what a page claims.
 */
export function reportRoutes({ callers, store, now }: ReportRouteOptions): Hono {
  const routes = new Hono();
  routes.post('/report', async (c) => {
    const session = await callers.session(c);
    if (now() >= session.expiresAt) throw new RelayProblem('session-expired');
    const report = await readBody(c, reportSchema);
    if (report.outcome !== 'complete') await tell(session, report);
    return c.body(null, 204);
  });

  async function tell(session: Session, report: v.InferOutput<typeof reportSchema>): Promise<void> {
    const { outcome, step, diagnosis } = report;
    const { portal, reference, claimedReference, flow } = session;
    const data = {
      reference,
      ...(claimedReference !== null && { claimedReference }),
      onboarding: null,
      flow,
      outcome,
      ...(step ? screenOf(step) : { step: null, screen: null }),
      error: errorOf(report),
      ...(diagnosis && { diagnosis }),
    };
    // A session that reports again and again brings no second event.
    const id = `msg_${toHex(await sha256(`report:${session.id}`)).slice(0, 32)}`;
    const event = { portal, type: 'signup.cancelled', data, id } as const;
    await store.transaction().execute((trx) => announce(trx, event, now()));
  }

  return routes;
}

/** What Meta's window reported: what the code means, and what it said for a support case. */
function errorOf({ errorCode, errorMessage, metaSessionId }: Report): ReportedError | null {
  if (errorCode == null && !errorMessage) return null;
  const code = errorCode == null ? null : String(errorCode);
  const { message, hint, who } = (code === null ? undefined : describeError(code)) ?? unknown;
  return {
    code: code ?? 'meta-reported',
    message,
    hint,
    who,
    meta: {
      errorCode: code,
      errorMessage: errorMessage ? errorMessage.slice(0, LONGEST_MESSAGE) : null,
      sessionId: metaSessionId || null,
    },
  };
}

/** As it goes out with `signup.cancelled`. */
type ReportedError = Pick<MetaError, 'code' | 'message' | 'hint' | 'who'> & {
  meta: { errorCode: string | null; errorMessage: string | null; sessionId: string | null };
};

const unknown: Pick<MetaError, 'message' | 'hint' | 'who'> = {
  message: 'Meta’s window reported an error that is in no list.',
  hint: 'Read Meta’s own message; its session id helps in a case at Business Support.',
  who: 'Meta',
};
