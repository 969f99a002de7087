import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowName } from 'whatsapp-embedded-signup/protocol';
import type { PhoneNumber } from '../graph/calls.ts';
import type { Asked } from './plan.ts';
import { isMismatch, plannedSteps, planRegister, turnedOut } from './plan.ts';

const verified: PhoneNumber = {
  id: '1',
  status: 'DISCONNECTED',
  code_verification_status: 'VERIFIED',
  platform_type: 'NOT_APPLICABLE',
  is_on_biz_app: false,
};
const onApp: PhoneNumber = {
  ...verified,
  is_on_biz_app: true,
  platform_type: 'CLOUD_API',
  status: 'CONNECTED',
};
/** Meta did not say whether it is on the app. */
const unsaid: PhoneNumber = { ...verified, is_on_biz_app: null };

const asked = (finish_event: string | null, flow: FlowName = 'standard'): Asked => ({ flow, finish_event });
const coexistence = 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING';
const appOnly = 'FINISH_GRANT_ONLY_API_ACCESS';

test('a verified number that nobody uses yet is registered', () => {
  assert.equal(planRegister(asked('FINISH'), verified), 'register');
  assert.equal(planRegister(asked(null), { id: '1' }), 'register');
  assert.equal(planRegister(asked('FINISH_OBO_MIGRATION'), verified), 'register');
  assert.equal(planRegister(asked('FINISH_OF_NEXT_YEAR'), verified), 'register');
  assert.equal(planRegister(asked(appOnly, 'app-only'), verified), 'register');
});

test('a number that works where it is, or is not there, is never registered', () => {
  for (const [said, number] of [
    [asked('FINISH'), null],
    [asked('FINISH'), { ...verified, platform_type: 'CLOUD_API', status: 'CONNECTED' }],
    [asked('FINISH'), { ...verified, platform_type: null, status: 'CONNECTED' }],
    [asked('FINISH_ONLY_WABA'), verified],
    [asked('finish_only_waba'), verified],
    [asked(coexistence, 'coexistence'), verified],
    [asked(coexistence, 'coexistence'), onApp],
    [asked(null, 'coexistence'), onApp],
    [asked(null, 'coexistence'), unsaid],
    [asked(appOnly, 'app-only'), onApp],
  ] as const) {
    assert.equal(planRegister(said, number), 'skip', JSON.stringify([said, number]));
  }
});

test('an unverified number is verified first', () => {
  for (const status of ['NOT_VERIFIED', 'UNVERIFIED', 'EXPIRED']) {
    assert.equal(planRegister(asked('FINISH'), { ...verified, code_verification_status: status }), 'verify');
  }
});

test('what was asked for and what came of it are told apart, and nothing is registered then', () => {
  for (const [said, number] of [
    [asked('FINISH', 'coexistence'), verified],
    [asked('FINISH', 'coexistence'), unsaid],
    [asked('FINISH', 'coexistence'), null],
    [asked('FINISH_ONLY_WABA', 'coexistence'), null],
    [asked(appOnly, 'coexistence'), verified],
    [asked(null, 'coexistence'), verified],
    [asked('FINISH_OF_NEXT_YEAR', 'coexistence'), verified],
    [asked(coexistence), verified],
    [asked(coexistence), null],
    [asked(coexistence, 'app-only'), null],
    [asked('FINISH'), onApp],
    [asked(null), onApp],
  ] as const) {
    assert.equal(planRegister(said, number), 'mismatch', JSON.stringify([said, number]));
  }
});

test('what nobody said counts as what was asked for', () => {
  for (const flow of ['standard', 'coexistence', 'app-only'] as const) {
    for (const event of [null, 'FINISH_OF_NEXT_YEAR', 'CANCEL']) {
      assert.equal(turnedOut(asked(event, flow), null), flow);
      assert.equal(turnedOut(asked(event, flow), unsaid), flow);
      assert.equal(isMismatch(asked(event, flow), null), false);
    }
  }
  // Finishing the app-only flow in the ordinary way harms nobody, nor does the reverse.
  assert.equal(isMismatch(asked('FINISH', 'app-only'), verified), false);
  assert.equal(isMismatch(asked(appOnly), verified), false);
  // The number tells more than the page.
  assert.equal(isMismatch(asked('FINISH', 'coexistence'), onApp), false);
});

test('each ending has its own steps', () => {
  assert.deepEqual(plannedSteps('tech-provider', 'standard'), [
    'exchange',
    'inspect',
    'subscribe',
    'register',
    'confirm',
  ]);
  assert.deepEqual(plannedSteps('tech-provider', 'coexistence').slice(4), [
    'sync_contacts',
    'sync_history',
    'confirm',
  ]);
  assert.deepEqual(plannedSteps('solution-partner', 'standard').slice(4), [
    'assign_system_user',
    'share_credit',
    'confirm',
  ]);
  assert.deepEqual(plannedSteps('solution-partner', 'app-only').slice(4), ['confirm']);
});
