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
  assert.equal(planRegister('FINISH', verified).do, 'register');
  assert.equal(planRegister(null, { id: '1' }).do, 'register');
});

test('a number that works where it is, or is not there, is never registered', () => {
  assert.equal(planRegister('FINISH', null).do, 'skip');
  assert.equal(planRegister('FINISH', { ...verified, is_on_biz_app: true }).do, 'skip');
  assert.equal(
    planRegister('FINISH', { ...verified, platform_type: 'CLOUD_API', status: 'CONNECTED' }).do,
    'skip',
  );
  assert.equal(planRegister('FINISH', { ...verified, platform_type: null, status: 'CONNECTED' }).do, 'skip');
  assert.equal(planRegister('FINISH_ONLY_WABA', verified).do, 'skip');
  assert.equal(planRegister('FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', verified).do, 'skip');
});

test('an unverified number stops with the next step', () => {
  for (const status of ['NOT_VERIFIED', 'UNVERIFIED', 'EXPIRED']) {
    const plan = planRegister('FINISH', { ...verified, code_verification_status: status });
    assert.equal(plan.do === 'stop' && plan.error.code, 'number-not-verified');
  }
});
