import { grant } from "../../operations/grant.ts";
import { grantDefaultPrivileges } from "../../operations/grant-default-privileges.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import type { DefaultPrivilegeTarget, Privilege, PrivilegeTarget } from "../../operations/language/privileges.ts";
import type { Operation } from "../../operations/operation.ts";
import { revoke } from "../../operations/revoke.ts";
import { revokeDefaultPrivileges } from "../../operations/revoke-default-privileges.ts";
import { factOf, type Fact } from "../fact.ts";
import { texts } from "./attributes.ts";
import { objectSql, userSql, splitTypes } from "./names.ts";
import { REPLACE, type Rule, type RuleContext } from "./rule.ts";
import { isNew } from "./sequence-owner.ts";

/** What a role may do, against what it could do anyway. */
interface Rights {
  readonly privileges: readonly Privilege[];
  readonly grantable: readonly Privilege[];
  readonly revoked: readonly Privilege[];
}

const NONE: Rights = { privileges: [], grantable: [], revoked: [] };

function rightsOf(fact: Fact | undefined): Rights {
  if (fact === undefined) return NONE;
  const list = (name: string): readonly Privilege[] => texts(fact, name) as readonly Privilege[];
  return { privileges: list("privileges"), grantable: list("grantable"), revoked: list("revoked") };
}

/** GRANT and REVOKE in the order in which they have to run. */
interface Step {
  readonly verb: "grant" | "revoke";
  readonly privileges: readonly Privilege[];
  /** With the right to grant it on, or that right alone taken away. */
  readonly option: boolean;
}

function stepsBetween(live: Rights, target: Rights): Step[] {
  const without = (list: readonly Privilege[], ...others: readonly (readonly Privilege[])[]): Privilege[] =>
    list.filter((item) => !others.some((other) => other.includes(item)));
  const taken = [...without(live.privileges, target.privileges), ...without(target.revoked, live.revoked)];
  const optionless = without(live.grantable, target.grantable, taken);
  const optional = without(target.grantable, live.grantable);
  const given = [
    ...without(target.privileges, live.privileges, optional),
    ...without(live.revoked, target.revoked, optional),
  ];
  const steps: Step[] = [
    { verb: "revoke", privileges: taken, option: false },
    { verb: "revoke", privileges: optionless, option: true },
    { verb: "grant", privileges: given, option: false },
    { verb: "grant", privileges: optional, option: true },
  ];
  return steps.filter(({ privileges }) => privileges.length > 0);
}

export const grantRule: Rule = {
  create: (fact, context) => operations(initial(fact, context), fact, context),
  drop: (fact, context) => (isGone(fact, context) ? [] : operations(fact, undefined, context)),
  change: (live, target, context) =>
    target.identity.by === undefined ? { operations: operations(live, target, context) } : REPLACE,
};

/** Default privileges give a new object rights of its own. */
function initial({ key, identity, parents }: Fact, context: RuleContext): Fact | undefined {
  if (!isNew(parents[0]!, context)) return undefined;
  const { on, role: _, by: __, ...subject } = identity;
  const object = factOf({ kind: on!, identity: subject, attributes: {} });
  return context.givenToNew(object).find((given) => given.key === key);
}

/** Takes from a new object the rights that default privileges give it and that it is not to have. */
export function takenBack(fact: Fact, context: RuleContext): Operation[] {
  return context
    .givenToNew(fact)
    .filter(({ key }) => !context.target.facts.has(key))
    .flatMap((given) => operations(given, undefined, context));
}

/** With the role's object the rights are gone. */
function isGone({ key, identity, parents }: Fact, { fateOf }: RuleContext): boolean {
  return (
    (identity.by === undefined && fateOf(key) === "replaced") || ["dropped", "replaced"].includes(fateOf(parents[0]!))
  );
}

function operations(live: Fact | undefined, target: Fact | undefined, context: RuleContext): Operation[] {
  const fact = (target ?? live)!;
  const on = privilegeTarget(fact, context);
  const role = fact.identity.role!;
  const steps = stepsBetween(rightsOf(live), rightsOf(target)).map(({ verb, privileges, option }) => {
    if (on === undefined) return rawStep(fact, verb, privileges, option);
    if (verb === "grant") return grant(privileges, on, [role], frozen({ grantOption: option || undefined }));
    return revoke(privileges, on, [role], frozen({ grantOptionFor: option || undefined }));
  });
  return grantedBy(fact.identity.by, steps);
}

/** Only who runs GRANT can be recorded as the one who granted: GRANTED BY takes nobody else (manual, GRANT). */
function grantedBy(role: string | undefined, steps: readonly Operation[]): Operation[] {
  if (role === undefined || steps.length === 0) return [...steps];
  return [execute(`SET ROLE ${identifier(role)}`), ...steps, execute("RESET ROLE")];
}

function rawStep(fact: Fact, verb: Step["verb"], privileges: readonly Privilege[], option: boolean): Operation {
  const { on, role, ...subject } = fact.identity;
  const list = privileges.map((name) => name.toUpperCase()).join(", ");
  const object = objectSql(subject, on!).replace(/^SERVER/, "FOREIGN SERVER");
  const who = userSql(role!);
  return execute(
    verb === "grant"
      ? `GRANT ${list} ON ${object} TO ${who}${option ? " WITH GRANT OPTION" : ""}`
      : `REVOKE ${option ? "GRANT OPTION FOR " : ""}${list} ON ${object} FROM ${who}`,
  );
}

function privilegeTarget(fact: Fact, context: RuleContext): PrivilegeTarget | undefined {
  const { on, name, relation, signature } = fact.identity;
  const schema = context.schema(fact.identity);
  switch (on) {
    case "table":
    case "view":
    case "materialized view":
    case "foreign table":
      return frozen({ kind: "table", name, schema });
    case "column":
      return frozen({ kind: "table", name: relation!, schema, columns: [name] });
    case "sequence":
      return frozen({ kind: "sequence", name, schema });
    case "enum":
    case "composite type":
    case "range type":
    case "base type":
      return frozen({ kind: "type", name, schema });
    case "domain":
      return frozen({ kind: "domain", name, schema });
    case "aggregate":
      return frozen({ kind: "function", name, schema, arguments: signature ? splitTypes(signature) : [] });
    case "function":
    case "procedure":
      return frozen({ kind: on, name, schema, arguments: signature === "" ? [] : splitTypes(signature!) });
    case "schema":
    case "language":
    case "foreign data wrapper":
    case "foreign server":
      return { kind: on, name };
    default:
      return undefined;
  }
}

export const defaultPrivilegesRule: Rule = {
  create: (fact) => defaults(undefined, fact),
  drop: (fact) => defaults(fact, undefined),
  change: (live, target) => ({ operations: defaults(live, target), unrelated: true }),
};

const OBJECTS: ReadonlySet<string> = new Set(["tables", "sequences", "functions", "types", "schemas"]);

function defaults(live: Fact | undefined, target: Fact | undefined): Operation[] {
  const fact = (target ?? live)!;
  const { name, schema, signature, role } = fact.identity;
  const scope = { forRole: [name], inSchema: schema === null ? undefined : [schema] };
  const on = signature as DefaultPrivilegeTarget;
  return stepsBetween(rightsOf(live), rightsOf(target)).map(({ verb, privileges, option }) => {
    if (!OBJECTS.has(on)) return rawDefaults(fact, verb, privileges, option);
    if (verb === "grant") {
      return grantDefaultPrivileges(privileges, on, [role!], frozen({ ...scope, grantOption: option || undefined }));
    }
    return revokeDefaultPrivileges(privileges, on, [role!], frozen({ ...scope, grantOptionFor: option || undefined }));
  });
}

function rawDefaults(fact: Fact, verb: Step["verb"], privileges: readonly Privilege[], option: boolean): Operation {
  const { name, schema, signature, role } = fact.identity;
  const list = privileges.map((privilege) => privilege.toUpperCase()).join(", ");
  const scope = `FOR ROLE ${identifier(name)}${schema === null ? "" : ` IN SCHEMA ${identifier(schema)}`}`;
  const what = `${list} ON ${signature!.toUpperCase()}`;
  return execute(
    verb === "grant"
      ? `ALTER DEFAULT PRIVILEGES ${scope} GRANT ${what} TO ${userSql(role!)}${option ? " WITH GRANT OPTION" : ""}`
      : `ALTER DEFAULT PRIVILEGES ${scope} REVOKE ${option ? "GRANT OPTION FOR " : ""}${what} FROM ${userSql(role!)}`,
  );
}
