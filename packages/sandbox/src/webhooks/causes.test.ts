import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fixedCredentials } from '../credentials.ts';
import { finishSignup } from '../signup.ts';
import { createHooks } from '../test/hooks.ts';
import type { Solution } from '../world/partnership.ts';
import { exampleFields } from './examples.ts';

const { appId, businessId } = fixedCredentials;

let hooks: Awaited<ReturnType<typeof createHooks>>;

beforeEach(async () => {
  hooks = await createHooks();
  hooks.subscribeApp(exampleFields);
});
afterEach(() => hooks.close());

describe('a signup', () => {
  it('tells the partner of the account, before any subscription to it', async () => {
    const { event } = finishSignup(hooks.world, { outcome: 'finish' });
    const told = await hooks.told();
    assert.deepEqual(told, [
      {
        id: businessId,
        time: 1_795_000_000,
        field: 'account_update',
        value: {
          event: 'PARTNER_ADDED',
          waba_info: { waba_id: event.data.waba_id, owner_business_id: event.data.business_id },
        },
      },
    ]);
  });

  it('tells an app that was installed alone of just that', async () => {
    const { event } = finishSignup(hooks.world, { outcome: 'app-only' });
    const [{ id, value } = { id: '', value: null }] = await hooks.told();
    assert.equal(id, businessId);
    assert.deepEqual(value, {
      event: 'PARTNER_APP_INSTALLED',
      waba_info: {
        waba_id: event.data.waba_id,
        owner_business_id: event.data.business_id,
        partner_app_id: appId,
      },
    });
  });

  it('tells both partners of a Multi-Partner Solution, each in the entry of its own business', async () => {
    const other = { ...hooks.app, ...hooks.world.newIdentity(), businessId: '77', subscriptions: new Map() };
    hooks.world.apps.set(other.id, other);
    hooks.subscribeApp(['account_update'], { to: other, url: `${hooks.receiver.url}/other` });
    const { id: solutionId } = addSolution(other.id);
    finishSignup(hooks.world, { outcome: 'finish', solutionId });
    const told = await hooks.told();
    assert.deepEqual(told.map(({ id }) => id).sort(), [businessId, '77'].sort());
    for (const { value } of told) {
      assert.equal(value.waba_info.solution_id, solutionId);
      assert.deepEqual(value.waba_info.solution_partner_business_ids, [businessId, '77']);
    }
  });
});

function addSolution(partnerAppId: string): Solution {
  const solution: Solution = {
    ...hooks.world.newIdentity(),
    name: 'Together',
    ownerAppId: appId,
    partnerAppId,
    invitationId: '1',
    ownerPermissions: [],
    partnerPermissions: [],
    status: 'ACTIVE',
    pending: 'NONE',
  };
  hooks.world.solutions.set(solution.id, solution);
  return solution;
}

describe('what happens to a number', () => {
  it('tells of its registration', async () => {
    const { waba, phone } = await hooks.connect();
    hooks.world.announce({ kind: 'number-registered', phoneId: phone.id });
    const [change] = await hooks.told();
    assert.deepEqual(
      [change?.id, change?.field, change?.value.event, change?.value.max_daily_conversations_per_business],
      [waba.id, 'phone_number_quality_update', 'ONBOARDING', 'TIER_250'],
    );
  });

  it('tells of a PIN that was changed', async () => {
    const { phone } = await hooks.connect();
    hooks.world.announce({ kind: 'pin-changed', phoneId: phone.id });
    const [change] = await hooks.told();
    assert.deepEqual([change?.field, change?.value.event], ['security', 'PIN_CHANGED']);
  });
});

describe('a message that was sent', () => {
  it('is told of with its status, and why it failed', async () => {
    const { phone } = await hooks.connect();
    const message = {
      kind: 'message-status',
      phoneId: phone.id,
      messageId: 'wamid.1',
      to: '16505551234',
    } as const;
    hooks.world.announce({ ...message, status: 'sent', error: null });
    const error = { code: 131042, title: 'Business eligibility payment issue' };
    hooks.world.announce({ ...message, status: 'failed', error });
    const statuses = (await hooks.told()).map(({ value }) => value.statuses[0]);
    statuses.sort((one, other) => other.status.localeCompare(one.status));
    assert.deepEqual(
      statuses.map(({ id, status, recipient_id, errors }) => [id, status, recipient_id, errors?.[0].code]),
      [
        ['wamid.1', 'sent', '16505551234', undefined],
        ['wamid.1', 'failed', '16505551234', 131042],
      ],
    );
  });
});

describe('a synchronisation', () => {
  it('brings the contacts', async () => {
    const { phone } = await hooks.connect('coexistence');
    hooks.world.announce({ kind: 'sync-requested', phoneId: phone.id, sync: 'contacts' });
    const [change] = await hooks.told();
    assert.equal(change?.field, 'smb_app_state_sync');
    assert.equal(change?.value.metadata.phone_number_id, phone.id);
  });

  it('brings the history in phases with growing progress, over sandbox time', async () => {
    const { phone } = await hooks.connect('coexistence');
    hooks.world.announce({ kind: 'sync-requested', phoneId: phone.id, sync: 'history' });
    const metadata = async () => (await hooks.told()).map(({ value }) => value.history[0].metadata);
    assert.deepEqual(await metadata(), [{ phase: 0, chunk_order: 1, progress: 15 }]);
    await hooks.world.clock.advance(3 * 60_000);
    assert.deepEqual(await metadata(), [
      { phase: 1, chunk_order: 1, progress: 45 },
      { phase: 1, chunk_order: 2, progress: 70 },
      { phase: 2, chunk_order: 1, progress: 100 },
    ]);
  });

  it('brings none where the customer keeps the history', async () => {
    const { phone } = await hooks.connect('coexistence', { historyDeclined: true });
    hooks.world.announce({ kind: 'sync-requested', phoneId: phone.id, sync: 'history' });
    await hooks.world.clock.advance(10 * 60_000);
    const told = await hooks.told();
    assert.equal(told.length, 1);
    assert.equal(told[0]?.value.history[0].errors[0].code, 2593109);
  });

  it('ends with reset', async () => {
    const { phone } = await hooks.connect('coexistence');
    hooks.world.announce({ kind: 'sync-requested', phoneId: phone.id, sync: 'history' });
    await hooks.told();
    await hooks.control('/reset', {});
    await hooks.world.clock.advance(10 * 60_000);
    assert.deepEqual(await hooks.told(), []);
  });
});

it('a solution that changed is told to its partners', async () => {
  const solution = addSolution(appId);
  const { id } = solution;
  solution.pending = 'PENDING_DEACTIVATION';
  hooks.world.announce({ kind: 'solution-changed', solutionId: id, event: 'SOLUTION_UPDATED' });
  const told = await hooks.told();
  assert.deepEqual(
    told.map((change) => [change.id, change.field, change.value]),
    [
      [
        businessId,
        'partner_solutions',
        { event: 'SOLUTION_UPDATED', solution_id: id, solution_status: 'PENDING_DEACTIVATION' },
      ],
    ],
  );
});

it('a solution whose owner wants to end it says so, though it is still in use', async () => {
  const solution = addSolution(appId);
  solution.pending = 'PENDING_DEACTIVATION';
  hooks.world.announce({ kind: 'solution-changed', solutionId: solution.id, event: 'SOLUTION_UPDATED' });
  const [change] = await hooks.told();
  assert.equal(change?.value.solution_status, 'PENDING_DEACTIVATION');
});
