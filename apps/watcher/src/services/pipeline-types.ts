import type { Database } from "../store/database.ts";

/** The id of the pipeline type of that name, which is created when there is none. */
export async function pipelineTypeId(database: Database, name: string): Promise<number> {
  for (;;) {
    const [type] = await database.query<{ id: number }>(getOrCreate, [name]);
    if (type !== undefined) return type.id;
  }
}

/** Gives no row only when another request created the type meanwhile; the next try sees it. */
const getOrCreate = `
  WITH created AS (
    INSERT INTO pipeline_type (name) SELECT $1::varchar WHERE NOT EXISTS (SELECT FROM pipeline_type WHERE name = $1)
    ON CONFLICT (name) DO NOTHING
    RETURNING id
  )
  SELECT id FROM pipeline_type WHERE name = $1
  UNION ALL
  SELECT id FROM created`;
