import { buildApp } from "../app.ts";
import { readUi } from "../ui.ts";
import { channelsOf, openDatabase, queueOf, startWork, untilAborted, type Context } from "./context.ts";

/** Serves the API and the pages, and works on jobs beside it, until told to stop; then ends what is under way, and closes. */
export async function serve(context: Context): Promise<void> {
  const { settings, logger, signal } = context;
  const { database, readStatus, migrations } = await openDatabase(context);
  const channels = channelsOf(context);
  const queue = queueOf(context, database, settings.worker);
  const options = { ...settings, channels: channels.map(({ name }) => name) };
  const ui = readUi();
  if (ui.length === 0) logger.warn("There are no pages: npm run build makes them");
  const app = buildApp({ database, queue, readStatus, migrations, logger, options, ui });
  try {
    await app.listen({
      host: settings.host,
      port: settings.port,
      listenTextResolver: (address) =>
        `Watcher serves on http://${settings.host}:${new URL(address).port} (${database.kind} database)`,
    });
    if (settings.worker) await startWork(context, database, queue, channels);
    await untilAborted(signal);
    logger.info("Watcher stops");
  } finally {
    await app.close();
    await queue.close();
    await database.close();
  }
}
