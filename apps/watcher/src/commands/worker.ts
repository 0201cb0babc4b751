import { channelsOf, openDatabase, queueOf, startWork, untilAborted, type Context } from "./context.ts";

/** Works on jobs, and serves nothing, until told to stop. Any number of workers may run beside each other. */
export async function worker(context: Context): Promise<void> {
  const { database } = await openDatabase(context);
  const queue = queueOf(context, database, true);
  try {
    await startWork(context, database, queue, channelsOf(context));
    context.logger.info(`Watcher works (${database.kind} database)`);
    await untilAborted(context.signal);
    context.logger.info("Watcher stops");
  } finally {
    await queue.close();
    await database.close();
  }
}
