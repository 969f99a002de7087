import assert from 'node:assert/strict';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';

/**
 * Someone who looks at an onboarding again and again, and throws where it goes backwards: an older revision after a
 * newer one, a step undone, another account.
 */
export function createWitness(): (view: Onboarding) => void {
  let last: Onboarding | null = null;
  return (view) => {
    const before = last;
    last = view;
    if (before === null) return;
    assert.equal(view.id, before.id);
    assert.ok(view.revision >= before.revision, `revision ${view.revision} after ${before.revision}`);
    for (const { name, status } of before.steps) {
      // A last look is taken again where a resumed onboarding has done something since.
      if ((status !== 'done' && status !== 'skipped') || name === 'confirm') continue;
      const now = view.steps.find((step) => step.name === name)?.status;
      assert.equal(now, status, `${name} was ${status} and is ${now}`);
    }
    if (before.account) {
      assert.equal(view.account?.wabaId, before.account.wabaId);
      assert.equal(view.account?.phoneNumberId, before.account.phoneNumberId);
    }
  };
}
