import { openSession } from "../packages/limbeck/dist/database/open.js";
import { readSchema } from "../packages/limbeck/dist/database/read-schema.js";

/** Reads the schema of the database that is named, and nothing else. */
const session = await openSession(process.argv[2], "/", process.env);
await readSchema(session);
await session.close();
