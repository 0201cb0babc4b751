import { identifier } from "./identifiers.ts";
import { literal, quote } from "./literals.ts";

/** A server setting's value; a list for one that takes a list, as search_path does. */
export type SettingValue = string | number | boolean | readonly string[];

/** Server settings, as in `{ search_path: ["atlas", "pg_temp"] }`. Null takes one back. */
export type Settings<Value = SettingValue> = Readonly<Record<string, Value>>;

/** Settings as they stand among the attributes of a function. */
export function settingsSql(settings: Settings<SettingValue | null> = {}): string {
  return Object.entries(settings)
    .map(([name, value]) => (value === null ? `RESET ${nameSql(name)}` : `SET ${nameSql(name)} TO ${valueSql(value)}`))
    .join(" ");
}

function nameSql(name: string): string {
  return name.split(".").map(identifier).join(".");
}

function valueSql(value: SettingValue): string {
  if (typeof value !== "object") return literal(value);
  return value.length === 0 ? "''" : value.map(quote).join(", ");
}
