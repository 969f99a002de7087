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
  'https://*.example.com',
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

test('a portal without origins is named, and so is every other gap of it', () => {
  const config = JSON.stringify({ portals: { acme: {}, globex: { origins: ['https://globex.example'] } } });
  const problems = problemsOf(() =>
    parseSettings({ ...env, RELAY_ORIGINS: '', RELAY_CONFIG: '/c.json' }, files({ '/c.json': config })),
  );
  assert.deepEqual(problems, ['origins of portal acme (or RELAY_ORIGINS) is not set.']);
});

for (const [key, value] of [
  ['metaAppSecret', null],
  ['metaAppSecret', { x: 1 }],
  ['metaAppSecretFile', 5],
  ['metaAppSecretFile', ''],
  ['metaAppId', true],
  ['origins', [null]],
  ['origins', []],
  ['flows', 'standard'],
  ['apiKey', 7],
] as const) {
  test(`${key}: ${JSON.stringify(value)} in the file is a problem that names key and portal`, () => {
    const config = JSON.stringify({ portals: { acme: { [key]: value } } });
    const [problem, ...more] = problemsOf(() => parse({ RELAY_CONFIG: '/c.json' }, { '/c.json': config }));
    assert.match(problem ?? '', new RegExp(`^${key.replace('File', '')} of portal acme `));
    assert.deepEqual(more, []);
  });
}

test('an id that JSON would round is refused, a shorter number is as good as a text', () => {
  const config = (id: string) => ({ '/c.json': `{"portals":{"acme":{"metaAppId":${id}}}}` });
  assert.match(
    problemsOf(() => parse({ RELAY_CONFIG: '/c.json' }, config('12345678901234567891'))).join(),
    /quotes/,
  );
  assert.equal(parse({ RELAY_CONFIG: '/c.json' }, config('12345')).portals.get('acme')?.appId, '12345');
});

test('a secret and its file together are refused, from the file as from the environment', () => {
  const config = '{"portals":{"acme":{"metaAppSecret":"x","metaAppSecretFile":"/s"}}}';
  const contents = { '/c.json': config, '/s': 'y' };
  assert.match(problemsOf(() => parse({ RELAY_CONFIG: '/c.json' }, contents)).join(), /keep one/);
  assert.match(problemsOf(() => parse({ META_APP_SECRET_FILE: '/s' }, contents)).join(), /keep one/);
});

test('META_CONFIG_ID is checked also where the flows name their own', () => {
  const flows = '{"standard":{"configId":"3"}}';
  assert.deepEqual(
    problemsOf(() => parse({ RELAY_FLOWS: flows, META_CONFIG_ID: 'x' })),
    ['META_CONFIG_ID must be 1 to 25 digits.'],
  );
});

test('what this version does nothing with is accepted and named, wherever it was set', () => {
  const config = JSON.stringify({
    portals: { acme: { callbackUrl: 'x', retentionDays: 3, webhookFields: ['messages'], key: 'x' } },
  });
  const settings = parse(
    { RELAY_CONFIG: '/c.json', META_WEBHOOK_VERIFY_TOKEN: 'v', RELAY_METRICS_PORT: '9' },
    { '/c.json': config },
  );
  assert.deepEqual([...settings.unused].sort(), [
    'META_WEBHOOK_VERIFY_TOKEN',
    'RELAY_METRICS_PORT',
    'callbackUrl of portal acme',
    'key of portal acme',
    'retentionDays of portal acme',
    'webhookFields of portal acme',
  ]);
});

for (const [why, config] of [
  ['no JSON', '{'],
  ['a key beside the portals', '{"portals":{"acme":{}},"publicUrl":"https://x.example"}'],
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
    ['RELAY_TOKENS', 'handover'],
    ['META_LOGIN', 'facebook-login'],
    ['DATABASE_URL', 'file::memory:'],
    ['RELAY_FLOWS', '{"hosted":{}}'],
  ] as const) {
    assert.match(problemsOf(() => parse({ [name]: value })).join(), new RegExp(`^${name} `));
  }
});

test('a Multi-Partner Solution is named to the dialog in every flow, beside what else the flow sets up', () => {
  const flows = {
    standard: { extras: { setup: { business: { name: 'Acme' } }, version: 'v4' } },
    coexistence: {},
    'app-only': { extras: { setup: { solutionID: '9' } } },
  };
  const portal = parse({ META_SOLUTION_ID: '7', RELAY_FLOWS: JSON.stringify(flows) }).portals.get('default');
  assert.deepEqual(portal?.flows, {
    standard: {
      configId: '2',
      extras: { setup: { solutionID: '7', business: { name: 'Acme' } }, version: 'v4' },
    },
    coexistence: {
      configId: '2',
      extras: { featureType: 'whatsapp_business_app_onboarding', setup: { solutionID: '7' } },
    },
    'app-only': { configId: '2', extras: { setup: { solutionID: '9' } } },
  });
  const { standard } = parse({ META_SOLUTION_ID: '7' }).portals.get('default')?.flows ?? {};
  assert.deepEqual(standard?.extras, { setup: { solutionID: '7' } });
});

test('the number of trusted proxies is a number', () => {
  assert.equal(parse().proxies, 0);
  assert.equal(parse({ RELAY_PROXIES: '2' }).proxies, 2);
  for (const text of ['-1', '1.5', 'one', 'true', '99']) {
    assert.match(problemsOf(() => parse({ RELAY_PROXIES: text })).join(), /^RELAY_PROXIES /);
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
