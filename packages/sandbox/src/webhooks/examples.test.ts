import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fixedCredentials } from '../credentials.ts';
import { createHooks } from '../test/hooks.ts';
import type { Phone, Waba } from '../world/assets.ts';
import { accountEvents } from './account-events.ts';
import { exampleFields, exampleOf } from './examples.ts';

const { appId, businessId } = fixedCredentials;

let hooks: Awaited<ReturnType<typeof createHooks>>;
let waba: Waba;
let phone: Phone;

before(async () => {
  hooks = await createHooks();
  hooks.subscribeApp(exampleFields);
  ({ waba, phone } = await hooks.connect('coexistence', { displayNumber: '+1 415-555-0134' }));
});
after(() => hooks.close());

async function example(field: string, event?: string) {
  const { status, body } = await hooks.control('/webhooks', { field, ...(event ? { event } : {}) });
  assert.equal(status, 200, JSON.stringify(body));
  const [change] = await hooks.told();
  assert.ok(change, `${field} ${event}`);
  assert.equal(change.field, field);
  return change;
}

describe('account_update', () => {
  const info = () => ({ waba_id: waba.id, owner_business_id: waba.businessId });
  const now = 1_795_000_000;
  const day = 86_400;

  /** Each event: whose entry it is, and its value beside the event. Meta: Webhooks › account_update. */
  const shapes: Record<string, ['partner' | 'account', () => object]> = {
    PARTNER_ADDED: ['partner', () => ({ waba_info: info() })],
    PARTNER_REMOVED: ['partner', () => ({ waba_info: info() })],
    PARTNER_APP_INSTALLED: ['partner', () => ({ waba_info: { ...info(), partner_app_id: appId } })],
    PARTNER_APP_UNINSTALLED: ['partner', () => ({ waba_info: { ...info(), partner_app_id: appId } })],
    AD_ACCOUNT_LINKED: [
      'partner',
      () => ({ waba_info: { ...info(), ad_account_linked: '980198427534243' } }),
    ],
    MM_LITE_TERMS_SIGNED: ['partner', () => ({ waba_info: info() })],
    ACCOUNT_OFFBOARDED: ['account', () => ({})],
    ACCOUNT_RECONNECTED: ['account', () => ({})],
    ACCOUNT_DELETED: ['account', () => ({})],
    VERIFIED_ACCOUNT: ['account', () => ({ phone_number: '14155550134' })],
    DISABLED_UPDATE: [
      'account',
      () => ({ ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'November 18, 2026' } }),
    ],
    ACCOUNT_VIOLATION: ['account', () => ({ violation_info: { violation_type: 'SCAM' } })],
    ACCOUNT_RESTRICTION: [
      'account',
      () => ({
        restriction_info: [
          { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: now + 7 * day },
        ],
      }),
    ],
    PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE: [
      'account',
      () => ({
        partner_client_certification_info: {
          client_business_id: waba.businessId,
          status: 'APPROVED',
          rejection_reasons: ['NONE'],
        },
      }),
    ],
    BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE: ['account', () => ({ country: 'US' })],
    AUTH_INTL_PRICE_ELIGIBILITY_UPDATE: [
      'account',
      () => ({
        auth_international_rate_eligibility: {
          exception_countries: [{ country_code: 'ID', start_time: now + 60 * day }],
          start_time: now + 30 * day,
        },
      }),
    ],
    VOLUME_BASED_PRICING_TIER_UPDATE: [
      'account',
      () => ({
        volume_tier_info: {
          tier_update_time: now,
          pricing_category: 'UTILITY',
          tier: '25000001:50000000',
          effective_month: '2026-11',
          region: 'India',
        },
      }),
    ],
  };

  for (const [event, [entry, rest]] of Object.entries(shapes)) {
    it(`${event} has its shape, in the entry of the ${entry}`, async () => {
      const { id, time, value } = await example('account_update', event);
      assert.equal(id, entry === 'partner' ? businessId : waba.id);
      assert.equal(time, now);
      assert.deepEqual(value, { event, ...rest() });
    });
  }

  it('has no other event', () => {
    assert.deepEqual([...accountEvents].sort(), Object.keys(shapes).sort());
  });
});

describe('every other field', () => {
  /** The keys of its value. Meta: WhatsApp Business Platform › Webhooks, one page a field. */
  const keys: Record<string, string[]> = {
    account_review_update: ['decision'],
    account_alerts: ['alert_info', 'entity_id', 'entity_type'],
    business_capability_update: ['max_daily_conversations_per_business', 'max_phone_numbers_per_waba'],
    phone_number_name_update: [
      'decision',
      'display_phone_number',
      'rejection_reason',
      'requested_verified_name',
    ],
    phone_number_quality_update: [
      'current_limit',
      'display_phone_number',
      'event',
      'max_daily_conversations_per_business',
    ],
    security: ['display_phone_number', 'event'],
    message_template_status_update: [
      'event',
      'message_template_category',
      'message_template_id',
      'message_template_language',
      'message_template_name',
      'reason',
    ],
    message_template_quality_update: [
      'message_template_id',
      'message_template_language',
      'message_template_name',
      'new_quality_score',
      'previous_quality_score',
    ],
    message_template_components_update: [
      'message_template_buttons',
      'message_template_element',
      'message_template_footer',
      'message_template_id',
      'message_template_language',
      'message_template_name',
      'message_template_title',
    ],
    template_category_update: [
      'message_template_id',
      'message_template_language',
      'message_template_name',
      'new_category',
      'previous_category',
    ],
    partner_solutions: ['event', 'solution_id', 'solution_status'],
    payment_configuration_update: [
      'configuration_name',
      'created_timestamp',
      'provider_mid',
      'provider_name',
      'status',
      'updated_timestamp',
    ],
    account_settings_update: ['messaging_product', 'phone_number_settings', 'timestamp', 'type'],
    messages: ['contacts', 'messages', 'messaging_product', 'metadata'],
    history: ['history', 'messaging_product', 'metadata'],
    smb_app_state_sync: ['messaging_product', 'metadata', 'state_sync'],
    smb_message_echoes: ['message_echoes', 'messaging_product', 'metadata'],
  };

  for (const [field, names] of Object.entries(keys)) {
    it(`${field} has its keys`, async () => {
      const { id, value } = await example(field);
      assert.deepEqual(Object.keys(value).sort(), names);
      assert.equal(id, field === 'partner_solutions' ? businessId : waba.id);
    });
  }

  it('has an example', () => {
    assert.deepEqual([...exampleFields].sort(), ['account_update', ...Object.keys(keys)].sort());
  });

  it('knows each of its events', async () => {
    for (const field of Object.keys(keys)) {
      for (const event of exampleOf(field)?.events ?? []) {
        const { value } = await example(field, event);
        assert.equal(value.event ?? value.decision ?? event, event);
      }
    }
  });

  it('tells why a template was rejected, disabled or paused', async () => {
    const value = async (event: string) => (await example('message_template_status_update', event)).value;
    const rejected = await value('REJECTED');
    assert.equal(rejected.reason, 'INVALID_FORMAT');
    assert.deepEqual(Object.keys(rejected.rejection_info), ['reason', 'recommendation']);
    assert.deepEqual((await value('DISABLED')).disable_info, { disable_date: '1795000000' });
    assert.equal((await value('PAUSED')).other_info.title, 'FIRST_PAUSE');
    assert.equal((await value('PENDING_DELETION')).reason, null);
  });

  it('speaks of people by their numbers', async () => {
    const echo = (await example('smb_message_echoes')).value.message_echoes[0];
    assert.deepEqual([echo.from, echo.to], ['14155550134', '16505551234']);
    const [contact] = (await example('smb_app_state_sync')).value.state_sync;
    assert.deepEqual(
      [contact.type, contact.action, contact.contact.phone_number],
      ['contact', 'add', '16505551234'],
    );
    assert.equal((await example('messages', 'status')).value.statuses[0].recipient_id, '16505551234');
    assert.equal(phone.displayNumber, '+1 415-555-0134');
  });
});
