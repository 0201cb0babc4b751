import type { Entity, EntityColumn, EntityDiagram, Relationship } from "../schema/entities.ts";
import type { Context } from "./context.ts";
import { withSource } from "./schemas.ts";

export interface ErdOptions {
  /** A URL of a database, a `.sql` file, a Drizzle module, a folder of them, or `rev:ID`; the live database by default. */
  readonly source?: string;
}

export type { Entity, EntityColumn, EntityDiagram, Relationship };

/** The tables of a schema and what points from one to another. */
export async function erd(context: Context, { source }: ErdOptions = {}): Promise<EntityDiagram> {
  const { entitiesOf } = await import("../schema/entities.ts");
  return await withSource(context, { source }, async (read) => entitiesOf(await read()));
}
