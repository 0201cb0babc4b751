import { pendingSeverity } from "../pending-demands.ts";
import { countSql, rowsText, sampleSql, type DataCheck, type Probe } from "./check.ts";

/** Rows that a check of a revision which is not applied will refuse. One that is neither true nor false refuses nothing. */
export const pendingChecks: DataCheck = {
  name: "pending checks",
  look: (input) =>
    Promise.resolve(
      input.demands.flatMap((demand): Probe[] => {
        if (demand.kind !== "check") return [];
        const { relation, expression, revision, isMended } = demand;
        return [
          {
            object: relation,
            sql: countSql(`FROM ${relation}${sampleSql(input)} WHERE NOT (${expression})`),
            finding: (n) => ({
              severity: pendingSeverity(isMended),
              message: `${rowsText(n)} against CHECK (${expression}) of revision ${revision}`,
            }),
            asks: `CHECK (${expression}) of revision ${revision}`,
          },
        ];
      }),
    ),
};
