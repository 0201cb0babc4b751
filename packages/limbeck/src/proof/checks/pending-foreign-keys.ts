import { pendingSeverity } from "../pending-demands.ts";
import { rowsText, type DataCheck, type Probe } from "./check.ts";
import { orphansSql } from "./orphans.ts";

/** Rows that lead nowhere, and that a foreign key of a revision which is not applied will not take. */
export const pendingForeignKeys: DataCheck = {
  name: "pending foreign keys",
  look: (input) =>
    Promise.resolve(
      input.demands.flatMap((demand): Probe[] => {
        if (demand.kind !== "foreignKey") return [];
        const { relation: child, parentRelation: parent, columns, keys, isFull, revision, isMended } = demand;
        return [
          {
            object: child,
            sql: orphansSql({ child, parent, columns, keys, isFull }, input),
            finding: (n) => ({
              severity: pendingSeverity(isMended),
              message: `${rowsText(n)} with a (${columns.join(", ")}) that ${parent} does not have, against the foreign key of revision ${revision}`,
            }),
            asks: `the foreign key of revision ${revision}`,
          },
        ];
      }),
    ),
};
