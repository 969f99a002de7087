import type { Engine } from '../../engine/engine.ts';
import { fetchToken } from '../../graph/calls.ts';
import type { Graph } from '../../graph/client.ts';
import { GraphError } from '../../graph/error.ts';
import { meaningOf } from '../../graph/meaning.ts';
import { hourMs, minuteMs } from '../../graph/table/row.ts';
import type { Hub } from '../../hub.ts';
import { type Log, metaFields, placeOf } from '../../log.ts';
import type { Sealer } from '../../seal.ts';
import type { Portal } from '../../settings/settings.ts';
import { audit } from '../../store/audit.ts';
import type { ArrivalRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { lockOnboarding } from '../ledger.ts';
import type { Match, PartnerAdded } from './arrivals.ts';
import { dropOldArrivals, isLost, keepArrival, matchArrivals } from './arrivals.ts';
import { putToken } from './credential.ts';

/** Makes good an exchange whose answer was lost, where the portal has a system user's token to do it with. */
export interface Recovery {
  /**
   * Takes the signal that a customer has shared an account. It may come before it is known that an exchange was lost,
   * and more than once. Rejects only where it could not be written down: Meta is to deliver it again then.
   */
  partnerAdded(signal: PartnerAdded): Promise<void>;
  /** Begins to fetch the tokens of lost exchanges whose customer has arrived, as far as they are due. */
  look(): void;
  /** Waits for the work under way. */
  settled(): Promise<void>;
}

export interface RecoveryOptions {
  store: Store;
  hub: Hub;
  sealer: Sealer;
  engine: Pick<Engine, 'submit'>;
  portals: ReadonlyMap<string, Portal>;
  graphFor: (portal: Portal) => Graph;
  now: () => number;
  log: Log;
}

export function createRecovery(options: RecoveryOptions): Recovery {
  const { store, hub, sealer, engine, portals, graphFor, now, log } = options;
  const asking = new Map<string, string[]>();
  for (const { appId, name, systemUser } of portals.values()) {
    if (systemUser) asking.set(appId, [...(asking.get(appId) ?? []), name]);
  }
  let work: Promise<void> | null = null;
  let again = false;

  /** Takes an arrival for this process, until its next try is due. */
  async function take({ app_id, waba_id, tries, at }: ArrivalRow): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('arrival')
      .set({ tries: tries + 1, retry_at: now() + Math.min(minuteMs * 2 ** tries, hourMs) })
      .where('app_id', '=', app_id)
      .where('waba_id', '=', waba_id)
      .where('at', '=', at)
      .where('tries', '=', tries)
      .where('settled_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async function change({ app_id, waba_id, at }: ArrivalRow, changes: Partial<ArrivalRow>): Promise<void> {
    await store
      .updateTable('arrival')
      .set(changes)
      .where('app_id', '=', app_id)
      .where('waba_id', '=', waba_id)
      .where('at', '=', at)
      .execute();
  }

  async function recover(match: Match): Promise<void> {
    const { arrival, onboarding } = match;
    const portal = portals.get(onboarding.portal);
    if (!portal?.systemUser || !(await take(arrival))) return;
    try {
      const token = await fetchToken(graphFor(portal), portal.systemUser.token, arrival.business_id);
      const sealed = await sealer.seal(token, { kind: 'business_token', row: onboarding.id });
      // `inspect` asks Meta how long it lives.
      await commit(match, { sealed, expiresAt: null, recoveredAt: now() });
    } catch (cause) {
      if (!(cause instanceof GraphError)) {
        log('error', 'a recovery broke off', { onboarding: onboarding.id, detail: placeOf(cause) });
        return;
      }
      const { transient, waitMs, error } = meaningOf(cause);
      const fields = { onboarding: onboarding.id, code: error.code, ...metaFields(error) };
      log('warn', 'a lost token could not be fetched', fields);
      if (!transient && waitMs === undefined) await change(arrival, { settled_at: now() });
      else if (waitMs !== undefined && waitMs > minuteMs) await change(arrival, { retry_at: now() + waitMs });
    }
  }

  /** The token and the end of the arrival are written together, where the onboarding still lacks one. */
  async function commit({ arrival, onboarding, exchangedAt }: Match, token: Parameters<typeof putToken>[2]) {
    const { id } = onboarding;
    const generation = await store.transaction().execute(async (trx) => {
      const row = await lockOnboarding(trx, id);
      await trx
        .updateTable('arrival')
        .set({ settled_at: now() })
        .where('app_id', '=', arrival.app_id)
        .where('waba_id', '=', arrival.waba_id)
        .where('at', '=', arrival.at)
        .execute();
      if (!row || !isLost(row)) return null;
      await audit(
        trx,
        {
          portal: row.portal,
          actor: 'relay',
          action: 'token.recovered',
          subject: arrival.waba_id,
          detail: { onboarding: id, businessId: arrival.business_id },
        },
        now(),
      );
      return putToken(trx, id, token, exchangedAt, now());
    });
    if (generation === null) return;
    hub.publish(id);
    log('info', 'a lost token was fetched', { onboarding: id, portal: onboarding.portal });
    // What the engine does not take now, the next sweep gives it: the row says that it runs.
    await engine.submit(id, generation);
  }

  async function lookOnce(): Promise<void> {
    try {
      await dropOldArrivals(store, now());
      const matches = await matchArrivals(store, asking, now());
      await Promise.all(matches.map(recover));
    } catch (cause) {
      log('error', 'the look for lost tokens broke off', { detail: placeOf(cause) });
    }
  }

  /** One look after the other; what comes during one is looked at after it. */
  function look(): void {
    again = true;
    if (asking.size > 0) work ??= lookOn();
  }

  async function lookOn(): Promise<void> {
    while (again) {
      again = false;
      await lookOnce();
    }
    work = null;
  }

  return {
    async partnerAdded({ appId, wabaId, businessId, at = now() }) {
      // The business goes into a path.
      const areIds = [wabaId, businessId].every((id) => /^\d{1,25}$/.test(id));
      if (!asking.has(appId) || !areIds) return;
      await keepArrival(store, { appId, wabaId, businessId, at });
      // Whoever brings the signal has to answer Meta, and does not wait for what comes of it.
      look();
    },

    look,

    async settled() {
      await work;
    },
  };
}
