import { LimbeckError } from "../errors/limbeck-error.ts";
import type { Context } from "./context.ts";
import { show } from "./show.ts";

export interface EditResult {
  /** The files to open, absolute. */
  readonly paths: readonly string[];
}

/** The files of the revisions that an identifier names. */
export async function edit(context: Context, identifier: string): Promise<EditResult> {
  const { revisions } = await show(context, identifier);
  if (revisions.length === 0) {
    throw new LimbeckError("REVISION_NOT_FOUND", {
      message: `${identifier} names no revision: ${identifier === "current" ? "nothing is applied" : "there is none"}.`,
      hint: "Name one, such as `limbeck edit head`.",
    });
  }
  return { paths: revisions.map(({ path }) => path) };
}
