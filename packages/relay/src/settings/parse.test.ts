import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSettings } from './parse.ts';
import { SettingsError } from './settings.ts';

const env = {
  META_APP_ID: '1',
  META_APP_SECRET: 'secret',
  META_CONFIG_ID: '2',
  RELAY_ORIGINS: 'https://www.example.com, http://127.0.0.1:5000',
};
const files = (contents: Record<string, string>) => (path: string) => {
  const text = contents[path];
  if (text === undefined) throw new Error('ENOENT');
  return text;
};
const parse = (changes: Record<string, string> = {}, contents: Record<string, string> = {}) =>
  parseSettings({ ...env, ...changes }, files(contents));
const problemsOf = (run: () => unknown): readonly string[] => {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.problems;
  }
  return [];
};

test('four settings make the portal "default" with the standard flow', () => {
  const settings = parse();
  const portal = settings.portals.get('default');
  assert.deepEqual(portal?.origins, ['https://www.example.com', 'http://127.0.0.1:5000']);
  assert.deepEqual(portal?.flows, { standard: { configId: '2', extras: {} } });
  assert.equal(portal?.appSecrets[0].reveal(), 'secret');
  assert.deepEqual(settings.graph, { url: 'https://graph.facebook.com', version: 'v26.0' });
  assert.equal(settings.port, 8787);
});

test('all problems come in one message', () => {
  const problems = problemsOf(() =>
    parseSettings({ META_APP_ID: 'x', PORT: '99999', RELAY_KEY: 'short' }, files({})),
  );
  assert.deepEqual(
    problems.map((text) => text.split(' ')[0]),
    ['META_APP_ID', 'META_APP_SECRET', 'RELAY_ORIGINS', 'META_CONFIG_ID', 'RELAY_KEY', 'PORT'],
  );
});

for (const origin of [
  'https://example.com/path',
  '*',
  'https://*.example.com/x',
  'example.com',
  'http://example.com',
  'null',
  '',
]) {
  test(`"${origin}" is no origin that may use the relay`, () => {
    assert.notDeepEqual(
      problemsOf(() => parse({ RELAY_ORIGINS: origin })),
      [],
    );
  });
}

test('production wants https origins and a key', () => {
  const problems = problemsOf(() => parse({ NODE_ENV: 'production' }));
  assert.match(problems.join(), /RELAY_ORIGINS/);
  assert.match(problems.join(), /RELAY_KEY/);
});

test('any setting may stand in a file of its own', () => {
  const settings = parseSettings(
    { ...env, META_APP_SECRET: undefined, META_APP_SECRET_FILE: '/run/secret' },
    files({ '/run/secret': 'from-file\n' }),
  );
  assert.equal(settings.portals.get('default')?.appSecrets[0].reveal(), 'from-file');
  assert.match(problemsOf(() => parse({ META_APP_SECRET_FILE: '/none' })).join(), /META_APP_SECRET_FILE/);
});

test('several portals come from one file and fall back to the environment', () => {
  const config = JSON.stringify({
    portals: {
      acme: { origins: ['https://acme.example'], metaAppId: '7', metaAppSecretFile: '/acme' },
      globex: { origins: ['https://globex.example'], flows: { standard: { extras: { setup: {} } } } },
    },
  });
  const settings = parse({ RELAY_CONFIG: '/c.json' }, { '/c.json': config, '/acme': 's7' });
  assert.deepEqual([...settings.portals.keys()], ['acme', 'globex']);
  const acme = settings.portals.get('acme');
  assert.deepEqual(
    [acme?.appId, acme?.appSecrets[0].reveal(), acme?.origins],
    ['7', 's7', ['https://acme.example']],
  );
  const globex = settings.portals.get('globex');
  assert.equal(globex?.appId, '1');
  assert.deepEqual(globex?.flows.standard, { configId: '2', extras: { setup: {} } });
});

for (const [why, config] of [
  ['no JSON', '{'],
  ['no portals', '{}'],
  ['a reserved name', '{"portals":{"callback":{}}}'],
  ['a mistyped key', '{"portals":{"acme":{"orgins":[]}}}'],
] as const) {
  test(`a file with ${why} is named`, () => {
    assert.notDeepEqual(
      problemsOf(() => parse({ RELAY_CONFIG: '/c.json' }, { '/c.json': config })),
      [],
    );
  });
}

test('what this version cannot honour is refused, not ignored', () => {
  for (const [name, value] of [
    ['RELAY_SESSIONS', 'server'],
    ['RELAY_ROLE', 'solution-partner'],
    ['DATABASE_URL', 'postgres://db/relay'],
    ['RELAY_FLOWS', '{"coexistence":{}}'],
  ] as const) {
    assert.match(problemsOf(() => parse({ [name]: value })).join(), new RegExp(`^${name} `));
  }
});

test('keys may be several while one is rotated', () => {
  const key = Buffer.alloc(32, 7).toString('base64');
  assert.deepEqual(
    parse({ RELAY_KEY: `new:${key},old:${key}` }).keys.map((entry) => entry.id),
    ['new', 'old'],
  );
  assert.notDeepEqual(
    problemsOf(() => parse({ RELAY_KEY: `a:${key},a:${key}` })),
    [],
  );
});
