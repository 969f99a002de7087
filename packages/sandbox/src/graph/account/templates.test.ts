import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { control, as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

const day = 24 * 60 * 60 * 1000;
const advance = (advanceMs: number) => control('POST', '/clock', { advanceMs });

const body = { type: 'BODY', text: 'Your order is on its way.' };
const right = { name: 'order_sent', language: 'en_US', category: 'UTILITY', components: [body] };

const buttons = (count: number) => Array.from({ length: count }, () => ({ type: 'QUICK_REPLY', text: 'Ok' }));

const create = ({ token, wabaId }: Customer, more: object = {}) =>
  as(token).post(
    `/v26.0/${wabaId}/message_templates`,
    Object.fromEntries(
      Object.entries({ ...right, ...more })
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    ),
  );
const remove = ({ token, wabaId }: Customer, query: string) =>
  as(token).delete(`/v26.0/${wabaId}/message_templates?${query}`);
const edit = ({ token }: Customer, id: unknown, fields: Record<string, string>) =>
  as(token).post(`/v26.0/${id}`, fields);
const read = async ({ token }: Customer, id: unknown, fields: string) =>
  (await as(token).get(`/v26.0/${id}?fields=${fields}`)).body;

async function names({ token, wabaId }: Customer, query = ''): Promise<string[]> {
  const { body: list } = await as(token).get(`/v26.0/${wabaId}/message_templates${query}`);
  return (list.data as { name: string; language: string }[]).map(
    ({ name, language }) => `${name}:${language}`,
  );
}

describe('creating a template', () => {
  it('puts it into review, which approves it after a while', async () => {
    const customer = await connect();
    const { body: made } = await create(customer);
    assert.deepEqual(Object.keys(made), ['id', 'status', 'category']);
    assert.equal(made.status, 'PENDING');
    await advance(30_000);
    assert.deepEqual(await read(customer, made.id, 'name,status,category,rejected_reason'), {
      name: 'order_sent',
      status: 'APPROVED',
      category: 'UTILITY',
      rejected_reason: 'NONE',
      id: made.id,
    });
  });

  it('takes everything that a template can have', async () => {
    const { status } = await create(await connect(), {
      components: [
        { type: 'header', format: 'TEXT', text: 'Order {{1}} sent', example: { header_text: ['17'] } },
        {
          type: 'BODY',
          text: 'Hi {{1}}, it comes {{2}} at the latest.',
          example: { body_text: [['Mara', 'today']] },
        },
        { type: 'FOOTER', text: 'Reply STOP to opt out' },
        { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Thanks' }] },
      ],
    });
    assert.equal(status, 200);
  });

  it('takes named variables where it says so, and an authentication template without texts', async () => {
    const customer = await connect();
    const named = {
      parameter_format: 'named',
      components: [
        {
          type: 'BODY',
          text: 'Hi {{first_name}}, thank you.',
          example: { body_text_named_params: [{ param_name: 'first_name', example: 'Mara' }] },
        },
      ],
    };
    assert.equal((await create(customer, named)).status, 200);
    const login = {
      name: 'login',
      category: 'AUTHENTICATION',
      components: [
        { type: 'BODY', add_security_recommendation: true },
        { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
      ],
    };
    assert.equal((await create(customer, login)).status, 200);
  });

  const withText = (text: string, example?: object) => ({
    components: [{ type: 'BODY', text, ...(example ? { example } : {}) }],
  });
  const wrong: [string, object, number | undefined][] = [
    ['a name with capitals', { name: 'OrderSent' }, undefined],
    ['a name of 513 characters', { name: 'a'.repeat(513) }, undefined],
    ['no name', { name: '' }, undefined],
    ['an unknown category', { category: 'TRANSACTIONAL' }, undefined],
    ['an unknown language', { language: 'xx_YY' }, undefined],
    ['no components', { components: undefined }, undefined],
    ['components that are no list', { components: '{"type":"BODY"}' }, undefined],
    ['an unknown component', { components: [body, { type: 'SIDEBAR' }] }, undefined],
    ['an unknown header format', { components: [body, { type: 'HEADER', format: 'SMELL' }] }, undefined],
    ['no body', { components: [{ type: 'FOOTER', text: 'Bye' }] }, 2388043],
    ['two bodies', { components: [body, body] }, 2388043],
    ['a body without text', { components: [{ type: 'BODY' }] }, 2388043],
    ['no example for a variable', withText('Hi {{1}}, thanks.'), 2388043],
    ['a body of 1025 characters', withText('a'.repeat(1025)), 2388040],
    ['a variable at the end', withText('Hi {{1}}', { body_text: [['M']] }), 2388299],
    ['a variable at the start', withText('{{1}} hello you', { body_text: [['M']] }), 2388299],
    ['variables with a gap', withText('Hi {{2}}, thanks.', { body_text: [['M']] }), 2388072],
    ['a variable in the footer', { components: [body, { type: 'FOOTER', text: 'a {{1}} b' }] }, 2388073],
    ['eleven buttons', { components: [body, { type: 'BUTTONS', buttons: buttons(11) }] }, 2388040],
    ['no buttons among BUTTONS', { components: [body, { type: 'BUTTONS', buttons: [] }] }, 2388043],
    ['texts in an authentication template', { category: 'AUTHENTICATION' }, 2388043],
  ];
  for (const [what, more, subcode] of wrong) {
    it(`refuses ${what}`, async () => {
      const { status, body: refused } = await create(await connect(), more);
      assert.equal(status, 400);
      assert.deepEqual([refused.error?.code, refused.error?.error_subcode], [100, subcode]);
    });
  }

  it('refuses a second one of the same name and language, and takes other languages', async () => {
    const customer = await connect();
    await create(customer);
    assert.equal((await create(customer, { language: 'de' })).status, 200);
    const { error } = (await create(customer)).body;
    assert.deepEqual([error?.code, error?.error_subcode], [100, 2388024]);
    assert.match(error?.error_user_msg ?? '', /already English \(United States\) content/);
    assert.deepEqual(await names(customer), ['order_sent:en_US', 'order_sent:de']);
  });
});

describe('a template’s status', () => {
  it('is what was decided, and a review of before does not change it', async () => {
    const customer = await connect();
    const { id } = (await create(customer)).body;
    await control('POST', '/accounts', { wabaId: customer.wabaId, happens: 'template-rejected' });
    await advance(30_000);
    const { status, rejected_reason } = await read(customer, id, 'status,rejected_reason');
    assert.deepEqual([status, rejected_reason], ['REJECTED', 'INVALID_FORMAT']);
  });
});

describe('creating a template for a banned account', () => {
  it('is refused', async () => {
    const customer = await connect();
    await control('POST', '/accounts', { wabaId: customer.wabaId, happens: 'banned' });
    assert.equal((await create(customer)).body.error?.code, 131031);
  });
});

describe('the list of templates', () => {
  it('is asked for by name, language, category and status', async () => {
    const customer = await connect();
    await create(customer);
    await create(customer, { language: 'de' });
    await advance(30_000);
    await create(customer, { name: 'sale', category: 'MARKETING' });
    assert.deepEqual(await names(customer, '?name=sale'), ['sale:en_US']);
    assert.deepEqual(await names(customer, '?language=de'), ['order_sent:de']);
    assert.deepEqual(await names(customer, '?category=MARKETING'), ['sale:en_US']);
    assert.deepEqual(await names(customer, '?status=PENDING'), ['sale:en_US']);
    assert.deepEqual(await names(customer, '?limit=1'), ['order_sent:en_US']);
  });

  it('shows no account’s templates to another’s token', async () => {
    const [mine, other] = [await connect(), await connect()];
    const { body: made } = await create(mine);
    assert.equal((await as(other.token).get(`/${made.id}`)).body.error?.error_subcode, 33);
  });
});

describe('changing a template', () => {
  it('sends it into review again, once a day after an approval', async () => {
    const customer = await connect();
    const { id } = (await create(customer)).body;
    const change = (text: string) => edit(customer, id, { components: JSON.stringify([{ ...body, text }]) });
    assert.equal((await change('Too early.')).body.error?.code, 100);
    await advance(30_000);
    assert.deepEqual((await change('Now it is changed.')).body, { success: true });
    assert.equal((await read(customer, id, 'status')).status, 'PENDING');
    await advance(30_000);
    assert.equal((await change('Once more.')).body.error?.code, 100);
    await advance(day);
    assert.equal((await change('Once more.')).status, 200);
  });

  it('leaves the category of an approved one alone', async () => {
    const customer = await connect();
    const { id } = (await create(customer)).body;
    await advance(30_000);
    assert.equal((await edit(customer, id, { category: 'MARKETING' })).body.error?.code, 100);
    assert.equal((await read(customer, id, 'category')).category, 'UTILITY');
  });
});

describe('deleting a template', () => {
  it('takes every language of a name, or the one with the id', async () => {
    const customer = await connect();
    const { id } = (await create(customer)).body;
    await create(customer, { language: 'de' });
    await create(customer, { language: 'fr' });
    assert.deepEqual((await remove(customer, `name=order_sent&hsm_id=${id}`)).body, { success: true });
    assert.deepEqual(await names(customer), ['order_sent:de', 'order_sent:fr']);
    await remove(customer, 'name=order_sent');
    assert.deepEqual(await names(customer), []);
    assert.equal((await as(customer.token).get(`/${id}`)).body.error?.error_subcode, 33);
  });

  it('keeps the name of an approved one for thirty days, and frees that of any other', async () => {
    const customer = await connect();
    await create(customer);
    await remove(customer, 'name=order_sent');
    assert.equal((await create(customer)).status, 200);
    await advance(30_000);
    await remove(customer, 'name=order_sent');
    assert.equal((await create(customer)).body.error?.error_subcode, 2388023);
    await advance(30 * day);
    assert.equal((await create(customer)).status, 200);
  });

  it('refuses a name that there is not, and no name', async () => {
    const customer = await connect();
    assert.equal((await remove(customer, 'name=nothing')).body.error?.error_subcode, 2593002);
    assert.equal((await remove(customer, '')).body.error?.code, 100);
  });
});
