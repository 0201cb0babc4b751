import {
  factOf,
  keyOf,
  type Attribute,
  type Attributes,
  type Fact,
  type FactKind,
  type Identity,
} from "../../schema/fact.ts";
import { Objects, type FoundObject } from "./objects.ts";
import type {
  CatalogRow,
  ColumnNamesRow,
  DefaultPrivilegesRow,
  DependencyRow,
  PartRow,
  RoleRow,
  TextRow,
} from "./parts.ts";
import { grantsOf } from "./privileges.ts";
import type { CatalogReader, ObjectRow, ReaderContext } from "./reader.ts";

/** All that one reading of the catalogs gives. */
export interface CatalogRows {
  readonly objects: readonly { readonly reader: CatalogReader; readonly rows: readonly ObjectRow[] }[];
  readonly catalogs: readonly CatalogRow[];
  readonly roles: readonly RoleRow[];
  readonly columnNames: readonly ColumnNamesRow[];
  readonly dependencies: readonly { readonly row: DependencyRow }[];
  readonly parts: readonly PartRow[];
  readonly texts: readonly TextRow[];
  readonly defaultPrivileges: readonly DefaultPrivilegesRow[];
}

export interface Assembled {
  readonly facts: readonly Fact[];
  readonly objects: Objects;
}

/** Makes facts out of rows, and knows which object of the catalogs each of them is. */
export function assemble(rows: CatalogRows): Assembled {
  const objects = new Objects(
    rows.catalogs,
    rows.dependencies.map(({ row }) => row),
  );
  const roles = new Map(rows.roles.map(({ oid, name }) => [oid, name]));
  const context = readerContext(rows.columnNames);
  const facts: Fact[] = [];
  const standsOn = ({ rows: [row] }: (typeof rows.objects)[number]): boolean => row?._on !== undefined;
  // What others are on has to be known before them.
  const inOrder = [...rows.objects.filter((some) => !standsOn(some)), ...rows.objects.filter(standsOn)];
  for (const { reader, rows: found } of inOrder) {
    const attributesOf = attributesReader(reader, found, context);
    for (const row of found) {
      const on = row._on === undefined ? undefined : objects.find(row._on_catalog ?? "pg_class", Number(row._on));
      if (row._on !== undefined && on === undefined) continue;
      const fact = factOfRow(row, on, attributesOf(row));
      if (fact.kind === "extension" && fact.identity.name === "plpgsql") continue;
      facts.push(fact, ...ownerAndGrants(fact, row, roles));
      const { kind, identity, key } = fact;
      const object = { key, subject: { kind, identity, parents: [key] } };
      objects.add(reader.catalog, Number(row._oid), row._number ?? 0, object);
      if (row._class !== undefined) objects.add("pg_class", Number(row._class), 0, object);
    }
  }
  facts.push(...rows.parts.flatMap((part) => grantsOnPart(part, objects)));
  facts.push(...defaultPrivileges(rows.defaultPrivileges, roles));
  facts.push(...textFacts(rows, objects));
  return { facts, objects };
}

/** What tells the attributes of a reader's rows, which all have the same columns. */
function attributesReader(
  { attributes }: CatalogReader,
  rows: readonly ObjectRow[],
  context: ReaderContext,
): (row: ObjectRow) => Attributes {
  const names = Object.keys(rows[0] ?? {}).filter((column) => !column.startsWith("_"));
  return (row) => {
    const columns = row as unknown as Attributes;
    const own: Record<string, Attribute> = {};
    for (const name of names) own[name] = columns[name]!;
    return attributes === undefined ? own : Object.assign(own, attributes(columns, context));
  };
}

/** Kinds whose names count inside what they are on; the name of an index counts in its schema. */
const NAMED_INSIDE: ReadonlySet<FactKind> = new Set([
  "column",
  "default",
  "constraint",
  "trigger",
  "policy",
  "rule",
  "user mapping",
  "published table",
  "published schema",
]);

function factOfRow(row: ObjectRow, on: FoundObject | undefined, attributes: Attributes): Fact {
  const { _kind: kind } = row;
  const identity = identityOf(row, on?.subject.identity);
  const parents = on === undefined ? [] : [on.key];
  if (kind === "default") parents.push(keyOf("column", identity));
  for (const { kind: parentKind, ...parent } of row._parents ?? []) {
    parents.push(keyOf(parentKind as FactKind, parent as unknown as Identity));
  }
  return factOf({ kind, identity, parents, position: row._number ?? 0, attributes });
}

function identityOf(
  { _kind, _schema, _name: name, _signature: signature }: ObjectRow,
  on: Identity | undefined,
): Identity {
  const schema = _schema ?? on?.schema ?? null;
  if (on !== undefined && NAMED_INSIDE.has(_kind)) return { schema, relation: on.name, name };
  return signature === undefined ? { schema, name } : { schema, name, signature };
}

function ownerAndGrants({ kind, identity, key }: Fact, row: ObjectRow, roles: ReadonlyMap<string, string>): Fact[] {
  const facts: Fact[] = [];
  const owner = roles.get(row._owner ?? "");
  if (owner !== undefined) {
    facts.push(
      factOf({ kind: "owner", identity: { ...identity, on: kind }, parents: [key], attributes: { role: owner } }),
    );
  }
  return [...facts, ...grantFacts(kind, identity, key, row._acl, row._default_acl)];
}

/** Makes a part of a fact known, to be a subject of its own. */
function grantsOnPart(part: PartRow, objects: Objects): Fact[] {
  const { kind, schema, relation, name } = part;
  const { kind: factKind, ...factIdentity } = part.of;
  const key = keyOf(factKind as FactKind, factIdentity as unknown as Identity);
  const identity: Identity = relation === null ? { schema, name } : { schema, relation, name };
  if (relation === null)
    objects.add("pg_class", Number(part.oid), 0, { key, subject: { kind, identity, parents: [key] } });
  return grantFacts(kind, identity, key, part.acl, part.default_acl);
}

function grantFacts(
  on: FactKind,
  identity: Identity,
  parent: string,
  acl: readonly string[] | null | undefined,
  defaults: readonly string[] | null | undefined,
): Fact[] {
  if (acl === null || acl === undefined) return [];
  return [...grantsOf(acl, defaults ?? [])].map(([role, attributes]) =>
    factOf({ kind: "grant", identity: { ...identity, on, role }, parents: [parent], attributes }),
  );
}

function defaultPrivileges(rows: readonly DefaultPrivilegesRow[], roles: ReadonlyMap<string, string>): Fact[] {
  return rows.flatMap(({ role, schema, objects, acl, default_acl: defaults }) =>
    [...grantsOf(acl, defaults ?? [])].map(([grantee, attributes]) =>
      factOf({
        kind: "default privileges",
        identity: { schema, name: roles.get(role) ?? role, signature: objects, role: grantee },
        parents: schema === null ? [] : [keyOf("schema", { schema: null, name: schema })],
        attributes,
      }),
    ),
  );
}

/** Comments and security labels. What belongs to an extension its author has described. */
function textFacts({ texts, columnNames }: CatalogRows, objects: Objects): Fact[] {
  const names = namesByRelation(columnNames);
  return texts.flatMap(({ class: catalog, object, number, provider, text }) => {
    const found = objects.at(Number(catalog), Number(object), number);
    if (found === undefined) return [];
    const { kind, identity, parents } = found.subject;
    const column = number === 0 || kind === "column" ? undefined : names.get(object)?.get(number);
    const subject: Identity =
      column === undefined
        ? { ...identity, on: kind }
        : { schema: identity.schema, relation: identity.name, name: column, on: "column" };
    return [
      provider === null
        ? factOf({ kind: "comment", identity: subject, parents, attributes: { text } })
        : factOf({
            kind: "security label",
            identity: { ...subject, role: provider },
            parents,
            attributes: { label: text },
          }),
    ];
  });
}

function namesByRelation(rows: readonly ColumnNamesRow[]): ReadonlyMap<string, ReadonlyMap<number, string>> {
  return new Map(
    rows.map(({ relation, numbers, names }) => [
      relation,
      new Map(numbers.map((number, index) => [number, names[index]!])),
    ]),
  );
}

function readerContext(rows: readonly ColumnNamesRow[]): ReaderContext {
  const byRelation = namesByRelation(rows);
  return {
    columnNames: (relation, numbers) => {
      const names = byRelation.get(relation as string);
      return ((numbers ?? []) as readonly number[]).map((number) => names?.get(number) ?? null);
    },
  };
}
