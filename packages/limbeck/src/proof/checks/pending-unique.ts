import { identifier } from "../../operations/language/identifiers.ts";
import { pendingSeverity } from "../pending-demands.ts";
import { countSql, MOST_COUNTED, type DataCheck } from "./check.ts";

/** Duplicates that a unique index of a revision which is not applied will stumble over. A sample would miss their like. */
export const pendingUnique: DataCheck = {
  name: "pending unique",
  look: ({ demands }) =>
    Promise.resolve(
      demands.flatMap((demand) => {
        if (demand.kind !== "unique") return [];
        const { relation, revision, isMended, nullsEqual } = demand;
        const columns = demand.columns.map(identifier);
        const where = nullsEqual ? "" : ` WHERE ${columns.map((column) => `${column} IS NOT NULL`).join(" AND ")}`;
        return [
          {
            object: relation,
            sql: countSql(`FROM ${relation}${where} GROUP BY ${columns.join(", ")} HAVING count(*) > 1`),
            finding: (n: number) => ({
              severity: pendingSeverity(isMended),
              message: `${n > MOST_COUNTED ? `more than ${MOST_COUNTED}` : n} ${n === 1 ? "value" : "values"} of (${demand.columns.join(", ")}) in several rows, which revision ${revision} makes unique`,
            }),
          },
        ];
      }),
    ),
};
