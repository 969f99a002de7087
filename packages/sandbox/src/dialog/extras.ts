/** What stands at a path inside `extras`, whatever that is; undefined where the path leads nowhere. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    return typeof inner === 'object' && inner !== null ? (Reflect.get(inner, key) as unknown) : undefined;
  }, value);
}

/** A text or a number at `key`, cut to what a form can show; undefined where there is none. */
export function text(value: unknown, key: string, longest = 120): string | undefined {
  const found = at(value, key);
  if (typeof found !== 'string' && typeof found !== 'number') return undefined;
  return String(found).trim().slice(0, longest) || undefined;
}

/** The first of a list of ids, as text. */
export function firstId(value: unknown): string | undefined {
  const [first] = Array.isArray(value) ? (value as unknown[]) : [];
  return typeof first === 'string' || typeof first === 'number' ? String(first) : undefined;
}
