import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { fixedCredentials } from '../../credentials.ts';
import { createGraphWorld } from '../../test/graph-world.ts';
import { createBusiness, createPhone, createWaba } from '../../world/make.ts';

const { world, send, as, ownApp, systemUserToken } = createGraphWorld();
const edge = 'client_whatsapp_business_accounts';
const path = `/v26.0/${fixedCredentials.businessId}/${edge}`;
const many = 120;
let all: string[] = [];

/** Accounts that were shared with the partner. */
function share(count: number): string[] {
  const partner = world.businesses.get(ownApp().businessId);
  const business = createBusiness(world, 'Pebble Pottery');
  return Array.from({ length: count }, (_, place) => {
    const waba = createWaba(world, business, { name: `Account ${place}` });
    partner?.clients.add(waba);
    return waba.id;
  });
}

before(() => {
  all = share(many);
});

interface Paging {
  cursors: { before: string; after: string };
  next?: string;
  previous?: string;
}

interface Page {
  ids: string[];
  paging: Paging | undefined;
}

const idsOf = (data: unknown) => (data as { id: string }[]).map(({ id }) => id);

async function read(query = ''): Promise<Page> {
  const { body } = await as(systemUserToken).get(`${path}${query}`);
  assert.equal(body.error, undefined, body.error?.message);
  return { ids: idsOf(body.data), paging: body.paging as Paging | undefined };
}

/** A link of Meta's, fetched as it is. */
async function follow(link: string | undefined): Promise<Page> {
  assert.ok(link);
  const { pathname, search } = new URL(link);
  const { body } = await send(`${pathname}${search}`);
  return { ids: idsOf(body.data), paging: body.paging as Paging | undefined };
}

describe('a list of many', () => {
  it('comes in pages of 25, and of 100 at most', async () => {
    assert.deepEqual((await read()).ids, all.slice(0, 25));
    assert.deepEqual((await read('?limit=1000')).ids, all.slice(0, 100));
  });

  for (const sort of ['creation_time_ascending', 'creation_time_descending']) {
    it(`is read whole by its links and back again, without gap or double: ${sort}`, async () => {
      const expected = sort.endsWith('descending') ? all.toReversed() : all;
      let page = await read(`?limit=50&sort=${sort}&fields=id`);
      assert.equal(page.paging?.previous, undefined);
      const pages = [page.ids];
      while (page.paging?.next) {
        page = await follow(page.paging.next);
        pages.push(page.ids);
      }
      assert.deepEqual(
        pages.map(({ length }) => length),
        [50, 50, 20],
      );
      assert.deepEqual(pages.flat(), expected);
      const back = [page.ids];
      while (page.paging?.previous) {
        page = await follow(page.paging.previous);
        back.unshift(page.ids);
      }
      assert.deepEqual(back, pages);
    });
  }

  it('has links with the whole request in them, token and all', async () => {
    const { paging } = await read('?limit=2&fields=id,name');
    const { origin, pathname, searchParams } = new URL(paging?.next ?? '');
    assert.equal(`${origin}${pathname}`, `http://graph.test${path}`);
    assert.deepEqual(Object.fromEntries(searchParams), {
      limit: '2',
      fields: 'id,name',
      access_token: systemUserToken,
      after: paging?.cursors.after,
    });
  });

  it('says nothing of pages where there is nothing', async () => {
    const { ids, paging } = await read(
      `?after=${(await read('?sort=creation_time_descending&limit=1')).paging?.cursors.after}`,
    );
    assert.deepEqual([ids, paging], [[], undefined]);
  });

  it('is counted on request', async () => {
    for (const limit of [1, 0]) {
      const { body } = await as(systemUserToken).get(`${path}?limit=${limit}&summary=total_count`);
      assert.deepEqual([idsOf(body.data).length, body.summary], [limit, { total_count: many }]);
    }
  });

  it('is counted as it is filtered, and for those who may not see all of it', async () => {
    const partners = encodeURIComponent('[{"field":"partners","operator":"ANY","value":["1"]}]');
    const { body } = await as(systemUserToken).get(`${path}?filtering=${partners}&summary=true`);
    assert.deepEqual(body.summary, { total_count: 0 });
    ownApp().accessLevel = 'standard';
    const hidden = await as(systemUserToken).get(`${path}?summary=true`);
    ownApp().accessLevel = 'advanced';
    assert.deepEqual([hidden.body.data, hidden.body.summary], [[], { total_count: 0 }]);
  });

  it('keeps its place when what stood there is deleted', async () => {
    const extra = share(6);
    const start = await read(`?after=${(await cursorOf(all.at(-1) ?? '')) ?? ''}&limit=2`);
    assert.deepEqual(start.ids, extra.slice(0, 2));
    const partner = world.businesses.get(ownApp().businessId);
    for (const id of extra.slice(1, 4)) {
      const waba = world.wabas.get(id);
      if (waba) partner?.clients.remove(waba);
    }
    assert.deepEqual((await follow(start.paging?.next)).ids, extra.slice(4));
    assert.deepEqual((await read(`?before=${start.paging?.cursors.after}&limit=1`)).ids, extra.slice(0, 1));
  });

  for (const query of ['limit=-1', 'limit=some', 'after=nonsense', 'before=WzEsMiwzXQ', 'sort=upwards']) {
    it(`is refused with ${query}`, async () => {
      const { status, body } = await as(systemUserToken).get(`${path}?${query}`);
      assert.deepEqual([status, body.error?.code], [400, 100]);
    });
  }
});

/** The cursor behind one account. */
async function cursorOf(id: string): Promise<string | undefined> {
  return (await read(`?find=${id}`)).paging?.cursors.after;
}

describe('a list between two times', () => {
  const accounts = () => all.map((id) => world.wabas.get(id));
  let reads = 0;
  let made: number[] = [];

  before(() => {
    const start = world.clock.now();
    for (const [place, waba] of accounts().entries()) {
      if (!waba) continue;
      const createdAt = start + Math.floor(place / 2) * 1000;
      Object.defineProperty(waba, 'createdAt', {
        get: () => {
          reads += 1;
          return createdAt;
        },
      });
    }
    made = all.map((_, place) => start / 1000 + Math.floor(place / 2));
  });

  const between = (from = 0, to = 0) =>
    `filtering=${encodeURIComponent(
      JSON.stringify([
        { field: 'creation_time', operator: 'GREATER_THAN', value: from },
        { field: 'creation_time', operator: 'LESS_THAN', value: String(to) },
      ]),
    )}`;

  for (const sort of ['creation_time_ascending', 'creation_time_descending']) {
    it(`is found without looking at the others, and read by its links: ${sort}`, async () => {
      reads = 0;
      const expected = all.slice(42, 60);
      if (sort.endsWith('descending')) expected.reverse();
      const query = `?${between(made[40], made[60])}&sort=${sort}&limit=10&fields=id`;
      const first = await read(query);
      const second = await follow(first.paging?.next);
      assert.deepEqual([...first.ids, ...second.ids], expected);
      assert.equal(second.paging?.next, undefined);
      assert.deepEqual((await follow(second.paging?.previous)).ids, first.ids);
      const { body } = await as(systemUserToken).get(`${path}${query}&summary=total_count`);
      assert.deepEqual(body.summary, { total_count: 18 });
      assert.ok(reads < many, `${reads} accounts were looked at`);
    });
  }

  it('is empty where the times are the wrong way round', async () => {
    const { body } = await as(systemUserToken).get(`${path}?${between(made[60], made[40])}&summary=true`);
    assert.deepEqual([body.data, body.summary], [[], { total_count: 0 }]);
  });
});

describe('a list within an answer', () => {
  it('has a limit of its own, and a link to its other pages', async () => {
    const { body } = await as(systemUserToken).get(
      `/v26.0/${fixedCredentials.businessId}?fields=${edge}.limit(2).sort(creation_time_descending){id,owner_business_info{name}}`,
    );
    const { data, paging } = body[edge] as { data: unknown; paging: Paging };
    const newest = [...(world.businesses.get(ownApp().businessId)?.clients ?? [])]
      .map(({ id }) => id)
      .toReversed();
    assert.deepEqual(idsOf(data), newest.slice(0, 2));
    const next = await follow(paging.next);
    assert.deepEqual(next.ids, newest.slice(2, 4));
    assert.match(next.paging?.next ?? '', /sort=creation_time_descending/);
  });
});

describe('a list sorted by what is not its own order', () => {
  it('keeps its place too, also among equals', async () => {
    const business = createBusiness(world, 'Willow Travel');
    const waba = createWaba(world, business, { name: business.name });
    world.businesses.get(ownApp().businessId)?.clients.add(waba);
    const phones = [3, 1, 2, 1, 2, 3].map((day, place) => {
      const phone = createPhone(world, waba, {
        displayNumber: `+1 415-555-010${place}`,
        verifiedName: waba.name,
        verified: true,
      });
      phone.onboardedAt = day;
      return phone;
    });
    const inOrder = phones
      .toSorted((one, other) => one.onboardedAt - other.onboardedAt || one.order - other.order)
      .map(({ id }) => id);
    const list = `/${waba.id}/phone_numbers?sort=last_onboarded_time.asc&limit=2`;
    const first = await as(systemUserToken).get(list);
    assert.deepEqual(idsOf(first.body.data), inOrder.slice(0, 2));
    const gone = phones.find(({ id }) => id === inOrder[1]);
    if (gone) waba.numbers.remove(gone);
    const second = await follow((first.body.paging as Paging).next);
    assert.deepEqual(second.ids, inOrder.slice(2, 4));
    assert.deepEqual((await follow(second.paging?.next)).ids, inOrder.slice(4));
    assert.deepEqual((await follow(second.paging?.previous)).ids, inOrder.slice(0, 1));
    const { after } = (first.body.paging as Paging).cursors;
    const otherOrder = await as(systemUserToken).get(`/${waba.id}/phone_numbers?after=${after}`);
    assert.equal(otherOrder.body.error?.code, 100, 'a cursor belongs to its order');
  });
});
