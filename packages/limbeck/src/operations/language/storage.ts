/** Storage parameters of a table or an index, as in `{ fillfactor: 70 }`. */
export type StorageParameters = Readonly<Record<string, string | number | boolean>>;

export function storageSql(parameters: StorageParameters): string {
  const list = Object.entries(parameters).map(([name, value]) => `${name} = ${value}`);
  return `WITH (${list.join(", ")})`;
}
