import { fillWithDemo } from "../services/demo.ts";
import { openDatabase, type Context } from "./context.ts";

/** Fills the database with pipelines that look as if they had run for a month. */
export async function demo(context: Context): Promise<string> {
  const { database } = await openDatabase(context);
  try {
    const { pipelines, executions } = await fillWithDemo(database);
    return `Made ${pipelines} pipelines with ${executions} executions of the last 30 days.`;
  } finally {
    await database.close();
  }
}
