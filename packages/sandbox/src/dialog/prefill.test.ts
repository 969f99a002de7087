import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { createClient } from '../test/client.ts';
import { dialogQuery } from '../test/dialog-address.ts';

const sandbox = createSandbox();
const { connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

/** What the dialog's fields hold, by name. */
async function fields(setup: unknown): Promise<Record<string, string>> {
  const query = dialogQuery(sandbox, { extras: JSON.stringify({ setup }) });
  const page = await (await fetch(`${sandbox.url}/v26.0/dialog/oauth?${query}`)).text();
  const inputs = page.matchAll(/<input id="(\w+)" name="\w+" value="([^"]*)"/g);
  const radios = page.matchAll(/<input type="radio" name="(\w+)" value="([^"]*)" checked/g);
  return Object.fromEntries([...inputs, ...radios].map(([, name = '', value = '']) => [name, value]));
}

describe('what the page knew', () => {
  it('stands in the form: address, time zone, and a number of any country', async () => {
    const given = await fields({
      business: {
        address: { streetAddress1: '1 Main St', city: 'Porto Alegre', state: 'RS', zipPostal: '90010' },
        timezone: 'UTC-03:00',
        phone: { code: 55, number: '(11) 91234-5678' },
      },
    });
    const { streetAddress1, streetAddress2, city, state, zipPostal, timezone, displayNumber } = given;
    assert.deepEqual(
      [streetAddress1, streetAddress2, city, state, zipPostal, timezone, displayNumber],
      ['1 Main St', '', 'Porto Alegre', 'RS', '90010', 'UTC-03:00', '+55 119 12345678'],
    );
  });

  it('is left out where no form would take it', async () => {
    const given = await fields({
      business: {
        name: `  ${'x'.repeat(300)}`,
        website: 'no website',
        email: 'a@b..c',
        phone: { code: 1, number: '-----' },
      },
    });
    assert.equal(given.businessName, 'x'.repeat(120));
    assert.match(given.website ?? '', /^https:\/\/x+\.example$/);
    assert.match(given.email ?? '', /^hello@x{1,63}\.example$/);
    assert.match(given.displayNumber ?? '', /^\+1 \d{3}-555-01\d\d$/);
  });

  it('preselects the account that it names, and its number', async () => {
    const { wabaId } = await connect();
    const { account, portfolio, number } = await fields({ whatsAppBusinessAccount: { ids: [wabaId] } });
    assert.deepEqual([portfolio, account, number], ['existing', 'existing', 'existing']);
    const bare = await connect('finish-no-number');
    const other = await fields({ whatsAppBusinessAccount: { id: [bare.wabaId] } });
    assert.deepEqual([other.account, other.number], ['existing', 'new']);
  });
});
