import { identifier } from "../../operations/language/identifiers.ts";
import { quote } from "../../operations/language/literals.ts";
import { pendingSeverity, type PendingDemand } from "../pending-demands.ts";
import { countSql, rowsText, sampleSql, type DataCheck, type Probe } from "./check.ts";

/** NULLs that a revision which is not applied will stumble over. */
export const pendingNotNull: DataCheck = {
  name: "pending NOT NULL",
  look: (input) =>
    Promise.resolve(
      input.demands.flatMap((demand): Probe[] => {
        const { relation, revision, isMended } = demand;
        if (demand.kind === "noRows") return [newColumn(demand)];
        if (demand.kind !== "notNull") return [];
        const [column] = demand.columns;
        return [
          {
            object: relation,
            sql: countSql(`FROM ${relation}${sampleSql(input)} WHERE ${identifier(column)} IS NULL`),
            finding: (n) => ({
              severity: pendingSeverity(isMended),
              message: `${rowsText(n)} without a value in ${column}, which revision ${revision} makes NOT NULL`,
            }),
          },
        ];
      }),
    ),
};

/** A domain may have a default of its own. */
function newColumn(demand: Extract<PendingDemand, { kind: "noRows" }>): Probe {
  const { relation, revision, isMended, column, type } = demand;
  const name = quote(type.map(identifier).join("."));
  const isFilled = `EXISTS (SELECT FROM pg_type WHERE oid = to_regtype(${name}) AND typdefault IS NOT NULL)`;
  return {
    object: relation,
    sql: countSql(`FROM ${relation} WHERE NOT ${isFilled}`),
    finding: (n) => ({
      severity: pendingSeverity(isMended),
      message: `${rowsText(n)} for which the new column ${column} of revision ${revision} has no value, and it is NOT NULL without a default`,
    }),
  };
}
