import { openSession } from "../database/open.ts";
import { readSchema } from "../database/read-schema.ts";
import { ensureRoles, loadOperations, loadSql } from "../database/scratch-load.ts";
import { withScratchDatabase } from "../database/scratch.ts";
import type { Session } from "../database/session.ts";
import type { Exclusion } from "../schema/exclude.ts";
import type { Schema } from "../schema/fact.ts";
import type { Authoring } from "../scripts/load.ts";
import { DRIZZLE_IS_SILENT_ON, readDrizzle } from "./drizzle.ts";
import { findSources, type Source } from "./find-sources.ts";
import { readSql } from "./sql.ts";

export interface TargetContext extends Exclusion {
  /** What relative paths count from. */
  readonly folder: string;
  /** The live database, beside which the target schema is built. */
  readonly session: Session;
  readonly env: NodeJS.ProcessEnv;
  readonly authoring: Authoring;
}

/**
 * Reads the target schema from Drizzle modules and SQL files, in the order in which they are named, or from a database.
 * Files are built in a scratch database and read from its catalogs, so that PostgreSQL has the last word on every type
 * and expression. Throws SCHEMA_SOURCE_INVALID.
 */
export async function readTargetSchema(targets: readonly string[], context: TargetContext): Promise<Schema> {
  const sources = findSources(targets, context.folder);
  const [first] = sources;
  if (first?.kind === "database") return await readDatabase(first.url, context);
  const schema = await withScratchDatabase(context.session, async (scratch) => {
    for (const source of sources) await loadSource(scratch, source, context);
    return await readSchema(scratch, context);
  });
  const silentOn = sources.every(({ kind }) => kind === "drizzle") ? DRIZZLE_IS_SILENT_ON : [];
  return { ...schema, silentOn };
}

async function readDatabase(url: string, context: TargetContext): Promise<Schema> {
  const session = await openSession(url, context.folder, context.env);
  try {
    return await readSchema(session, context);
  } finally {
    await session.close();
  }
}

async function loadSource(scratch: Session, source: Source, { authoring }: TargetContext): Promise<void> {
  if (source.kind === "sql") {
    for (const file of source.files) await loadSql(scratch, file, readSql(file));
  } else if (source.kind === "drizzle") {
    const { operations, roles } = await readDrizzle(source.files, authoring);
    await ensureRoles(scratch, source.files[0]!, roles);
    await loadOperations(scratch, source.files[0]!, operations);
  }
}
