import { displayName } from "../names.ts";
import type { Rule } from "../rule.ts";

export const constrainedDomain: Rule = {
  name: "constrained-domain",
  group: "style",
  severity: undefined,
  summary: "A domain with constraints makes every later change of it, and every new column of it, slow.",
  docs: {
    problem:
      "A constraint added later scans every table with a column of the domain, and a new column of it rewrites its table.",
    instead: ["CREATE DOMAIN postal_code AS text CHECK (VALUE ~ '^[0-9]{5}$');"],
    use: ["-- a CHECK on each table's column, which can be NOT VALID first"],
    operations: [`op.createCheckConstraint("city_code", "city", "code ~ '^[0-9]{5}$'", { notValid: true });`],
    locks: "None.",
  },
  check(action) {
    if (action.kind !== "create domain" || !action.constrained) return undefined;
    return {
      message: `The domain ${displayName(action.name)} has constraints, which are hard to change later.`,
      evidence: "static",
    };
  },
};
