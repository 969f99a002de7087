import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

const details = { name: 'Orders', categories: '["OTHER"]' };

async function make({ token, wabaId }: Customer, more: Record<string, string> = {}): Promise<string> {
  const { body } = await as(token).post(`/v26.0/${wabaId}/flows`, { ...details, ...more });
  return String(body.id);
}

function upload({ token }: Customer, id: string, flowJson: string) {
  const form = new FormData();
  form.set('name', 'flow.json');
  form.set('asset_type', 'FLOW_JSON');
  form.set('file', new Blob([flowJson], { type: 'application/json' }), 'flow.json');
  return as(token).send('POST', `/v26.0/${id}/assets`, form);
}

describe('a Flow', () => {
  it('is made as a draft, listed, renamed, and deleted', async () => {
    const customer = await connect();
    const { get, post } = as(customer.token);
    const id = await make(customer);
    assert.deepEqual((await get(`/v26.0/${customer.wabaId}/flows`)).body.data, [
      { id, name: 'Orders', status: 'DRAFT', categories: ['OTHER'], validation_errors: [] },
    ]);
    assert.deepEqual((await post(`/v26.0/${id}`, { name: 'Bread' })).body, { success: true });
    assert.deepEqual((await get(`/v26.0/${id}?fields=name,whatsapp_business_account{id}`)).body, {
      name: 'Bread',
      whatsapp_business_account: { id: customer.wabaId },
      id,
    });
    assert.deepEqual((await as(customer.token).delete(`/v26.0/${id}`)).body, { success: true });
    assert.equal((await get(`/v26.0/${id}`)).body.error?.error_subcode, 33);
  });

  it('needs a name of its own and a known category', async () => {
    const customer = await connect();
    const { post } = as(customer.token);
    const path = `/v26.0/${customer.wabaId}/flows`;
    await make(customer);
    const messageOf = async (fields: Record<string, string>) =>
      (await post(path, fields)).body.error?.message;
    assert.equal(await messageOf(details), '(#100) Flow name is not unique');
    assert.equal(await messageOf({ name: 'Other' }), '(#100) The parameter categories is required.');
    assert.match(
      (await messageOf({ name: 'Other', categories: '["SHOES"]' })) ?? '',
      /^\(#100\) Param categories\[0\] must be one of \{SIGN_UP, .*\} - got "SHOES"\.$/,
    );
  });

  it('takes its JSON as a file, says what is wrong with it, and gives it back', async () => {
    const customer = await connect();
    const id = await make(customer);
    const wrong = await upload(customer, id, '{"version":"7.0"}');
    assert.equal(
      (wrong.body.validation_errors as { error: string }[])[0]?.error,
      'MISSING_REQUIRED_PROPERTY',
    );
    assert.equal((await as(customer.token).post(`/v26.0/${id}/publish`)).body.error?.code, 139002);
    const right = '{"version":"7.0","screens":[{"id":"A","layout":{}}]}';
    assert.deepEqual((await upload(customer, id, right)).body, { success: true, validation_errors: [] });
    const { data } = (await as(customer.token).get(`/v26.0/${id}/assets`)).body;
    const [asset] = data as { asset_type: string; download_url: string }[];
    assert.equal(asset?.asset_type, 'FLOW_JSON');
    assert.equal(await (await fetch(asset?.download_url ?? '')).text(), right);
  });

  it('goes from draft to published to deprecated, and never back', async () => {
    const customer = await connect();
    const { post, get, delete: remove } = as(customer.token);
    const id = await make(customer);
    const codeOf = async (path: string) => (await post(`/v26.0/${id}${path}`)).body.error?.code;
    assert.equal(await codeOf('/deprecate'), 139003);
    assert.equal(await codeOf('/publish'), undefined);
    assert.equal(await codeOf('/publish'), 139002);
    assert.equal((await post(`/v26.0/${id}`, { name: 'New' })).body.error?.code, 139001);
    assert.equal((await upload(customer, id, '{}')).body.error?.code, 139001);
    assert.equal((await remove(`/v26.0/${id}`)).body.error?.code, 139004);
    assert.equal(await codeOf('/deprecate'), undefined);
    assert.equal(await codeOf('/deprecate'), 139003);
    assert.equal((await get(`/v26.0/${id}?fields=status`)).body.status, 'DEPRECATED');
  });

  it('is published only where a number stands behind it, and an endpoint with a key where its data needs one', async () => {
    const customer = await connect('finish-no-number');
    const { body } = await as(customer.token).post(`/v26.0/${await make(customer)}/publish`);
    assert.match(body.error?.message ?? '', /No Phone Number connected/);
    const other = await connect('finish', { registered: true });
    const id = await make(other);
    await upload(other, id, '{"version":"7.0","data_api_version":"3.0","screens":[{"id":"A","layout":{}}]}');
    const publish = () => as(other.token).post(`/v26.0/${id}/publish`);
    assert.equal((await publish()).body.error?.code, 139002);
    await as(other.token).post(`/v26.0/${id}`, { endpoint_uri: 'https://bakery.example/flow' });
    assert.match((await publish()).body.error?.message ?? '', /Missing Flows Signed Public Key/);
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const path = `/v26.0/${other.phoneNumberId}/whatsapp_business_encryption`;
    const key = publicKey.export({ format: 'pem', type: 'spki' }).toString();
    assert.equal((await as(other.token).post(path, { business_public_key: 'key' })).body.error?.code, 100);
    assert.equal((await as(other.token).post(path, { business_public_key: key })).status, 200);
    assert.deepEqual((await as(other.token).get(path)).body.data, [
      { business_public_key: key, business_public_key_signature_status: 'VALID' },
    ]);
    assert.deepEqual((await publish()).body, { success: true });
  });

  it('is made and published at once, or not made at all', async () => {
    const customer = await connect();
    const { post, get } = as(customer.token);
    const path = `/v26.0/${customer.wabaId}/flows`;
    const refused = await post(path, { ...details, flow_json: '{}', publish: 'true' });
    assert.equal(refused.body.error?.code, 139002);
    assert.deepEqual((await get(path)).body.data, []);
    const flow_json = '{"version":"7.0","screens":[{"id":"A","layout":{}}]}';
    const { body } = await post(path, { ...details, flow_json, publish: 'true' });
    assert.deepEqual(body, { id: body.id, success: true, validation_errors: [] });
    assert.equal((await get(`/v26.0/${body.id}?fields=status`)).body.status, 'PUBLISHED');
  });

  it('belongs to its account alone', async () => {
    const id = await make(await connect());
    const stranger = await connect();
    assert.equal((await as(stranger.token).get(`/v26.0/${id}`)).body.error?.error_subcode, 33);
  });
});

it('copies the Flows of one account to another by name', async () => {
  const [from, to] = [await connect(), await connect()];
  const source = await make(from);
  await make(to, { name: 'Taken' });
  await make(from, { name: 'Taken' });
  const { body } = await as(sandbox.credentials.systemUserToken).post(`/v26.0/${to.wabaId}/migrate_flows`, {
    source_waba_id: from.wabaId,
    source_flow_names: '["Orders","Taken","Nowhere"]',
  });
  const [migrated] = body.migrated_flows as Record<string, string>[];
  assert.deepEqual([migrated?.source_id, migrated?.source_name], [source, 'Orders']);
  assert.deepEqual(
    (body.failed_flows as Record<string, string>[]).map((one) => [one.source_name, one.error_code]),
    [
      ['Taken', '100'],
      ['Nowhere', '4233041'],
    ],
  );
  const { status } = await as(to.token).get(`/v26.0/${migrated?.migrated_id}`);
  assert.equal(status, 200);
});
