/** Reads the schema of the database that is named, and nothing else. */
async function probe(url: string): Promise<void> {
  const { openSession } = await import("../packages/limbeck/src/database/open.ts");
  const { readSchema } = await import("../packages/limbeck/src/database/read-schema.ts");
  const session = await openSession(url, "/", process.env);
  await readSchema(session);
  await session.close();
}

void probe(process.argv[2]!);
