import { readFileSync } from "node:fs";
import { LimbeckError } from "../errors/limbeck-error.ts";

/** Reads a file of SQL. Throws SCHEMA_SOURCE_INVALID. */
export function readSql(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    throw new LimbeckError("SCHEMA_SOURCE_INVALID", {
      message: `The target schema's file cannot be read: ${(cause as Error).message}.`,
      hint: "Check the file and its permissions.",
      where: { file },
      cause,
    });
  }
}
