import { identifier } from "../../operations/language/identifiers.ts";
import { pendingSeverity } from "../pending-demands.ts";
import { countSql, rowsText, sampleSql, type DataCheck } from "./check.ts";

/** NULLs that a revision which is not applied will stumble over. */
export const pendingNotNull: DataCheck = {
  name: "pending NOT NULL",
  look: (input) =>
    Promise.resolve(
      input.demands
        .filter(({ kind }) => kind === "notNull")
        .map(({ relation, columns, revision, isMended }) => ({
          object: relation,
          sql: countSql(`FROM ${relation}${sampleSql(input)} WHERE ${identifier(columns[0])} IS NULL`),
          finding: (n) => ({
            severity: pendingSeverity(isMended),
            message: `${rowsText(n)} without a value in ${columns[0]}, which revision ${revision} makes NOT NULL`,
          }),
        })),
    ),
};
