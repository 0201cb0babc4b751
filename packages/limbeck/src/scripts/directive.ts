import { LimbeckError, type Location } from "../errors/limbeck-error.ts";

/**
 * Whether a line of SQL is the comment `-- limbeck: no-transaction`, which has what it stands above run outside a
 * transaction. Throws REVISION_FILE_INVALID when it says something else to limbeck.
 */
export function saysNoTransaction(line: string, where: Location | undefined): boolean {
  const said = /^\s*--\s*limbeck\s*:\s*(.*?)\s*$/i.exec(line)?.[1];
  if (said === undefined) return false;
  if (said === "no-transaction") return true;
  throw new LimbeckError("REVISION_FILE_INVALID", {
    message: `The line "-- limbeck: ${said}" says nothing that limbeck knows.`,
    hint: 'Write "-- limbeck: no-transaction", or another word in front of the colon.',
    ...(where === undefined ? {} : { where }),
  });
}
