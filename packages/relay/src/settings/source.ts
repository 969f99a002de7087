/** Where a setting comes from: a portal's entry in the file, else the environment, each also as `…File`. */

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Source {
  /** The text of a setting, or undefined where nobody set it. An empty text counts as not set. */
  read(name: string): string | undefined;
  /** How a message should call it: `RELAY_ORIGINS`, or `origins of portal acme`. */
  label(name: string): string;
}

export interface SourceOptions {
  env: Environment;
  readFile: (path: string) => string;
  problem: (text: string) => void;
}

export function environmentSource({ env, readFile, problem }: SourceOptions): Source {
  return {
    label: (name) => name,
    read(name) {
      const file = env[`${name}_FILE`];
      if (!file) return env[name]?.trim() || undefined;
      if (env[name]) problem(`${name} and ${name}_FILE are both set; keep one.`);
      return contents(file, `${name}_FILE`, { readFile, problem });
    },
  };
}

/** A portal's entry in the file at `RELAY_CONFIG`, over the environment. */
export function portalSource(
  portal: string,
  entry: Readonly<Record<string, unknown>>,
  fallback: Source,
  options: SourceOptions,
): Source {
  return {
    label: (name) =>
      entryHas(entry, name) ? `${camelCase(name)} of portal ${portal}` : fallback.label(name),
    read(name) {
      const key = camelCase(name);
      const file = entry[`${key}File`];
      if (typeof file === 'string') return contents(file, `${key}File of portal ${portal}`, options);
      const value = entry[key];
      if (value === undefined) return fallback.read(name);
      if (Array.isArray(value)) return value.map(String).join(',');
      return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
    },
  };
}

/** `RELAY_ORIGINS` is `origins` in the file, `META_APP_ID` is `metaAppId`: only the prefix RELAY_ is dropped. */
export function camelCase(name: string): string {
  return name
    .replace(/^RELAY_/, '')
    .toLowerCase()
    .replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function entryHas(entry: Readonly<Record<string, unknown>>, name: string): boolean {
  const key = camelCase(name);
  return key in entry || `${key}File` in entry;
}

function contents(
  path: string,
  label: string,
  { readFile, problem }: Pick<SourceOptions, 'readFile' | 'problem'>,
): string | undefined {
  try {
    return readFile(path).trim() || undefined;
  } catch {
    problem(`${label} names a file that cannot be read: ${path}`);
    return undefined;
  }
}
