import type { Context } from 'hono';
import { Hono } from 'hono';
import type { StepError } from 'whatsapp-embedded-signup/protocol';
import { assignSystemUser } from '../credit/assign.ts';
import type { SystemUser } from '../credit/partner.ts';
import { systemUserOf } from '../credit/partner.ts';
import { readCredit } from '../credit/reserve.ts';
import { revokeCredit } from '../credit/revoke.ts';
import type { Shared } from '../credit/share.ts';
import { shareCredit } from '../credit/share.ts';
import type { ProblemCode } from '../errors.ts';
import { problems, RelayProblem } from '../errors.ts';
import type { Graph } from '../graph/client.ts';
import { GraphError } from '../graph/error.ts';
import { meaningOf } from '../graph/meaning.ts';
import type { Portal, Settings } from '../settings/settings.ts';
import type { Store } from '../store/store.ts';
import type { Callers } from './caller.ts';

export interface CreditRouteOptions {
  settings: Settings;
  callers: Callers;
  store: Store;
  graphFor: (portal: Portal) => Graph;
  now: () => number;
}

/** What a call about the credit line of an account works with. */
interface Asked {
  portal: Portal;
  wabaId: string;
  user: SystemUser;
  /** Of the key, for the audit. */
  actor: string;
}

const wholeCustomer =
  'The credit line is shared with the customer’s business: all its accounts that you share are without it now.';

/** `/v1/accounts/{wabaId}/credit`: the site's backend shares the credit line, and takes it back. */
export function creditRoutes({ settings, callers, store, graphFor, now }: CreditRouteOptions): Hono {
  const routes = new Hono();

  /** What is asked of which account, where it is one of this key's portals. Another's looks like none: 404. */
  async function asked(c: Context, portalsOf: (wabaId: string) => Promise<string[]>): Promise<Asked> {
    const backend = await callers.backend(c);
    const wabaId = c.req.param('wabaId') ?? '';
    const names = /^\d{1,25}$/.test(wabaId) ? await portalsOf(wabaId) : [];
    const portal = settings.portals.get(names.find((name) => backend.portals.has(name)) ?? '');
    if (!portal) throw new RelayProblem('account-unknown');
    const user = systemUserOf(portal);
    if (!user) throw new RelayProblem('credit-off');
    return { portal, wabaId, user, actor: backend.shown };
  }

  async function connectedIn(wabaId: string): Promise<string[]> {
    const rows = await store
      .selectFrom('account')
      .select('portal')
      .where('waba_id', '=', wabaId)
      .where('connected_at', 'is not', null)
      .execute();
    return rows.map(({ portal }) => portal);
  }

  /** Also where the onboarding never completed, or another portal has the account now: who shared, pays. */
  async function paidForBy(wabaId: string): Promise<string[]> {
    const credit = await readCredit(store, wabaId);
    return [...(credit ? [credit.portal] : []), ...(await connectedIn(wabaId))];
  }

  routes.post('/:wabaId/credit', async (c) => {
    const { portal, wabaId, user, actor } = await asked(c, connectedIn);
    const { mode, lineId, currency } = portal.credit;
    if (mode === 'off' || lineId === null) throw new RelayProblem('credit-off');
    const graph = graphFor(portal);
    const sharer = { wabaId, onboardingId: null, actor };
    const shared = await fromMeta(async (): Promise<Shared> => {
      const assigned = await assignSystemUser({ graph, portal, user, wabaId });
      if (assigned.kind === 'failed') return assigned;
      const mayShare = (): boolean => true;
      return shareCredit({ graph, store, now, portal, lineId, user, sharer, again: false, mayShare });
    });
    switch (shared.kind) {
      case 'shared':
        return c.json({ wabaId, status: 'shared', allocationId: shared.allocationId, currency });
      case 'funded': {
        // Either somebody else pays, or a share of before: whichever, nothing was sent.
        const row = await readCredit(store, wabaId);
        const mine = row?.portal === portal.name && row.revoked_at === null ? row : undefined;
        return c.json({
          wabaId,
          status: 'already-funded',
          allocationId: mine?.allocation_id ?? null,
          currency: mine?.currency ?? null,
        });
      }
      case 'cap':
        throw problemOf('credit-cap-reached', shared.retryAt);
      case 'failed':
        throw refusal(shared.error);
      case 'not-yet':
        throw new RelayProblem('credit-off');
    }
  });

  routes.delete('/:wabaId/credit', async (c) => {
    const { portal, wabaId, user, actor } = await asked(c, paidForBy);
    const revoked = await fromMeta(() =>
      revokeCredit({ graph: graphFor(portal), store, now, portal, user, wabaId, actor }),
    );
    if (revoked.kind === 'not-shared') throw new RelayProblem('credit-not-shared');
    if (revoked.kind === 'failed') throw refusal(revoked.error);
    const { allocationIds, wabaIds } = revoked;
    return c.json({ wabaId, status: 'revoked', allocationIds, affected: wabaIds, note: wholeCustomer });
  });

  function problemOf(code: ProblemCode, retryAt: number | null): RelayProblem {
    return new RelayProblem(code, retryAt === null ? {} : { retryAfter: retryAt - now() });
  }

  return routes;
}

/** What may pass is told at once: a backend can ask again, and nobody waits in a request for hours. */
async function fromMeta<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (!(cause instanceof GraphError)) throw cause;
    const { waitMs } = meaningOf(cause);
    throw new RelayProblem('meta-unavailable', waitMs === undefined ? {} : { retryAfter: waitMs });
  }
}

function refusal({ code, message, hint, meta }: StepError): RelayProblem {
  if (!isProblem(code)) return new RelayProblem('meta-refused', { detail: message, hint });
  const said = meta?.code === undefined ? '' : ` Meta's code is ${meta.code}.`;
  return new RelayProblem(code, { detail: `${message}${said}`, hint });
}

function isProblem(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}
