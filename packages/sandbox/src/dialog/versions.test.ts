import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { createClient } from '../test/client.ts';
import { answerDialog, dialogQuery } from '../test/dialog-address.ts';
import type { AnswerResult, PageData } from './page-data.ts';

const sandbox = createSandbox();
const { control, as } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

interface State {
  preverifiedNumbers: { id: string; sentCode: { code: string } | null }[];
  phoneNumbers: { id: string; displayNumber: string }[];
}

/** What the page is told. */
async function pageData(changes: Record<string, string>): Promise<PageData> {
  const response = await fetch(`${sandbox.url}/v26.0/dialog/oauth?${dialogQuery(sandbox, changes)}`);
  const [, json = ''] =
    /<script type="application\/json" id="data">([^<]+)</.exec(await response.text()) ?? [];
  return JSON.parse(json) as PageData;
}

const withExtras = (extras: Record<string, unknown>) => ({ extras: JSON.stringify(extras) });

describe('the messages of a version', () => {
  for (const [extras, isPosted, version] of [
    [{ version: 'v2' }, false, 3],
    [{ version: 'v2', sessionInfoVersion: '2' }, true, 3],
    [{ version: 'v2', sessionInfoVersion: '3' }, true, 3],
    [{ version: 'v2-public-preview' }, true, 3],
    [{ version: 'v3' }, true, 3],
    [{ version: 'v3-public-preview' }, true, 3],
    [{ version: 'v4' }, true, null],
    [{ version: 'v4-public-preview' }, true, null],
    [{ version: 'v4', sessionInfoVersion: '3' }, true, null],
    [{}, true, null],
  ] as const) {
    it(`${JSON.stringify(extras)}: ${isPosted ? 'posted' : 'none'}, version ${version}`, async () => {
      assert.deepEqual((await pageData(withExtras(extras))).messages, { isPosted, version });
      const answer = await answerDialog(sandbox, { outcome: 'finish' }, withExtras(extras));
      const { event, code } = (await answer.json()) as AnswerResult;
      assert.ok(code);
      assert.equal(event !== null, isPosted);
    });
  }

  it('are those of the configuration where the page asks for none', async () => {
    const { legacyConfigId } = sandbox.credentials;
    const silent = await pageData({ config_id: legacyConfigId });
    assert.equal(silent.messages.isPosted, false);
    const asked = { config_id: legacyConfigId, ...withExtras({ sessionInfoVersion: '3' }) };
    assert.equal((await pageData(asked)).messages.isPosted, true);
  });

  it('name no business where session info 2 was asked for', async () => {
    const extras = withExtras({ version: 'v2', sessionInfoVersion: 2 });
    const answer = (await (
      await answerDialog(sandbox, { outcome: 'finish' }, extras)
    ).json()) as AnswerResult;
    assert.deepEqual(Object.keys(answer.event?.data ?? {}), ['phone_number_id', 'waba_id']);
  });
});

describe('the flow of a version', () => {
  const coexistence = { featureType: 'whatsapp_business_app_onboarding' };
  const appOnly = { features: [{ name: 'app_only_install' }] };
  for (const [extras, flow] of [
    [{ version: 'v2', ...coexistence }, 'coexistence'],
    [{ version: 'v4', ...coexistence }, 'coexistence'],
    [{ version: 'v4-public-preview', ...coexistence }, 'standard'],
    [{ version: 'v2', featureType: 'only_waba_sharing' }, 'only-waba'],
    [{ version: 'v3', featureType: 'only_waba_sharing' }, 'standard'],
    [{ version: 'v2', ...appOnly }, 'standard'],
    [{ version: 'v3', ...appOnly }, 'app-only'],
    [{ version: 'v4', ...appOnly }, 'app-only'],
    [{ version: 'v4', ...appOnly, ...coexistence }, 'coexistence'],
    [{ featureType: '' }, 'standard'],
  ] as const) {
    it(`${JSON.stringify(extras)}: ${flow}`, async () => {
      assert.equal((await pageData(withExtras(extras))).flow, flow);
    });
  }
});

describe('what the page knows beforehand', () => {
  const setup = (value: Record<string, unknown>) => withExtras({ setup: value });

  it('takes the portfolio that has the id or the name, and a new one where there is none', async () => {
    const { event } = sandbox.issueCode({ data: { businessName: 'Known Books' } });
    const businessId = event.data.business_id;
    for (const business of [{ id: businessId }, { name: 'Known Books' }]) {
      assert.equal((await pageData(setup({ business }))).prefilled.businessId, businessId);
    }
    const { prefilled } = await pageData(setup({ business: { id: '1', name: 'Unknown Books' } }));
    assert.equal(prefilled.businessId, undefined);
    assert.equal(prefilled.businessName, 'Unknown Books');
  });

  it('takes the account, under both names of the field', async () => {
    const { waba_id: wabaId, business_id: id } = sandbox.issueCode().event.data;
    for (const field of ['ids', 'id']) {
      const { prefilled } = await pageData(
        setup({ business: { id }, whatsAppBusinessAccount: { [field]: [wabaId] } }),
      );
      assert.deepEqual(prefilled, { wabaId });
    }
    const { prefilled } = await pageData(setup({ whatsAppBusinessAccount: { ids: null } }));
    assert.equal(prefilled.wabaId, undefined);
  });

  it('takes the profile, and only a category that there is', async () => {
    const phone = { displayName: 'Shop', category: 'RETAIL', description: 'Books' };
    const { prefilled } = await pageData(setup({ phone, business: { website: 'https://shop.example' } }));
    assert.equal(prefilled.displayName, 'Shop');
    assert.equal(prefilled.profile?.vertical, 'RETAIL');
    assert.deepEqual(prefilled.profile?.websites, ['https://shop.example']);
    const wrong = await pageData(setup({ phone: { category: 'toString' } }));
    assert.equal(wrong.prefilled.profile?.vertical, 'OTHER');
  });

  it('offers the partner’s verified number, which the account then has', async () => {
    const { businessId, systemUserToken } = sandbox.credentials;
    const partner = as(systemUserToken);
    const added = await partner.post(`/v26.0/${businessId}/add_phone_numbers`, {
      phone_number: '+14155559143',
    });
    assert.equal(added.status, 200, JSON.stringify(added.body));
    const id = String(added.body.id);
    const extras = setup({ preVerifiedPhone: { ids: [id, '2'] } });
    assert.equal((await pageData(extras)).prefilled.preverifiedId, undefined);

    await partner.post(`/v26.0/${id}/request_code`, { code_method: 'SMS', language: 'en_US' });
    const numbers = ((await control('GET', '/state')).body as State).preverifiedNumbers;
    const sent = numbers.find((number) => number.id === id)?.sentCode;
    await partner.post(`/v26.0/${id}/verify_code`, { code: sent?.code ?? '' });
    const { prefilled } = await pageData(extras);
    assert.equal(prefilled.preverifiedId, id);

    const answer = await answerDialog(sandbox, { outcome: 'finish', ...prefilled }, extras);
    const { event } = (await answer.json()) as { event: { data: { phone_number_id: string } } };
    const phones = ((await control('GET', '/state')).body as State).phoneNumbers;
    const phone = phones.find((each) => each.id === event.data.phone_number_id);
    assert.equal(phone?.displayNumber.replace(/\D/g, ''), '14155559143');
    assert.equal((await pageData(extras)).prefilled.preverifiedId, undefined);
  });
});
