import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Stage } from './test/person.ts';
import { endings, startStage } from './test/person.ts';

let stage: Stage;
before(async () => {
  stage = await startStage();
});
after(() => stage.stop());

/** Tells the sandbox what happens next, as other people's tests do. */
async function sandbox(path: string, body: unknown): Promise<void> {
  const response = await fetch(`${stage.demo.sandboxUrl}/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, await response.text());
}

test('a person finds a site from the landing page and connects a business', async () => {
  const visitor = await stage.visit(stage.demo.url);
  const { page } = visitor;
  await visitor.picture('landing');
  assert.equal(await page.getByRole('link').count(), 3);
  await page.getByRole('link', { name: /Linnet/ }).click();
  assert.ok(page.url().startsWith(stage.demo.pages.linnet));
  await visitor.picture('linnet');

  const dialog = await visitor.openDialog();
  await visitor.picture('linnet-open');
  await visitor.finishDialog(dialog);
  await page.locator('[state=onboarding]').waitFor();
  await visitor.picture('linnet-steps');
  await page.locator('[state=complete]').waitFor();
  await visitor.picture('linnet-done');

  const { account } = await visitor.detail('signup-complete');
  const { name, displayPhoneNumber } = account as { name: string; displayPhoneNumber: string };
  await visitor.says(name);
  await visitor.says(displayPhoneNumber);
  const events = await visitor.events();
  assert.deepEqual(endings(events), ['signup-complete']);
  assert.deepEqual(events.slice(0, 2), ['signup-ready', 'signup-start']);
  assert.ok(
    events.filter((type) => type === 'signup-progress').length >= 4,
    'each step is told as it happens',
  );
  assert.deepEqual(visitor.complaints, []);
});

test('the other site, another portal with another look, works from its own origin', async () => {
  const visitor = await stage.visit(stage.demo.pages.harbor);
  await visitor.finishDialog(await visitor.openDialog());
  await visitor.page.locator('[state=complete]').waitFor();
  await visitor.picture('harbor-done');
  assert.equal((await visitor.detail('signup-complete')).portal, 'harbor');
});

test('a site’s page cannot use the other site’s portal', async () => {
  const visitor = await stage.visit(stage.demo.pages.harbor);
  await visitor.page.evaluate(() =>
    document.querySelector('whatsapp-embedded-signup')?.setAttribute('portal', 'linnet'),
  );
  const button = visitor.page.locator('whatsapp-embedded-signup').getByRole('button');
  await button.click();
  await visitor.page.locator('[state=failed]').waitFor();
  assert.deepEqual(endings(await visitor.events()), ['signup-error']);
  assert.equal((await visitor.detail('signup-error')).code, 'origin-not-allowed');
});

test('the strict policy is violated by nothing', async () => {
  const visitor = await stage.visit(stage.demo.pages.strict);
  await visitor.finishDialog(await visitor.openDialog());
  await visitor.page.locator('[state=complete]').waitFor();
  await visitor.picture('strict-done');
  assert.deepEqual(visitor.complaints, []);
});

test('cancel in the dialog is one signup-cancel that names the step, and the button works again', async () => {
  const visitor = await stage.visit(stage.demo.pages.linnet);
  const dialog = await visitor.openDialog();
  await dialog.getByRole('button', { name: /^Continue as / }).click();
  await visitor.pressLast(dialog, 'Cancel');
  await visitor.page.locator('[state=cancelled]').waitFor();
  await visitor.picture('linnet-cancelled');
  assert.deepEqual(endings(await visitor.events()), ['signup-cancel']);
  assert.equal((await visitor.detail('signup-cancel')).step, 'BUSINESS_ACCOUNT_SELECTION');

  await visitor.finishDialog(await visitor.openDialog());
  await visitor.page.locator('[state=complete]').waitFor();
  assert.deepEqual(endings(await visitor.events()), ['signup-cancel', 'signup-complete']);
});

for (const outcome of ['deny', 'close', 'cancel'] as const) {
  test(`${outcome} is exactly one signup-cancel`, async () => {
    const visitor = await stage.visit(stage.demo.pages.linnet);
    await sandbox('next', { outcome });
    await visitor.openDialog();
    await visitor.page.locator('[state=cancelled]').waitFor();
    // Whatever still comes from Meta’s side comes within a moment.
    await visitor.page.waitForTimeout(500);
    assert.deepEqual(endings(await visitor.events()), ['signup-cancel']);
  });
}

for (const outcome of ['finish', 'code-only', 'event-late'] as const) {
  test(`${outcome}: the code and the message in any order end in one signup-complete`, async () => {
    const visitor = await stage.visit(stage.demo.pages.linnet);
    await sandbox('next', { outcome });
    await visitor.openDialog();
    await visitor.page.locator('[state=complete]').waitFor();
    assert.deepEqual(endings(await visitor.events()), ['signup-complete']);
  });
}

test('a Graph error is one signup-error with a code and a next step, and the button comes back', async () => {
  const visitor = await stage.visit(stage.demo.pages.linnet);
  await sandbox('faults', { match: { path: '*/register' }, kind: 'graph-error', code: 131031, times: 1 });
  await visitor.finishDialog(await visitor.openDialog());
  await visitor.page.locator('[state=failed]').waitFor();
  await visitor.picture('linnet-failed');
  assert.deepEqual(endings(await visitor.events()), ['signup-error']);
  const detail = await visitor.detail('signup-error');
  assert.equal(detail.code, 'account-locked');
  assert.ok(detail.message && detail.hint);
  await visitor.says(String(detail.hint));
  await visitor.finishDialog(await visitor.openDialog());
  await visitor.page.locator('[state=complete]').waitFor();
});

test('a number with a PIN of its own waits for it, shows where, and goes on once it is there', async () => {
  const visitor = await stage.visit(stage.demo.pages.linnet);
  const { page } = visitor;
  await sandbox('faults', { match: { path: '*/register' }, kind: 'graph-error', code: 133005, times: 1 });
  await visitor.finishDialog(await visitor.openDialog());
  await page.locator('[state=action-required]').waitFor();
  await visitor.picture('linnet-needs-attention');
  const step = page.locator('whatsapp-embedded-signup').getByRole('listitem');
  await step.filter({ hasText: /Registering the number.*needs attention/s }).waitFor();
  assert.deepEqual(endings(await visitor.events()), []);
  const { action } = await visitor.detail('signup-progress');
  assert.equal((action as { kind: string }).kind, 'pin');

  // A reload loses neither the onboarding nor what it waits for.
  await page.reload();
  await page.locator('[state=action-required]').waitFor();
  const status = await page.evaluate(async () => {
    const { relay, id, session } = JSON.parse(Object.values({ ...sessionStorage })[0] ?? '');
    const answer = await fetch(`${relay}/v1/onboardings/${id}/input`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'pin', value: '123456' }),
    });
    return answer.status;
  });
  assert.equal(status, 202);
  await page.locator('[state=complete]').waitFor();
  assert.deepEqual(endings(await visitor.events()), ['signup-complete']);
});

test('a code that was used up is one signup-error', async () => {
  const visitor = await stage.visit(stage.demo.pages.linnet);
  const refused = {
    match: { path: '*/oauth/access_token' },
    kind: 'graph-error',
    code: 100,
    subcode: 36009,
    times: 1,
  };
  await sandbox('faults', refused);
  await visitor.finishDialog(await visitor.openDialog());
  await visitor.page.locator('[state=failed]').waitFor();
  assert.deepEqual(endings(await visitor.events()), ['signup-error']);
  assert.equal((await visitor.detail('signup-error')).code, 'code-used');
});

test('a page that is reloaded goes on showing its onboarding', async () => {
  const visitor = await stage.visit(stage.demo.pages.linnet);
  await sandbox('faults', { match: { path: '*/register' }, kind: 'latency', ms: 2000, times: 1 });
  await visitor.finishDialog(await visitor.openDialog());
  await visitor.page.locator('[state=onboarding]').waitFor();
  await visitor.page.reload();
  await visitor.page.locator('[state=complete]').waitFor();
  assert.deepEqual(endings(await visitor.events()), ['signup-complete']);
});

test('kill -9 on the relay while register is on its way: started again, the page completes by itself', async () => {
  const visitor = await stage.visit(stage.demo.pages.linnet);
  await sandbox('faults', { match: { path: '*/register' }, kind: 'latency', ms: 1500, times: 1 });
  await visitor.finishDialog(await visitor.openDialog());
  const step = visitor.page.locator('whatsapp-embedded-signup').getByRole('listitem');
  await step.filter({ hasText: /Registering the number.*in progress/s }).waitFor();
  await stage.demo.killRelay();
  await visitor.page.waitForTimeout(1000);
  await visitor.picture('linnet-relay-gone');
  assert.deepEqual(endings(await visitor.events()), []);
  await stage.demo.startRelay();
  await visitor.page.locator('[state=complete]').waitFor();
  assert.deepEqual(endings(await visitor.events()), ['signup-complete']);
});
