import { boolean, integer, list, nullable, object, string } from "./description.ts";
import type { Schema } from "./input/fields.ts";

const failure = object({ error: object({ code: string, message: string }) });
const found = (result: Schema): Schema => ({ anyOf: [result, failure] });

/** A report of the revisions, for the description of the API. */
export const migrationReport: Schema = object({
  head: list(string),
  current: list(string),
  revisions: list(
    object({
      revision: string,
      downRevision: list(string),
      dependsOn: list(string),
      branchLabels: list(string),
      message: string,
      createDate: nullable(string),
      state: { type: "string", enum: ["applied", "pending"] },
      head: boolean,
    }),
  ),
  runs: list(
    object({
      revision: string,
      direction: string,
      status: string,
      startedAt: string,
      durationMs: nullable(integer),
      user: nullable(string),
      host: nullable(string),
      applicationVersion: nullable(string),
      error: nullable(string),
    }),
  ),
  pendingSql: found(string),
  findings: found(
    list(
      object({
        rule: string,
        severity: string,
        revision: nullable(string),
        message: string,
        statement: string,
        line: nullable(integer),
      }),
    ),
  ),
  drift: found(list(object({ kind: string, object: string, message: string }))),
  checkedAt: string,
});
