import { type Running, startSandbox } from './processes.ts';
import { median, type Row } from './table.ts';

const FEW = 10;
const MANY = 10_000;
/** So few that the short list has a full page of them beyond its middle. */
const PAGE = 5;

/** What a page costs where there is much to page through. */
export async function sandbox(): Promise<Row[]> {
  return [await pages()];
}

/** A page from the middle of the partner's list of customers' accounts, with many and with few of them. */
async function pages(): Promise<Row> {
  const [few, many] = [await startSandbox(), await startSandbox()];
  try {
    const [fewPage, manyPage] = [await middleOf(few, FEW), await middleOf(many, MANY)];
    const ours: number[] = [];
    const floor: number[] = [];
    for (let run = 0; run < 60; run += 1) {
      const [large, small] = [await timed(manyPage), await timed(fewPage)];
      // The first ones warm up both sides.
      if (run < 10) continue;
      ours.push(large);
      floor.push(small);
    }
    return {
      what: `a page of ${PAGE} of ${MANY} WABAs`,
      ours: median(ours),
      beside: `of ${FEW}`,
      floor: median(floor),
      unit: 'ms',
    };
  } finally {
    await few.stop();
    await many.stop();
  }
}

/** Fills the partner's list, and gives the request for the page that begins in its middle. */
async function middleOf(server: Running, size: number): Promise<() => Promise<void>> {
  const together = Math.min(size, 50);
  for (let made = 0; made < size; made += together) {
    await fetch(`${server.url}/_sandbox/codes`, {
      method: 'POST',
      body: JSON.stringify({ outcome: 'only-waba', data: { accounts: together } }),
    });
  }
  const { businessId, systemUserToken } = await json(await fetch(`${server.url}/_sandbox/credentials`));
  const list = `${server.url}/v26.0/${businessId}/client_whatsapp_business_accounts`;
  const headers = { authorization: `Bearer ${systemUserToken}` };
  let after = '';
  for (let seen = 0; seen < size / 2; ) {
    const limit = Math.min(100, size / 2 - seen);
    const page = await json(await fetch(`${list}?limit=${limit}${after}`, { headers }));
    seen += page.data.length;
    after = `&after=${page.paging.cursors.after}`;
  }
  return async () => {
    const page = await json(await fetch(`${list}?limit=${PAGE}${after}`, { headers }));
    if (page.data.length !== PAGE) throw new Error(`expected ${PAGE} accounts, got ${page.data.length}`);
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

// biome-ignore lint/suspicious/noExplicitAny: three shapes of JSON, each read once above.
async function json(response: Response): Promise<any> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}
