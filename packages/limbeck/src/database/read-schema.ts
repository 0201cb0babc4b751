import { withoutExcluded, type Exclusion } from "../schema/exclude.ts";
import {
  factOf,
  keyOf,
  schemaOf,
  type Attributes,
  type Fact,
  type FactKind,
  type Identity,
  type Schema,
} from "../schema/fact.ts";
import { withoutInherited } from "../schema/inheritance.ts";
import { constraintQuery, indexQuery, policyQuery, ruleQuery, triggerQuery } from "./read-schema-parts.ts";
import { columnQuery, sequenceQuery, tableQuery, viewQuery } from "./read-schema-relations.ts";
import { extensionQuery, routineQuery, schemaQuery, typeQuery } from "./read-schema-types.ts";
import { unmodelledQuery } from "./read-schema-unmodelled.ts";
import type { Session } from "./session.ts";

export interface ReadSchemaOptions extends Exclusion {
  /** The schemas to read. By default all but PostgreSQL's own and those that extensions brought. */
  readonly schemas?: readonly string[];
}

/** Each gives rows of the form `FactRow`; `$1` is the list of the schemas' oids. */
const QUERIES: readonly ((majorVersion: number) => string)[] = [
  schemaQuery,
  extensionQuery,
  typeQuery,
  sequenceQuery,
  tableQuery,
  columnQuery,
  constraintQuery,
  indexQuery,
  viewQuery,
  routineQuery,
  triggerQuery,
  policyQuery,
  ruleQuery,
];

/**
 * Reads the schema of a database from its catalogs. Writes nothing, and leaves the session as it was: outside a
 * transaction it reads in one of its own, inside one under a savepoint.
 */
export async function readSchema(session: Session, options: ReadSchemaOptions = {}): Promise<Schema> {
  return await undisturbed(session, async () => {
    const majorVersion = await readMajorVersion(session);
    const schemas = await readSchemaOids(session, options.schemas);
    const facts: Fact[] = [];
    for (const query of QUERIES) {
      const rows = await session.query<FactRow>(query(majorVersion), [schemas]);
      for (const row of rows) facts.push(...factsOf(row));
    }
    const unmodelled = await session.query<Schema["unmodelled"][number]>(unmodelledQuery(), [schemas]);
    return schemaOf(withoutExcluded(withoutInherited(facts), options), {
      unmodelled: unmodelled.map(({ kind, name }) => ({ kind, name })),
    });
  });
}

/** What every query gives. JSON comes as text, so that no parser of the session's owner stands in between. */
interface FactRow {
  readonly kind: FactKind;
  readonly schema: string | null;
  /** What the object is on, by its kind and its name in the same schema. */
  readonly relation_kind: FactKind | null;
  readonly relation: string | null;
  readonly name: string;
  readonly signature: string | null;
  readonly position: number;
  readonly attributes: string;
  readonly comment: string | null;
  /** Kind and identity of a parent as JSON, beside what the object is on. */
  readonly parent: string | null;
}

/** Kinds whose names count inside a relation; the name of an index counts in its schema. */
const NAMED_IN_RELATION: ReadonlySet<FactKind> = new Set(["column", "constraint", "trigger", "policy", "rule"]);

/** The fact of a row, and the fact of its comment if it has one. */
function factsOf(row: FactRow): Fact[] {
  const { kind, schema, relation, name, signature, position, comment } = row;
  const identity: Identity = {
    schema,
    ...(relation !== null && NAMED_IN_RELATION.has(kind) && { relation }),
    name,
    ...(signature !== null && { signature }),
  };
  const attributes = JSON.parse(row.attributes) as Attributes;
  const own = factOf({ kind, identity, parents: parentKeys(row), position, attributes });
  if (comment === null) return [own];
  return [
    own,
    factOf({ kind: "comment", identity: { ...identity, on: kind }, parents: [own.key], attributes: { text: comment } }),
  ];
}

function parentKeys({ schema, relation_kind, relation, parent }: FactRow): string[] {
  const keys: string[] = [];
  if (relation_kind !== null && relation !== null) keys.push(keyOf(relation_kind, { schema, name: relation }));
  if (parent !== null) {
    const { kind, ...identity } = JSON.parse(parent) as Identity & { readonly kind: FactKind };
    keys.push(keyOf(kind, identity));
  }
  return keys;
}

async function readMajorVersion(session: Session): Promise<number> {
  const [row] = await session.query<{ version: string }>("select current_setting('server_version_num') as version");
  return Math.floor(Number(row!.version) / 10_000);
}

/** As PostgreSQL's array text, since drivers differ in how they send arrays. */
async function readSchemaOids(session: Session, names: readonly string[] | undefined): Promise<string> {
  const rows = await session.query<{ oid: string; name: string }>(
    `select n.oid::text as oid, n.nspname as name
       from pg_namespace n
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and not exists (
          select from pg_depend d where d.classid = 'pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e')`,
  );
  const chosen = rows.filter(({ name }) => names === undefined || names.includes(name));
  return `{${chosen.map(({ oid }) => oid).join(",")}}`;
}

const SAVEPOINT = "limbeck_read_schema";

/** Settings that change how PostgreSQL prints names and constants; and no compiling of queries that run once. */
const SETTINGS = {
  search_path: "",
  quote_all_identifiers: "off",
  datestyle: "ISO, MDY",
  intervalstyle: "postgres",
  timezone: "UTC",
  extra_float_digits: "1",
  bytea_output: "hex",
  jit: "off",
};

/** Runs `read` on one snapshot and under settings of its own, and takes all of that back afterwards. */
async function undisturbed<Result>(session: Session, read: () => Promise<Result>): Promise<Result> {
  const inside = await isInTransaction(session);
  await session.query(
    inside ? `savepoint ${SAVEPOINT}` : "begin transaction isolation level repeatable read, read only",
  );
  try {
    const settings = Object.entries(SETTINGS).map(([name, value]) => `set_config('${name}', '${value}', true)`);
    await session.query(`select ${settings.join(", ")}`);
    return await read();
  } finally {
    await session.query(inside ? `rollback to savepoint ${SAVEPOINT}` : "rollback");
    if (inside) await session.query(`release savepoint ${SAVEPOINT}`);
  }
}

/** Outside a transaction block, a setting made for the transaction is gone with the statement that made it. */
async function isInTransaction(session: Session): Promise<boolean> {
  await session.query("select set_config('limbeck.in_transaction', 'yes', true)");
  const [row] = await session.query<{ inside: boolean | null }>(
    "select current_setting('limbeck.in_transaction', true) = 'yes' as inside",
  );
  return row!.inside === true;
}
