import { identifier } from "../../operations/language/identifiers.ts";
import { displayName, sameName } from "../names.ts";
import { call } from "../recipes.ts";
import type { Rule } from "../rule.ts";

export const domainConstraintScan: Rule = {
  name: "domain-constraint-scan",
  group: "blocking",
  severity: "error",
  summary: "A constraint on a domain is checked in every table that uses it, under a lock that stops writers.",
  docs: {
    problem:
      "SHARE on every table with a column of the domain, through a scan of each. VALIDATE CONSTRAINT takes the same lock, unlike a table's. " +
      "NOT VALID takes none, nor does a domain that no column uses.",
    instead: ["ALTER DOMAIN postal_code ADD CONSTRAINT digits CHECK (VALUE ~ '^[0-9]+$');"],
    use: [
      "ALTER DOMAIN postal_code ADD CONSTRAINT digits CHECK (VALUE ~ '^[0-9]+$') NOT VALID;",
      "ALTER DOMAIN postal_code VALIDATE CONSTRAINT digits;  -- at a quiet time",
    ],
    operations: [
      `op.addDomainConstraint("postal_code", "digits", "VALUE ~ '^[0-9]+$'", { notValid: true });`,
      `op.validateDomainConstraint("postal_code", "digits");`,
    ],
    locks: "None for the first step, SHARE on each table for the second.",
  },
  check(action, { state, catalog }) {
    if (action.kind !== "domain constraint" || action.notValid) return undefined;
    const { domain, name } = action;
    const facts = catalog?.domain({ ...domain, modifiers: [], array: false });
    if (facts?.used === false || state.madeTypes.some((made) => sameName(made.name, domain))) return undefined;
    const said = displayName(domain);
    return {
      message: `Every table with a column of the domain ${said} is scanned while nobody can write to it.`,
      lock: "SHARE",
      work: "scan",
      evidence: facts === undefined ? "static" : "catalog",
      ...(action.how === "add" && {
        recipe: {
          sql: [`ALTER DOMAIN ${said} ADD CONSTRAINT ${identifier(name ?? "…")} CHECK (…) NOT VALID;`],
          operations: [`op.addDomainConstraint(${call(domain.name)}, ${call(name ?? "…")}, "…", { notValid: true });`],
        },
      }),
    };
  },
};
