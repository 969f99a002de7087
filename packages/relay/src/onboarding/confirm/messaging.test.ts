import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Messaging } from 'whatsapp-embedded-signup/protocol';
import type { SendingNumber } from '../../graph/calls.ts';
import { messagingOf, type SendingFacts } from './messaging.ts';

type Link = NonNullable<NonNullable<SendingNumber['health_status']>['entities']>[number];
type Ability = 'AVAILABLE' | 'LIMITED' | 'BLOCKED';

const link = (entity_type: string, can_send_message: Ability = 'AVAILABLE', code?: number): Link => ({
  entity_type,
  can_send_message,
  errors:
    code === undefined ? null : [{ error_code: code, error_description: null, possible_solution: null }],
  additional_info: null,
});

/** A health status as Meta composes it: the weakest link decides, and each has its place. */
function health(...troubled: Link[]): SendingNumber['health_status'] {
  const entities = ['PHONE_NUMBER', 'WABA', 'BUSINESS', 'APP'].map(
    (type) => troubled.find(({ entity_type }) => entity_type === type) ?? link(type),
  );
  const can = (ability: Ability) => entities.some(({ can_send_message }) => can_send_message === ability);
  return {
    can_send_message: can('BLOCKED') ? 'BLOCKED' : can('LIMITED') ? 'LIMITED' : 'AVAILABLE',
    entities,
  };
}

const number: SendingNumber = {
  id: '20001',
  display_phone_number: '+1 555 0100',
  verified_name: 'Acme',
  status: 'CONNECTED',
  quality_rating: 'GREEN',
  code_verification_status: 'VERIFIED',
  platform_type: 'CLOUD_API',
  is_on_biz_app: false,
  name_status: 'APPROVED',
  health_status: health(),
};

const facts: SendingFacts = {
  role: 'tech-provider',
  wabaId: '10001',
  businessId: '55555',
  number,
  funded: true,
};

const unpaid = health(link('WABA', 'BLOCKED', 141006));

const cases: [what: string, Partial<SendingNumber> | null, Partial<SendingFacts>, Messaging][] = [
  ['all is well', {}, {}, 'ready'],
  ['a name that needs no review', { name_status: 'AVAILABLE_WITHOUT_REVIEW' }, {}, 'ready'],
  ['a certificate that has run out', { name_status: 'EXPIRED' }, {}, 'ready'],
  ['no word of the name', { name_status: null }, {}, 'ready'],
  ['no number', null, {}, 'needs-number'],
  ['a number without a status', { status: null }, {}, 'needs-number'],
  ['a number that is not registered', { status: 'PENDING' }, {}, 'needs-number'],
  ['a number that was let go of', { status: 'DISCONNECTED' }, {}, 'needs-number'],
  ['a number that moved away', { status: 'MIGRATED' }, {}, 'needs-number'],
  [
    'a health that knows of no number',
    { health_status: health(link('PHONE_NUMBER', 'BLOCKED', 141000)) },
    {},
    'needs-number',
  ],
  ['a status that Meta added since, in health', { status: 'SHINY' }, {}, 'ready'],
  ['a status that Meta added since, without health', { status: 'SHINY', health_status: null }, {}, 'unknown'],
  ['nobody pays', { health_status: unpaid }, { funded: false }, 'needs-payment-method'],
  ['the payment does not work', { health_status: unpaid }, {}, 'needs-payment-method'],
  [
    'sending’s own code for that',
    { health_status: health(link('WABA', 'BLOCKED', 131042)) },
    {},
    'needs-payment-method',
  ],
  ['nobody pays, and no health', { health_status: null }, { funded: false }, 'needs-payment-method'],
  ['an account that is fine without the funding’s id', {}, { funded: false }, 'ready'],
  ['a funding that cannot be read', {}, { funded: null }, 'ready'],
  ['a credit line that is shared', {}, { role: 'solution-partner' }, 'ready'],
  [
    'a credit line that is not',
    { health_status: unpaid },
    { role: 'solution-partner', funded: false },
    'needs-payment-method',
  ],
  [
    'a name in review',
    { name_status: 'PENDING_REVIEW', health_status: health(link('PHONE_NUMBER', 'LIMITED')) },
    {},
    'needs-name-approval',
  ],
  ['a name that was declined', { name_status: 'DECLINED' }, {}, 'needs-name-approval'],
  [
    'payment before the name',
    { name_status: 'PENDING_REVIEW', health_status: unpaid },
    { funded: false },
    'needs-payment-method',
  ],
  [
    'a business that is not verified',
    { health_status: health(link('BUSINESS', 'LIMITED', 141010)) },
    {},
    'limited',
  ],
  ['a banned account', { health_status: health(link('WABA', 'BLOCKED', 141014)) }, {}, 'limited'],
  [
    'a banned number',
    { status: 'BANNED', health_status: health(link('PHONE_NUMBER', 'BLOCKED', 141000)) },
    {},
    'limited',
  ],
  [
    'a ban before the payment',
    { health_status: health(link('WABA', 'BLOCKED', 131031)) },
    { funded: false },
    'limited',
  ],
  ['a restriction', { health_status: health(link('WABA', 'BLOCKED', 368)) }, {}, 'limited'],
  ['low quality', { status: 'FLAGGED' }, {}, 'limited'],
  ['a limit that is reached', { status: 'RESTRICTED' }, {}, 'limited'],
  ['a limit of the app', { health_status: health(link('APP', 'LIMITED')) }, {}, 'limited'],
  [
    'a block that Meta added since',
    { health_status: health(link('BUSINESS', 'BLOCKED', 149999)) },
    {},
    'limited',
  ],
  ['no health', { health_status: null }, {}, 'unknown'],
  [
    'a health in other words',
    { health_status: { can_send_message: 'PERHAPS', entities: null } },
    {},
    'unknown',
  ],
];

for (const [what, of, more, messaging] of cases) {
  test(`${what}: ${messaging}`, () => {
    const verdict = messagingOf({ ...facts, ...more, number: of && { ...number, ...of } });
    assert.equal(verdict.messaging, messaging);
    const isSilent = messaging === 'ready' || messaging === 'unknown';
    assert.equal('nextStep' in verdict, !isSilent);
    if (isSilent) return;
    assert.ok(verdict.nextStep?.message && verdict.nextStep.hint);
    assert.equal(new URL(verdict.nextStep.url ?? '').origin, 'https://business.facebook.com');
  });
}

test('the next step opens Meta’s page at the account, and of its business where that is known', () => {
  const unfunded = { ...facts, funded: false, number: { ...number, health_status: unpaid } };
  assert.equal(
    messagingOf(unfunded).nextStep?.url,
    'https://business.facebook.com/wa/manage/home/?waba_id=10001&business_id=55555',
  );
  assert.equal(
    messagingOf({ ...unfunded, businessId: null }).nextStep?.url,
    'https://business.facebook.com/wa/manage/home/?waba_id=10001',
  );
});

test('whoever may share a credit line is told of it, and nobody else', () => {
  const unfunded = { ...facts, funded: false, number: { ...number, health_status: unpaid } };
  assert.doesNotMatch(messagingOf(unfunded).nextStep?.hint ?? '', /credit line/);
  assert.match(messagingOf({ ...unfunded, role: 'solution-partner' }).nextStep?.hint ?? '', /credit line/);
});

test('of what nobody here knows Meta’s own words are told, the worst link first, and not without end', () => {
  const worst: Link = {
    ...link('BUSINESS', 'BLOCKED'),
    errors: [{ error_code: 149999, error_description: 'Too blue.', possible_solution: 'x'.repeat(1000) }],
  };
  const limited: Link = { ...link('PHONE_NUMBER', 'LIMITED'), additional_info: ['Not yet.'] };
  const told = (...links: Link[]) =>
    messagingOf({ ...facts, number: { ...number, health_status: health(...links) } }).nextStep;
  assert.deepEqual([told(worst, limited)?.message, told(worst, limited)?.hint.length], ['Too blue.', 300]);
  assert.equal(told(limited)?.hint, 'Not yet.');
});
