import { createControl } from '../control/control.ts';
import { fixedCredentials } from '../credentials.ts';
import { createFaults } from '../faults.ts';
import { createJournal } from '../journal.ts';
import { createLifetime } from '../lifetime.ts';
import type { CodeOutcome } from '../outcomes.ts';
import { finishSignup } from '../signup.ts';
import { createCallout } from '../webhooks/callout.ts';
import { createWebhooks } from '../webhooks/webhooks.ts';
import type { App } from '../world/access.ts';
import type { Phone, Waba } from '../world/assets.ts';
import { createWorld } from '../world/world.ts';
import { createReceiver } from './receiver.ts';

/** Where a test's time begins: 18 November 2026, 11:06:40. */
const epochMs = 1_795_000_000_000;

/** A world whose app tells an endpoint on loopback of everything, with the controls to it. */
export async function createHooks({ patienceMs = 10_000 } = {}) {
  const receiver = await createReceiver();
  const world = createWorld({ now: () => epochMs, random: () => 0.4 });
  const lifetime = createLifetime();
  const callout = createCallout({ fetch, patienceMs }, lifetime);
  const webhooks = createWebhooks(world, callout);
  const routes = createControl({
    world,
    faults: createFaults(world, lifetime),
    journal: createJournal(world),
    webhooks,
    callout,
  });
  const app = world.apps.get(fixedCredentials.appId) as App;

  const hooks = {
    world,
    webhooks,
    receiver,
    app,
    async control(path: string, body: unknown) {
      const response = await routes.request(path, { method: 'POST', body: JSON.stringify(body) });
      // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there.
      return { status: response.status, body: (await response.json()) as any };
    },
    /** The app's own callback, for these fields. */
    subscribeApp(fields: readonly string[], { to = app, url = receiver.url } = {}): void {
      to.subscriptions.set('whatsapp_business_account', {
        object: 'whatsapp_business_account',
        callbackUrl: url,
        verifyToken: 'v',
        fields: new Map(fields.map((name) => [name, 'v26.0'])),
      });
    },
    /** A customer of the app. The webhooks of the signup itself are over. */
    async connect(
      outcome: CodeOutcome = 'finish',
      { subscribed = true, ...details }: Record<string, unknown> = {},
    ): Promise<{ waba: Waba; phone: Phone }> {
      const { event } = finishSignup(world, { outcome, details });
      const waba = world.wabas.get(event.data.waba_id) as Waba;
      if (subscribed) waba.subscriptions.set(app.id, { appId: app.id, override: null });
      await hooks.told();
      return { waba, phone: waba.numbers.at(0) as Phone };
    },
    /** The changes that have come since the last call, once all that is under way has come. */
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    async told(): Promise<{ id: string; time?: number; field: string; value: any }[]> {
      await world.clock.advance(0);
      return receiver.received.splice(0).flatMap(({ json }) =>
        json.entry.map(({ id, time, changes }: { id: string; time?: number; changes: object[] }) => ({
          id,
          ...(time === undefined ? {} : { time }),
          ...changes[0],
        })),
      );
    },
    async close(): Promise<void> {
      webhooks.stop();
      await receiver.close();
    },
  };
  return hooks;
}
