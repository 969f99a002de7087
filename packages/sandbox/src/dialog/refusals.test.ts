import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { secondPartner } from '../credentials.ts';
import { createSandbox } from '../sandbox.ts';
import { createClient } from '../test/client.ts';
import { answerDialog, dialogQuery } from '../test/dialog-address.ts';

const sandbox = createSandbox();
const { control, as } = createClient(sandbox);
const administrator = '400000000000104';

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

const open = (changes: Record<string, string> = {}) =>
  fetch(`${sandbox.url}/v26.0/dialog/oauth?${dialogQuery(sandbox, changes)}`);

const withSolution = (solutionID: string) => ({ extras: JSON.stringify({ setup: { solutionID } }) });

describe('whom an app is closed to', () => {
  for (const [settings, code, title] of [
    [{ mode: 'development' }, 'app-not-active', 'App not active'],
    [{ accessLevel: 'standard' }, 'feature-unavailable', 'Feature unavailable'],
  ] as const) {
    it(`${JSON.stringify(settings)}: a person without a role is refused, one with a role is not`, async () => {
      assert.equal((await (await open()).text()).includes(title), false);
      await control('POST', '/app', settings);
      assert.match(await (await open()).text(), new RegExp(title));
      const refused = await answerDialog(sandbox, { outcome: 'finish' });
      assert.equal(refused.status, 403);
      assert.deepEqual(await refused.json(), { error: { code } });
      const taken = await answerDialog(sandbox, { outcome: 'finish', personId: administrator });
      assert.equal(taken.status, 200);
    });

    it(`${JSON.stringify(settings)}: no code without a browser either, and the answer says why`, async () => {
      await control('POST', '/app', settings);
      const { status, body } = await control('POST', '/codes');
      assert.equal(status, 400);
      const { error } = body as { error: { field: string; message: string } };
      assert.equal(error.field, 'data.personId');
      assert.match(error.message, /must have a role on the app/);
      const given = await control('POST', '/codes', { data: { personId: administrator } });
      assert.equal(given.status, 200);
    });
  }

  it('spends the answer that was queued: the dialog was opened with it', async () => {
    await control('POST', '/app', { mode: 'development' });
    await control('POST', '/next', { outcome: 'finish' });
    await open();
    const { body } = await control('GET', '/state');
    assert.deepEqual((body as { next: unknown[] }).next, []);
  });
});

describe('a partner solution', () => {
  it('must exist and be active', async () => {
    const { appId, systemUserToken } = sandbox.credentials;
    const unknown = await open(withSolution('1'));
    assert.equal(unknown.status, 400);
    assert.match(await unknown.text(), /cannot be used for onboarding at this time/);

    const { body } = await as(systemUserToken).post(`/v26.0/${appId}/whatsapp_business_solution`, {
      solution_name: 'Books together',
      partner_app_id: secondPartner.appId,
      owner_permissions: '["MESSAGING"]',
      partner_permissions: '[]',
    });
    const id = String(body.solution_id);
    assert.equal((await open(withSolution(id))).status, 400);
    await as(secondPartner.systemUserToken).post(`/v26.0/${id}/accept`, {
      partner_app_id: secondPartner.appId,
    });
    assert.match(await (await open(withSolution(id))).text(), /Books together/);
    const answer = await answerDialog(sandbox, { outcome: 'finish' }, withSolution(id));
    const { event } = (await answer.json()) as { event: { data: { waba_id: string } } };
    const state = (await control('GET', '/state')).body as { wabas: { id: string; solutionId: string }[] };
    assert.equal(state.wabas.find((waba) => waba.id === event.data.waba_id)?.solutionId, id);
  });
});

describe('where a plain redirect may go', () => {
  for (const [redirect_uri, status] of [
    ['https://shop.example/back', 200],
    ['http://localhost:8080/back', 200],
    ['http://127.0.0.1:8080/back', 200],
    ['http://shop.example/back', 400],
    ['http://127.0.0.1.evil.example/', 400],
    ['shop://back', 400],
    ['javascript:alert(1)', 400],
    ['nonsense', 400],
  ] as const) {
    it(`${redirect_uri}: ${status}`, async () => {
      assert.equal((await open({ redirect_uri })).status, status);
    });
  }

  it('needs a configuration: the style of before had none', async () => {
    const old = {
      config_id: '',
      scope: 'whatsapp_business_management',
      extras: '{"feature":"whatsapp_embedded_signup"}',
    };
    assert.equal((await open(old)).status, 400);
  });
});
