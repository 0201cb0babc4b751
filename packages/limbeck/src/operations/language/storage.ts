/** Storage parameters of a table or an index, as in `{ fillfactor: 70 }`. */
export type StorageParameters = Readonly<Record<string, string | number | boolean>>;

/** New storage parameters; null takes one back to its default. */
export type StorageChanges = Readonly<Record<string, string | number | boolean | null>>;

export function storageSql(parameters: StorageParameters): string {
  return `WITH (${assignments(Object.entries(parameters))})`;
}

/** The actions of ALTER that set and reset storage parameters. */
export function storageActions(changes: StorageChanges): string[] {
  const entries = Object.entries(changes);
  const set = entries.filter(([, value]) => value !== null);
  const reset = entries.filter(([, value]) => value === null).map(([name]) => name);
  return [
    ...(set.length > 0 ? [`SET (${assignments(set)})`] : []),
    ...(reset.length > 0 ? [`RESET (${reset.join(", ")})`] : []),
  ];
}

function assignments(entries: readonly (readonly [name: string, value: unknown])[]): string {
  return entries.map(([name, value]) => `${name} = ${String(value)}`).join(", ");
}
