import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from './sandbox.ts';
import { account } from './test/openapi/drives/account.ts';
import { business } from './test/openapi/drives/business.ts';
import { messaging } from './test/openapi/drives/messaging.ts';
import { number } from './test/openapi/drives/number.ts';
import { solution } from './test/openapi/drives/solution.ts';
import { exceptions } from './test/openapi/exceptions.ts';
import { type Disagreement, readOpenApiFile } from './test/openapi/file.ts';
import { createStage, type Drive, type Stage } from './test/openapi/stage.ts';

// Meta publishes it as business-messaging-api_v23.0.yaml in github.com/facebook/openapi (MIT). It is not ours to
// carry, so its path is told.
const path = process.env.META_OPENAPI;

const drives: Record<string, Drive> = { ...business, ...account, ...number, ...solution, ...messaging };

/** The one operation that Meta asks for, and an app answers. */
const sentByMeta = 'POST /whatsapp/webhooks';

describe('agreement with Meta’s OpenAPI file', () => {
  if (path === undefined) {
    it('holds', { skip: 'META_OPENAPI does not name Meta’s OpenAPI file: nothing is held to it.' });
    return;
  }
  const file = readOpenApiFile(path);
  const sandbox = createSandbox();
  const needed = new Set<string>();
  let stage: Stage;

  before(async () => {
    await sandbox.start();
    stage = createStage(sandbox);
  });
  after(() => sandbox.stop());

  for (const operation of file.operations) {
    if (operation === sentByMeta) continue;
    it(operation, async () => {
      const drive = drives[operation];
      assert.ok(drive, 'nothing asks for this operation yet');
      const asked = await drive(stage);
      const [method = '', route = ''] = operation.split(' ');
      const found: Disagreement[] = file.checkRequest(operation, asked);
      const address = `${fill(route, asked.path)}${asked.query ? `?${new URLSearchParams(asked.query)}` : ''}`;

      const answer = await stage.send(method, address, asked);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      const type = answer.headers.get('content-type') ?? '';
      found.push(...file.checkResponse(operation, 200, type, answer.body));

      // A refusal must be what the file calls one, too.
      const refused = await stage.send(method, address, { ...asked, token: 'no-token-of-ours' });
      assert.equal(refused.status, 401, JSON.stringify(refused.body));
      if (file.describes(operation, 401)) {
        found.push(...file.checkResponse(operation, 401, 'application/json', refused.body));
      }
      assert.deepEqual(found.filter(isUnexpected(operation)), []);
    });
  }

  // A status; for a message that comes in the file has the schema of one that goes out, which its own examples fail.
  it(`${sentByMeta}, as it is sent`, async () => {
    const sent: unknown[] = [];
    const sender = createSandbox({
      fetch: async (_url, init) => {
        sent.push(JSON.parse(String(init?.body)));
        return new Response();
      },
    });
    sender.issueCode();
    await sender.control('webhooks', { field: 'messages', event: 'status', url: 'https://app.example/' });
    assert.equal(sent.length, 1);
    const found = file.checkRequest(sentByMeta, { path: {}, body: sent[0] as Record<string, unknown> });
    assert.deepEqual(found.filter(isUnexpected(sentByMeta)), []);
  });

  it('has no exception that nothing needs', () => {
    assert.deepEqual(
      exceptions.filter((exception) => !needed.has(JSON.stringify(exception))),
      [],
    );
  });

  function isUnexpected(operation: string): (found: Disagreement) => boolean {
    return (found) => {
      const exception = exceptions.find(
        (one) => one.operation === operation && one.at === found.at && one.keyword === found.keyword,
      );
      if (exception) needed.add(JSON.stringify(exception));
      return !exception;
    };
  }
});

/** The path with its names filled in; the version is the newest. */
function fill(route: string, values: Record<string, string>): string {
  return route.replaceAll(/\{([^}]+)\}/g, (_all, name: string) => values[name] ?? 'v26.0');
}
