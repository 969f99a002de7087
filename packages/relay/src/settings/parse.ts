import { createSecret } from '../secret.ts';
import { parseFlows, withSolution } from './flows.ts';
import { notUsedYet, onlyValue } from './names.ts';
import { parsePartner } from './partner.ts';
import { portalSources } from './portals.ts';
import type { Database, Portal, Settings } from './settings.ts';
import { newestGraphVersion, SettingsError } from './settings.ts';
import type { Environment, ReadFile, Source } from './source.ts';
import { environmentSource } from './source.ts';
import type { Parsed } from './values.ts';
import {
  oneOf,
  parseDatabase,
  parseGraphVersion,
  parseId,
  parseKeys,
  parseList,
  parseOrigins,
  parsePort,
  parseProxies,
  parseText,
  parseUrl,
} from './values.ts';

/**
 * Reads all settings from the environment and from the file that `RELAY_CONFIG` names.
 *
 * @throws SettingsError with every problem, not only the first.
 */
export function parseSettings(env: Environment, readFile: ReadFile): Settings {
  const problems: string[] = [];
  const problem = (text: string): void => {
    if (!problems.includes(text)) problems.push(text);
  };
  const source = environmentSource(env, readFile);
  const development = env.NODE_ENV !== 'production';

  /** The value of a setting; `fallback` where nobody set it; undefined, and a problem, where there is none. */
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
    const parsed = text.ok ? parse(text.value) : text;
    if (parsed.ok) return parsed.value;
    problem(`${from.label(name)} ${parsed.why}.`);
    return undefined;
  }

  function portal(name: string, from: Source): Portal | null {
    for (const [setting, only] of Object.entries(onlyValue)) {
      const set = value(from, setting, parseText, only);
      if (set !== undefined && set !== only) {
        problem(`${from.label(setting)} is "${set}"; this version knows only "${only}".`);
      }
    }
    const appId = value(from, 'META_APP_ID', parseId);
    const secrets = value(from, 'META_APP_SECRET', parseList);
    const origins = value(from, 'RELAY_ORIGINS', (text) => parseOrigins(text, development));
    const configId = value<string | null>(from, 'META_CONFIG_ID', parseId, null);
    const flows = value<Portal['flows']>(from, 'RELAY_FLOWS', (text) => parseFlows(text, configId), {});
    const standard = flows?.standard ?? (configId ? { configId, extras: {} } : null);
    if (flows && configId === null && !standard) problem(`${from.label('META_CONFIG_ID')} is not set.`);
    if (!appId || !secrets || !origins || !standard) return null;
    const partner = parsePartner((...setting) => value(from, ...setting), from.label, problem);
    const apiKeys = value<string[]>(from, 'RELAY_API_KEY', parseList, []) ?? [];
    const sessions = value(from, 'RELAY_SESSIONS', oneOf('browser', 'server'), 'browser') ?? 'browser';
    if (sessions === 'server' && apiKeys.length === 0)
      problem(`${from.label('RELAY_API_KEY')} is not set; with server sessions the backend needs it.`);
    const [newest, ...older] = secrets;
    const appSecrets: Portal['appSecrets'] = [createSecret(newest), ...older.map(createSecret)];
    return {
      ...partner,
      name,
      appId,
      appSecrets,
      origins,
      apiKeys: apiKeys.map(createSecret),
      sessions,
      flows: withSolution({ ...flows, standard }, partner.solutionId),
    };
  }

  const portals = new Map<string, Portal>();
  const listed = portalSources(env, readFile, source);
  const unused = new Set(listed.unused);
  for (const text of listed.problems) problem(text);
  for (const [name, from] of listed.sources) {
    for (const setting of notUsedYet) {
      if (value<string | null>(from, setting, parseText, null) !== null) unused.add(from.label(setting));
    }
    const parsed = portal(name, from);
    if (parsed) portals.set(name, parsed);
  }
  const keys = value(source, 'RELAY_KEY', parseKeys, []);
  const database = value<Database>(source, 'DATABASE_URL', parseDatabase, {
    kind: 'sqlite',
    file: './data/relay.db',
  });
  if (keys?.length === 0 && !development)
    problem('RELAY_KEY is not set; in production the relay makes no key.');
  // A key that one process made would be no use to the others.
  else if (keys?.length === 0 && database?.kind === 'postgres')
    problem('RELAY_KEY is not set; beside PostgreSQL the relay makes no key.');
  const publicUrl = value<string | null>(
    source,
    'RELAY_PUBLIC_URL',
    (text) => parseUrl(text, development),
    null,
  );
  const proxies = value(source, 'RELAY_PROXIES', parseProxies, 0);
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
  const port = value(source, 'PORT', parsePort, 8787);
  const host = value(source, 'HOST', parseText, '127.0.0.1');

  if (problems.length > 0) throw new SettingsError(problems);
  // The fallbacks below are never taken: a value that did not parse is a problem, and problems throw above.
  return {
    portals,
    publicUrl: publicUrl ?? null,
    proxies: proxies ?? 0,
    graph: { url: graphUrl ?? '', version: version ?? newestGraphVersion },
    sdkUrl: sdkUrl ?? '',
    keys: keys ?? [],
    database: database ?? { kind: 'sqlite', file: '' },
    host: host ?? '',
    port: port ?? 0,
    development,
    unused: [...unused],
  };
}
