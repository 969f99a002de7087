import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhoneNumber } from '../graph/calls.ts';
import { planRegister } from './plan.ts';

const verified: PhoneNumber = {
  id: '1',
  status: 'DISCONNECTED',
  code_verification_status: 'VERIFIED',
  platform_type: 'NOT_APPLICABLE',
  is_on_biz_app: false,
};

test('a verified number that nobody uses yet is registered', () => {
  assert.equal(planRegister('FINISH', verified), 'register');
  assert.equal(planRegister(null, { id: '1' }), 'register');
});

test('a number that works where it is, or is not there, is never registered', () => {
  assert.equal(planRegister('FINISH', null), 'skip');
  assert.equal(planRegister('FINISH', { ...verified, is_on_biz_app: true }), 'skip');
  assert.equal(
    planRegister('FINISH', { ...verified, platform_type: 'CLOUD_API', status: 'CONNECTED' }),
    'skip',
  );
  assert.equal(planRegister('FINISH', { ...verified, platform_type: null, status: 'CONNECTED' }), 'skip');
  assert.equal(planRegister('FINISH_ONLY_WABA', verified), 'skip');
  assert.equal(planRegister('FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', verified), 'skip');
});

test('an unverified number is verified first', () => {
  for (const status of ['NOT_VERIFIED', 'UNVERIFIED', 'EXPIRED']) {
    assert.equal(planRegister('FINISH', { ...verified, code_verification_status: status }), 'verify');
  }
});
