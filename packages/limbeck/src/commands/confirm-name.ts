import { LimbeckError } from "../errors/limbeck-error.ts";
import type { Context } from "./context.ts";

/**
 * Lets whoever runs something say the name of the database that it is about to change: in advance, or when asked at the
 * terminal. `what` is a sentence about what will happen. Throws NOT_CONFIRMED.
 */
export async function confirmName(context: Context, what: string, given: string | undefined): Promise<void> {
  const { nameOf } = await import("../proof/backup/database-facts.ts");
  const { name } = nameOf(await context.session());
  const said = given ?? (await context.askText?.(`${what} Type the database's name, ${name}, to go on: `));
  if (said?.trim() === name) return;
  throw new LimbeckError("NOT_CONFIRMED", {
    message: `${what} ${said === undefined ? "Nobody has confirmed that" : `${JSON.stringify(said.trim())} is not its name`}, and nothing was done.`,
    hint: `If it is meant, say --confirm ${name} (in the library: \`confirm: ${JSON.stringify(name)}\`).`,
    details: { database: name },
  });
}
