import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSettings } from './parse.ts';

test('nothing is open that nobody asked for: the settings of a relay with the least that it needs', () => {
  const env = {
    META_APP_ID: '1',
    META_APP_SECRET: 'secret',
    META_CONFIG_ID: '2',
    RELAY_ORIGINS: 'https://www.example.com',
  };
  // A changed line here is a changed default: users must hear of it.
  assert.deepEqual(
    JSON.parse(
      JSON.stringify(
        parseSettings(env, () => ''),
        (_, value) => (value instanceof Map ? [...value] : value),
      ),
    ),
    {
      portals: [
        [
          'default',
          {
            name: 'default',
            appId: '1',
            appSecrets: ['[secret]'],
            origins: ['https://www.example.com'],
            apiKeys: [],
            sessions: 'browser',
            flows: { standard: { configId: '2', extras: {} } },
            role: 'tech-provider',
            systemUser: null,
            businessId: null,
            credit: { mode: 'off', lineId: null, currency: 'USD', dailyCap: 10 },
            solutionId: null,
            dataRegion: null,
          },
        ],
      ],
      publicUrl: null,
      proxies: 0,
      graph: { url: 'https://graph.facebook.com', version: 'v26.0' },
      sdkUrl: 'https://connect.facebook.net',
      keys: [],
      database: { kind: 'sqlite', file: './data/relay.db' },
      host: '127.0.0.1',
      port: 8787,
      development: true,
      unused: [],
    },
  );
});
