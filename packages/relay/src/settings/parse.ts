import type { FlowName } from 'whatsapp-embedded-signup/protocol';
import { createSecret } from '../secret.ts';
import { parseFlows } from './flows.ts';
import type { Portal, Settings } from './settings.ts';
import { newestGraphVersion, SettingsError } from './settings.ts';
import type { Environment, Source, SourceOptions } from './source.ts';
import { camelCase, environmentSource, portalSource } from './source.ts';
import type { Parsed } from './values.ts';
import {
  parseDatabase,
  parseGraphVersion,
  parseId,
  parseKeys,
  parseList,
  parseOrigins,
  parsePort,
  parseUrl,
} from './values.ts';

/** Settings whose other values a later version will understand. Ignoring one would do less than was asked for. */
const onlyValue: Readonly<Record<string, string>> = {
  RELAY_ROLE: 'tech-provider',
  RELAY_SESSIONS: 'browser',
  RELAY_TOKENS: 'keep',
  RELAY_TOKEN_EXPORT: 'off',
  RELAY_CREDIT: 'off',
  META_LOGIN: 'business',
};

/** Settings of the whole product that do nothing yet. They are accepted, and named when the relay starts. */
const notUsedYet = [
  'RELAY_API_KEY',
  'RELAY_CALLBACK_URL',
  'RELAY_CALLBACK_SECRET',
  'RELAY_DATA_REGION',
  'RELAY_WEBHOOK_OVERRIDE_URL',
  'RELAY_WEBHOOK_FIELDS',
  'RELAY_RETENTION_DAYS',
  'RELAY_METRICS_PORT',
  'RELAY_PROXIES',
  'META_SOLUTION_ID',
];

/**
 * Reads all settings from the environment and from the file that `RELAY_CONFIG` names.
 *
 * @throws SettingsError with every problem, not only the first.
 */
export function parseSettings(env: Environment, readFile: (path: string) => string): Settings {
  const problems: string[] = [];
  const problem = (text: string): void => {
    if (!problems.includes(text)) problems.push(text);
  };
  const options: SourceOptions = { env, readFile, problem };
  const source = environmentSource(options);
  const development = env.NODE_ENV !== 'production';

  function value<T>(
    from: Source,
    name: string,
    parse: (text: string) => Parsed<T>,
    fallback?: T,
  ): T | undefined {
    const text = from.read(name);
    if (text === undefined) {
      if (fallback === undefined) problem(`${from.label(name)} is not set.`);
      return fallback;
    }
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    problem(`${from.label(name)} ${parsed.why}.`);
    return undefined;
  }

  function portal(name: string, from: Source): Portal | null {
    for (const [setting, only] of Object.entries(onlyValue)) {
      const set = from.read(setting);
      if (set !== undefined && set !== only) {
        problem(`${from.label(setting)} is "${set}"; this version knows only "${only}".`);
      }
    }
    const appId = value(from, 'META_APP_ID', parseId);
    const secrets = value(from, 'META_APP_SECRET', parseList);
    const origins = value(from, 'RELAY_ORIGINS', (text) => parseOrigins(text, development));
    const flows = value<Portal['flows']>(
      from,
      'RELAY_FLOWS',
      (text) => parseFlows(text, from.read('META_CONFIG_ID')),
      {},
    );
    const standard = flows?.standard ?? standardFlow(value(from, 'META_CONFIG_ID', parseId));
    if (!appId || !secrets || !origins || !standard) return null;
    const [newest, ...older] = secrets;
    const appSecrets: Portal['appSecrets'] = [createSecret(newest), ...older.map(createSecret)];
    return { name, appId, appSecrets, origins, flows: { ...flows, standard } };
  }

  const portals = new Map<string, Portal>();
  const unused = new Set<string>();
  for (const [name, from] of portalSources(options, source)) {
    for (const setting of notUsedYet) if (from.read(setting) !== undefined) unused.add(from.label(setting));
    const parsed = portal(name, from);
    if (parsed) portals.set(name, parsed);
  }
  const keys = value(source, 'RELAY_KEY', parseKeys, []);
  if (!development && keys?.length === 0)
    problem('RELAY_KEY is not set; in production the relay makes no key.');
  const publicUrl = value<string | null>(
    source,
    'RELAY_PUBLIC_URL',
    (text) => parseUrl(text, development),
    null,
  );
  const graphUrl = value(
    source,
    'META_GRAPH_URL',
    (text) => parseUrl(text, development),
    'https://graph.facebook.com',
  );
  const sdkUrl = value(
    source,
    'META_SDK_URL',
    (text) => parseUrl(text, development),
    'https://connect.facebook.net',
  );
  const version = value(source, 'META_GRAPH_VERSION', parseGraphVersion, newestGraphVersion);
  const databaseFile = value(source, 'DATABASE_URL', parseDatabase, './data/relay.db');
  const port = value(source, 'PORT', parsePort, 8787);
  const host = source.read('HOST') ?? '127.0.0.1';

  if (problems.length > 0) throw new SettingsError(problems);
  // The fallbacks below are never taken: a value that did not parse is a problem, and problems throw above.
  return {
    portals,
    publicUrl: publicUrl ?? null,
    graph: { url: graphUrl ?? '', version: version ?? newestGraphVersion },
    sdkUrl: sdkUrl ?? '',
    keys: keys ?? [],
    databaseFile: databaseFile ?? '',
    host,
    port: port ?? 0,
    development,
    unused: [...unused],
  };
}

function standardFlow(configId: string | undefined): Portal['flows'][FlowName] {
  return configId === undefined ? undefined : { configId, extras: {} };
}

function portalSources(options: SourceOptions, environment: Source): [name: string, source: Source][] {
  const path = options.env.RELAY_CONFIG;
  if (!path) return [['default', environment]];
  let file: unknown;
  try {
    file = JSON.parse(options.readFile(path));
  } catch {
    options.problem(`RELAY_CONFIG names a file that cannot be read as JSON: ${path}`);
    return [];
  }
  const entries = isRecord(file) && isRecord(file.portals) ? Object.entries(file.portals) : [];
  if (entries.length === 0) {
    options.problem(
      `${path} must look like {"portals": {"acme": {"origins": ["https://www.example.com"]}}}.`,
    );
  }
  const sources: [string, Source][] = [];
  for (const [name, entry] of entries) {
    // `callback` is the path of the redirect that comes back from Meta, so no portal can be called so.
    if (!/^[\w-]{1,64}$/.test(name) || name === 'callback') {
      options.problem(
        `"${name}" cannot be a portal's name; use letters, digits, - and _, and not "callback".`,
      );
    } else if (!isRecord(entry)) {
      options.problem(`Portal ${name} in ${path} must be an object.`);
    } else {
      for (const key of Object.keys(entry)) {
        if (!portalKeys.has(key)) options.problem(`Portal ${name} in ${path} has an unknown key "${key}".`);
      }
      sources.push([name, portalSource(name, entry, environment, options)]);
    }
  }
  return sources;
}

const portalKeys: ReadonlySet<string> = new Set(
  [
    'META_APP_ID',
    'META_APP_SECRET',
    'META_CONFIG_ID',
    'RELAY_ORIGINS',
    'RELAY_FLOWS',
    ...Object.keys(onlyValue),
    ...notUsedYet,
  ]
    .map(camelCase)
    .flatMap((key) => [key, `${key}File`]),
);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
