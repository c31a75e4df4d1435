/** @file Plain records of named values, changed and taken apart without losing the types of their names. */

/** The record with `change` applied to each value. */
export function mapValues<Key extends string, Value, Result>(
  record: Readonly<Record<Key, Value>>,
  change: (value: Value, key: Key) => Result,
): Record<Key, Result> {
  const entries = Object.entries<Value>(record) as [Key, Value][]
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value, key)])) as Record<Key, Result>
}

/** The part of a record that has these keys; all of it without them. */
export function pick<Key extends string, Value>(
  record: Readonly<Record<string, Value>>,
  keys: readonly Key[] = Object.keys(record) as Key[],
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, record[key]])) as Record<Key, Value>
}
