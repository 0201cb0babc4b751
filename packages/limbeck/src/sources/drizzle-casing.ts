import type { Column } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { DrizzleLibrary } from "./drizzle-library.ts";

/** How Drizzle makes a column's name of its key. */
export type Casing = "snake_case" | "camelCase";

/**
 * Names the columns of a table that have their key as their name. Foreign keys, indexes and expressions ask the columns, and
 * those that an index is made of are a second set of them.
 */
export function nameColumns(table: PgTable, casing: Casing, { orm }: DrizzleLibrary): void {
  const { Columns, ExtraConfigColumns } = (orm.Table as unknown as { Symbol: Record<string, keyof PgTable> }).Symbol;
  for (const columns of [table[Columns!], table[ExtraConfigColumns!]] as unknown as Record<string, Column>[]) {
    for (const column of Object.values(columns)) {
      const named = column as { name: string; keyAsName: boolean };
      if (named.keyAsName) named.name = inCase(named.name, casing);
    }
  }
}

/** A key in the other way of writing, its words told apart as Drizzle does it. */
function inCase(key: string, casing: Casing): string {
  const words = key.replace(/['\u2019]/g, "").match(/[\da-z]+|[A-Z]+(?![a-z])|[A-Z][\da-z]+/g) ?? [];
  if (casing === "snake_case") return words.join("_").toLowerCase();
  return words
    .map((word, index) => (index === 0 ? word.toLowerCase() : word[0]!.toUpperCase() + word.slice(1)))
    .join("");
}
