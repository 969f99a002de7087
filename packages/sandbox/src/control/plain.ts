/** An object of the world as JSON: maps become objects, sets lists, and lists of objects the ids of these. */
export type Plain<T> = { [Name in keyof T]: PlainField<T[Name]> };

type PlainField<T> =
  T extends Map<string, infer Value>
    ? Record<string, PlainField<Value>>
    : T extends Set<infer Item>
      ? Item[]
      : T extends readonly unknown[]
        ? T
        : T extends Iterable<{ id: string }>
          ? string[]
          : T extends object
            ? Plain<T>
            : T;

export function plain<T extends object>(values: Iterable<T>): Plain<T>[] {
  return [...values].map(plainFields);
}

export function plainFields<T extends object>(value: T): Plain<T> {
  const fields = Object.entries(value).map(([name, field]) => [name, plainField(field)]);
  return Object.fromEntries(fields) as Plain<T>;
}

export function plainField(field: unknown): unknown {
  if (field instanceof Map) {
    return Object.fromEntries([...field].map(([key, value]) => [key, plainField(value)]));
  }
  if (field instanceof Set) return [...field];
  if (typeof field !== 'object' || field === null || Array.isArray(field)) return field;
  if (Symbol.iterator in field) return [...(field as Iterable<{ id: string }>)].map(({ id }) => id);
  return Object.fromEntries(Object.entries(field).map(([name, value]) => [name, plainField(value)]));
}
