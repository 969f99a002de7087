import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { createClient } from '../test/client.ts';
import { answerDialog, dialogQuery } from '../test/dialog-address.ts';

const sandbox = createSandbox();

before(() => sandbox.start());
after(() => sandbox.stop());

function openDialog(changes: Record<string, string> = {}): Promise<Response> {
  return fetch(`${sandbox.url}/v26.0/dialog/oauth?${dialogQuery(sandbox, changes)}`);
}

describe('the dialog’s address', () => {
  for (const [name, value] of [
    ['client_id', '1'],
    ['config_id', '1'],
    ['response_type', 'token'],
    ['redirect_uri', 'http://shop.example/'],
    ['redirect_uri', 'javascript:alert(1)'],
    ['extras', '[]'],
  ] as const) {
    it(`shows that something went wrong where ${name} is ${value}`, async () => {
      const response = await openDialog({ [name]: value });
      assert.equal(response.status, 400);
      const page = await response.text();
      assert.match(page, /Something went wrong/);
      assert.match(page, new RegExp(name));
    });
  }

  it('shows what a page put into it as text', async () => {
    const name = '</script><img src=x onerror=alert(1)>';
    const page = await (
      await openDialog({ extras: JSON.stringify({ setup: { business: { name } } }) })
    ).text();
    assert.equal(page.includes('<img'), false);
    assert.match(page, /&lt;img src=x/);
  });

  it('takes a queued answer once, and only a right address takes it', async () => {
    await fetch(`${sandbox.url}/_sandbox/next`, { method: 'POST', body: '{"outcome":"event-late"}' });
    await openDialog({ config_id: '1' });
    assert.match(await (await openDialog()).text(), /Answering by itself: <strong>event-late/);
    assert.equal((await (await openDialog()).text()).includes('Answering by itself'), false);
  });
});

describe('a HEAD, such as a link checker sends', () => {
  it('spends no queued answer, and connects and disconnects nobody', async () => {
    const { control } = createClient(sandbox);
    await control('POST', '/reset');
    await control('POST', '/next', { outcome: 'deny' });
    const head = (path: string, cookie = '') =>
      fetch(`${sandbox.url}${path}`, { method: 'HEAD', headers: { cookie } });
    assert.equal((await head(`/v26.0/dialog/oauth?${dialogQuery(sandbox)}`)).status, 200);
    assert.equal((await head('/fed_cm/login')).status, 405);
    const { appId } = sandbox.credentials;
    const answer = await answerDialog(sandbox, { outcome: 'finish' });
    const [cookie = ''] = answer.headers.getSetCookie();
    const status = await fetch(`${sandbox.url}/x/oauth/status?client_id=${appId}`, { headers: { cookie } });
    const { access_token } = JSON.parse(status.headers.get('fb-ar') ?? '');
    assert.equal((await head(`/x/oauth/logout?access_token=${access_token}`, cookie)).status, 405);
    const state = (await control('GET', '/state')).body as Record<string, unknown[]>;
    assert.deepEqual([state.next?.length, state.connections?.length], [1, 1]);
  });
});

describe('a code that the dialog hands over', () => {
  const { control, exchange } = createClient(sandbox);
  const later = () => control('POST', '/clock', { advanceMs: 31_000 });

  const handOver = (code: string) =>
    fetch(`${sandbox.url}/v26.0/dialog/oauth/handed-over?${dialogQuery(sandbox)}`, {
      method: 'POST',
      body: JSON.stringify({ code }),
    });

  async function held(): Promise<string> {
    const answer = await answerDialog(sandbox, { outcome: 'finish' });
    return ((await answer.json()) as { code: string }).code;
  }

  it('lives from then on, and is handed over once', async () => {
    const [used, late] = [await held(), await held()];
    await later();
    await handOver(used);
    assert.equal((await exchange({ code: used })).status, 200);
    await handOver(late);
    await later();
    await handOver(late);
    assert.equal((await exchange({ code: late })).body.error?.error_subcode, 36007);
  });

  it('does not come back to life: refused once, or never held by a dialog', async () => {
    for (const code of [await held(), sandbox.issueCode().code]) {
      await later();
      assert.equal((await exchange({ code })).body.error?.error_subcode, 36007);
      await handOver(code);
      assert.equal((await exchange({ code })).body.error?.error_subcode, 36007);
    }
    const { code } = sandbox.issueCode();
    await later();
    await handOver(code);
    assert.equal((await exchange({ code })).body.error?.error_subcode, 36007);
  });
});

describe('what the SDK asks around the dialog', () => {
  it('tells the status in headers that the page may read, with its cookies', async () => {
    const origin = 'https://shop.example';
    const { headers } = await fetch(`${sandbox.url}/x/oauth/status?client_id=1`, { headers: { origin } });
    assert.equal(headers.get('fb-s'), 'unknown');
    assert.equal(headers.get('access-control-allow-origin'), origin);
    assert.equal(headers.get('access-control-allow-credentials'), 'true');
    assert.equal(headers.get('access-control-expose-headers'), 'fb-s, fb-ar');
  });

  it('serves both stages in every locale, and takes telemetry', async () => {
    for (const path of ['/pt_BR/sdk.js', '/es_LA/bundle/sdk.js/']) {
      const response = await fetch(`${sandbox.url}${path}`);
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /javascript/);
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
    }
    assert.equal((await fetch(`${sandbox.url}/platform/impression.php/f1/?lid=115`)).status, 204);
  });

  it('never cuts a window off from its opener', async () => {
    for (const response of [
      await openDialog(),
      await fetch(`${sandbox.url}/x/connect/xd_arbiter/?version=46`),
    ]) {
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('cross-origin-opener-policy'), null);
    }
  });
});
