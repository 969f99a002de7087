import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fixedCredentials } from '../credentials.ts';
import { createHooks } from '../test/hooks.ts';
import { exampleFields } from '../webhooks/examples.ts';
import type { Template } from '../world/assets.ts';
import type { Allocation } from '../world/partnership.ts';
import { accountHappenings } from './account-input.ts';

const { appId, businessId, creditLineId } = fixedCredentials;

let hooks: Awaited<ReturnType<typeof createHooks>>;

beforeEach(async () => {
  hooks = await createHooks();
  hooks.subscribeApp(exampleFields);
});
afterEach(() => hooks.close());

const order: Omit<Template, 'id' | 'order' | 'wabaId'> = {
  name: 'order_confirmation',
  language: 'en_US',
  category: 'UTILITY',
  status: 'PENDING',
  rejectedReason: 'NONE',
  parameterFormat: 'POSITIONAL',
  components: [],
  createdAt: 0,
  edits: [],
};

async function happens(waba: { id: string }, name: string, details: object = {}) {
  const { status, body } = await hooks.control('/accounts', { wabaId: waba.id, happens: name, ...details });
  assert.equal(status, 200, JSON.stringify(body));
  return hooks.told();
}

describe('what Meta does to an account', () => {
  it('bans it, says when, and lets it go again', async () => {
    const { waba } = await hooks.connect();
    const state = async (name: string) => (await happens(waba, name))[0]?.value.ban_info.waba_ban_state;
    assert.equal(await state('scheduled-ban'), 'SCHEDULE_FOR_DISABLE');
    assert.equal(waba.banState, 'SCHEDULE_FOR_DISABLE');
    assert.equal(await state('banned'), 'DISABLE');
    assert.equal(waba.banState, 'DISABLE');
    assert.equal(await state('reinstated'), 'REINSTATE');
    assert.equal(waba.banState, 'NONE');
  });

  it('restricts it for a time', async () => {
    const { waba } = await hooks.connect();
    const [change] = await happens(waba, 'restricted', {
      restrictions: ['RESTRICTED_ADD_PHONE_NUMBER_ACTION'],
      forMs: 1000,
    });
    assert.deepEqual(change?.value.restriction_info, [
      { restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiration: 1_795_000_001 },
    ]);
    assert.deepEqual(waba.restrictions, [
      { type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiresAt: 1_795_000_001_000 },
    ]);
  });

  it('reviews it, and finds a violation', async () => {
    const { waba } = await hooks.connect();
    const [review] = await happens(waba, 'reviewed', { decision: 'REJECTED' });
    assert.deepEqual([review?.field, review?.value], ['account_review_update', { decision: 'REJECTED' }]);
    assert.equal(waba.reviewStatus, 'REJECTED');
    const [violation] = await happens(waba, 'violation', { violation: 'ADULT' });
    assert.deepEqual(violation?.value.violation_info, { violation_type: 'ADULT' });
  });

  it('decides on a display name', async () => {
    const { waba, phone } = await hooks.connect();
    const [approved] = await happens(waba, 'name-approved', { name: 'Cedar & Sons' });
    assert.deepEqual(approved?.value, {
      display_phone_number: phone.displayNumber.replace(/\D/g, ''),
      decision: 'APPROVED',
      requested_verified_name: 'Cedar & Sons',
      rejection_reason: null,
    });
    assert.equal(phone.newName?.status, 'APPROVED');
    const [rejected] = await happens(waba, 'name-rejected', { phoneNumberId: phone.id });
    assert.equal(rejected?.value.decision, 'REJECTED');
    assert.equal(phone.newName?.status, 'DECLINED');
  });

  it('rates a number', async () => {
    const { waba, phone } = await hooks.connect();
    assert.equal((await happens(waba, 'quality-flagged'))[0]?.value.event, 'FLAGGED');
    assert.equal(phone.quality, 'RED');
    const [upgrade] = await happens(waba, 'throughput-upgraded');
    assert.equal(upgrade?.value.max_daily_conversations_per_business, 'TIER_UNLIMITED');
  });

  it('decides on a template, and stops one that people do not like', async () => {
    const { waba } = await hooks.connect();
    const template = { ...hooks.world.newIdentity(), ...order, wabaId: waba.id };
    hooks.world.templates.set(template.id, template);
    waba.templates.add(template);
    const event = async (name: string) => (await happens(waba, name, { templateId: template.id }))[0]?.value;
    assert.equal((await event('template-rejected')).rejection_info.reason.length > 0, true);
    assert.deepEqual([template.status, template.rejectedReason], ['REJECTED', 'INVALID_FORMAT']);
    assert.deepEqual(await event('template-approved'), {
      event: 'APPROVED',
      message_template_id: Number(template.id),
      message_template_name: 'order_confirmation',
      message_template_language: 'en_US',
      reason: 'NONE',
      message_template_category: 'UTILITY',
    });
    assert.equal((await event('template-paused')).other_info.title, 'FIRST_PAUSE');
    assert.equal(template.status, 'PAUSED');
  });

  it('changes and resets a PIN', async () => {
    const { waba, phone } = await hooks.connect();
    assert.equal((await happens(waba, 'pin-changed', { pin: '987654' }))[0]?.value.event, 'PIN_CHANGED');
    assert.equal(phone.pin, '987654');
    assert.equal((await happens(waba, 'pin-reset-requested'))[0]?.value.requester, '61555822107539');
    assert.equal((await happens(waba, 'pin-reset'))[0]?.value.event, 'PIN_REQUEST_SUCCESS');
    assert.equal(phone.pin, null);
  });

  it('offboards it with a new phone, and connects it again later where told to', async () => {
    const { waba, phone } = await hooks.connect('coexistence');
    const [offboarded] = await happens(waba, 'offboarded', { reconnectAfterMs: 60_000 });
    assert.deepEqual([offboarded?.id, offboarded?.value], [waba.id, { event: 'ACCOUNT_OFFBOARDED' }]);
    assert.equal(phone.registered, false);
    await hooks.world.clock.advance(60_000);
    assert.deepEqual((await hooks.told())[0]?.value, { event: 'ACCOUNT_RECONNECTED' });
    assert.equal(phone.registered, true);
    await happens(waba, 'offboarded');
    assert.deepEqual((await happens(waba, 'reconnected'))[0]?.value, { event: 'ACCOUNT_RECONNECTED' });
  });

  it('deletes it with all that it had', async () => {
    const { waba, phone } = await hooks.connect();
    const [deleted] = await happens(waba, 'deleted');
    assert.deepEqual([deleted?.id, deleted?.value], [waba.id, { event: 'ACCOUNT_DELETED' }]);
    assert.equal(hooks.world.wabas.has(waba.id), false);
    assert.equal(hooks.world.phones.has(phone.id), false);
    assert.equal(hooks.world.businesses.get(businessId)?.clients.has(waba), false);
  });
});

describe('what the customer does', () => {
  it('takes the partner off, who sees the account no more', async () => {
    const { waba } = await hooks.connect();
    const [removed] = await happens(waba, 'removed');
    assert.deepEqual(
      [removed?.id, removed?.value],
      [
        businessId,
        {
          event: 'PARTNER_REMOVED',
          waba_info: { waba_id: waba.id, owner_business_id: waba.businessId },
        },
      ],
    );
    assert.equal(hooks.world.businesses.get(businessId)?.clients.has(waba), false);
    assert.equal(waba.subscriptions.size, 0);
    const again = await hooks.control('/accounts', { wabaId: waba.id, happens: 'removed' });
    assert.deepEqual([again.status, again.body.error.field], [400, 'wabaId']);
  });

  it('disconnects in the WhatsApp Business app, which says why', async () => {
    const { waba, phone } = await hooks.connect('coexistence');
    const [removed] = await happens(waba, 'removed', { reason: 'PRIMARY_INACTIVITY', initiatedBy: 'SYSTEM' });
    assert.deepEqual(
      [removed?.id, removed?.value],
      [
        waba.id,
        {
          phone_number: phone.displayNumber.replace(/\D/g, ''),
          event: 'PARTNER_REMOVED',
          disconnection_info: { reason: 'PRIMARY_INACTIVITY', initiated_by: 'SYSTEM' },
        },
      ],
    );
    assert.equal(phone.registered, false);
  });

  it('uninstalls the app, whose tokens die', async () => {
    const { waba } = await hooks.connect();
    const [uninstalled] = await happens(waba, 'uninstalled');
    assert.deepEqual([uninstalled?.id, uninstalled?.value.event], [businessId, 'PARTNER_APP_UNINSTALLED']);
    assert.equal(uninstalled?.value.waba_info.partner_app_id, appId);
    assert.equal(waba.subscriptions.size, 0);
    const again = await hooks.control('/accounts', { wabaId: waba.id, happens: 'uninstalled' });
    assert.equal(again.status, 400);
  });

  it('pays, and pays no more', async () => {
    const { waba } = await hooks.connect();
    await happens(waba, 'payment-added');
    assert.match(waba.fundingId ?? '', /^\d+$/);
    await happens(waba, 'payment-removed');
    assert.equal(waba.fundingId, null);
  });
});

it('a share of a credit line pays on, whatever the customer takes away', async () => {
  const { waba } = await hooks.connect();

  const line = hooks.world.creditLines.get(creditLineId);
  const share: Allocation = {
    ...hooks.world.newIdentity(),
    creditLineId,
    receivingBusinessId: waba.businessId,
    credentialId: '77',
    attached: new Map([[waba.id, 'USD']]),
    status: 'ACTIVE',
  };
  line?.allocations.add(share);
  waba.fundingId = '77';
  await happens(waba, 'payment-removed');
  assert.equal(waba.fundingId, '77');
  share.status = 'DELETED';
  await happens(waba, 'payment-removed');
  assert.equal(waba.fundingId, null);
});

describe('what cannot happen', () => {
  it('names the field', async () => {
    const { waba } = await hooks.connect('finish-no-number');
    const field = async (input: object) => {
      const { status, body } = await hooks.control('/accounts', input);
      assert.equal(status, 400);
      return body.error.field;
    };
    assert.equal(await field({ wabaId: waba.id, happens: 'struck-by-lightning' }), 'happens');
    assert.equal(await field({ wabaId: '5', happens: 'banned' }), 'wabaId');
    assert.equal(await field({ wabaId: waba.id, happens: 'quality-flagged' }), 'phoneNumberId');
    assert.equal(await field({ wabaId: waba.id, happens: 'template-paused' }), 'templateId');
    assert.equal(await field({ wabaId: waba.id, happens: 'banned', phoneNumberId: '5' }), 'phoneNumberId');
    assert.equal(await field({ wabaId: waba.id, happens: 'pin-changed' }), 'pin');
    assert.equal(await field({ wabaId: waba.id, happens: 'uninstalled', appId: '5' }), 'appId');
    assert.equal(await field({ wabaId: waba.id, happens: 'removed', reason: 'CHANGE_NUMBER' }), 'reason');
    const { body } = await hooks.control('/accounts', { wabaId: waba.id });
    assert.deepEqual(body.error.allowed, accountHappenings);
  });
});
