import { kindOfKey } from './names.ts';
import type { Environment, ReadFile, Source } from './source.ts';
import { isRecord, portalSource } from './source.ts';

/** The portals that there are, each with where its settings come from. */
export interface PortalSources {
  sources: [name: string, source: Source][];
  problems: string[];
  /** Settings in a portal's entry that count for the whole relay only, as messages call them. */
  unused: string[];
}

/** One portal `default` from the environment, or those of the file that `RELAY_CONFIG` names. */
export function portalSources(env: Environment, readFile: ReadFile, environment: Source): PortalSources {
  const path = env.RELAY_CONFIG;
  if (!path) return { sources: [['default', environment]], problems: [], unused: [] };
  const found: PortalSources = { sources: [], problems: [], unused: [] };
  let file: unknown;
  try {
    file = JSON.parse(readFile(path));
  } catch {
    found.problems.push(`RELAY_CONFIG names a file that cannot be read as JSON: ${path}`);
    return found;
  }
  const portals = isRecord(file) && isRecord(file.portals) ? Object.entries(file.portals) : [];
  if (portals.length === 0) {
    found.problems.push(
      `${path} must look like {"portals": {"acme": {"origins": ["https://www.example.com"]}}}.`,
    );
  }
  for (const key of isRecord(file) ? Object.keys(file) : []) {
    if (key !== 'portals') found.problems.push(`${path} has an unknown key "${key}" beside "portals".`);
  }
  for (const [name, entry] of portals) {
    // `callback` is the path of the redirect that comes back from Meta, so no portal can be called so.
    if (!/^[\w-]{1,64}$/.test(name) || name === 'callback') {
      found.problems.push(
        `"${name}" cannot be a portal's name; use letters, digits, - and _, and not "callback".`,
      );
    } else if (!isRecord(entry)) {
      found.problems.push(`Portal ${name} in ${path} must be an object.`);
    } else {
      for (const key of Object.keys(entry)) {
        const kind = kindOfKey(key);
        if (kind === 'unknown') found.problems.push(`Portal ${name} in ${path} has an unknown key "${key}".`);
        if (kind === 'relay') found.unused.push(`${key} of portal ${name}`);
      }
      found.sources.push([name, portalSource(name, entry, environment, readFile)]);
    }
  }
  return found;
}
