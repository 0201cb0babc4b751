import { LimbeckError, isLimbeckError } from "./limbeck-error.ts";
import { reasonOf } from "./reason.ts";

/** An error as it is reported: what is no LimbeckError is a bug, and says so. */
export function reported(error: unknown): LimbeckError {
  if (isLimbeckError(error)) return error;
  return new LimbeckError("INTERNAL", {
    message: `Something unforeseen: ${reasonOf(error).split("\n")[0]}`,
    hint: "This is a bug in limbeck. LIMBECK_DEBUG=1 prints where it happened; please report it.",
    cause: error,
  });
}
