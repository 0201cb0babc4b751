import type { Context } from "./context.ts";
import { show } from "./show.ts";

export interface EditResult {
  /** The files to open, absolute. */
  readonly paths: readonly string[];
}

/** The files of the revisions that an identifier names. */
export async function edit(context: Context, identifier: string): Promise<EditResult> {
  const { revisions } = await show(context, identifier);
  return { paths: revisions.map(({ path }) => path) };
}
