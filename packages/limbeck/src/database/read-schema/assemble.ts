import {
  factOf,
  keyOf,
  type Attribute,
  type Attributes,
  type Fact,
  type FactKind,
  type Identity,
} from "../../schema/fact.ts";
import { Names } from "./names.ts";
import { Objects, type FoundObject } from "./objects.ts";
import type {
  CatalogRow,
  ColumnNameRow,
  DefaultPrivilegesRow,
  DependenciesRow,
  PartRow,
  RoleRow,
  TableRow,
  TextRow,
} from "./parts.ts";
import { grantsOf } from "./privileges.ts";
import type { Acl, CatalogReader, ObjectRow, ReaderContext } from "./reader.ts";
import { COMMENTED_CATALOGS } from "./unread.ts";
import { attributeColumns, eachRow, recordOf, type Answer } from "./rows.ts";

/** What has to be known before objects are. */
export interface RowsBefore {
  readonly catalogs: readonly CatalogRow[];
  readonly roles: readonly RoleRow[];
  readonly columnNames: readonly ColumnNameRow[];
  readonly tables: readonly TableRow[];
}

/** What is about objects, and comes after them. */
export interface RowsAfter {
  readonly parts: readonly PartRow[];
  readonly texts: readonly TextRow[];
  readonly defaultPrivileges: readonly DefaultPrivilegesRow[];
  readonly dependencies: readonly DependenciesRow[];
}

/** Makes facts out of rows as they arrive, and knows which object of the catalogs each of them is. */
export class Assembly {
  readonly facts: Fact[] = [];
  readonly objects: Objects;
  readonly #roles: ReadonlyMap<string, string>;
  readonly #names: Names;

  constructor({ catalogs, roles, columnNames, tables }: RowsBefore) {
    this.objects = new Objects(catalogs);
    this.#roles = new Map(roles.map(({ oid, name }) => [oid, name]));
    this.#names = new Names(columnNames, tables);
  }

  /** Takes the objects of one catalog. What they are on has to be there, and the columns that they name. */
  addObjects(reader: CatalogReader, answer: Answer): void {
    const { facts, objects } = this;
    const names = this.#names;
    const attributesOf = attributesReader(reader, answer, names);
    eachRow(reader, answer, (row, columns) => {
      const kind = reader.kind ?? row._kind!;
      if (kind === "column") names.addColumn(Number(row._on), row._number!, row._name);
      const on = row._on === undefined ? undefined : objects.find(row._on_catalog ?? "pg_class", Number(row._on));
      if (row._on !== undefined && on === undefined) return;
      if (kind === "table" || kind === "foreign table") names.addTable(Number(row._oid), row._schema!, row._name);
      const fact = factOfRow(kind, row, on, attributesOf(columns));
      if (kind === "extension" && fact.identity.name === "plpgsql") return;
      facts.push(fact);
      addOwnerAndGrants(facts, fact, row, this.#roles);
      objects.add(reader.catalog, Number(row._oid ?? row._on), row._number ?? 0, fact);
      if (row._class !== undefined) objects.add("pg_class", Number(row._class), 0, fact);
    });
  }

  /** Takes what is about the objects, when they are all there. Says whether there may be comments that no fact describes. */
  finish({ parts, texts, defaultPrivileges, dependencies }: RowsAfter): boolean {
    this.facts.push(...parts.flatMap((part) => grantsOnPart(part, this.objects, this.#roles)));
    this.facts.push(...defaultPrivilegesFacts(defaultPrivileges, this.#roles));
    this.facts.push(...textFacts(texts, this.#names, this.objects));
    this.objects.addDependencies(dependencies);
    const commented = new Set(COMMENTED_CATALOGS.map((name) => this.objects.catalog(name)));
    return texts.some(
      ({ class: catalog, object, number }) =>
        commented.has(Number(catalog)) && this.objects.at(Number(catalog), Number(object), number) === undefined,
    );
  }
}

/** What tells the attributes of a reader's rows, which all have the same columns. */
function attributesReader(
  reader: CatalogReader,
  answer: Answer,
  context: ReaderContext,
): (columns: Attributes) => Attributes {
  const names = attributeColumns(reader, answer);
  const { attributes } = reader;
  const empty = recordOf(names) as Record<string, Attribute>;
  return (columns) => {
    if (attributes !== undefined && names.length === 0) return attributes(columns, context);
    const own = { ...empty };
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

function factOfRow(kind: FactKind, row: ObjectRow, on: FoundObject | undefined, attributes: Attributes): Fact {
  const identity = identityOf(kind, row, on?.identity);
  const parents = on === undefined ? [] : [on.key];
  if (kind === "default") parents.push(keyOf("column", identity));
  for (const { kind: parentKind, ...parent } of row._parents ?? []) {
    parents.push(keyOf(parentKind as FactKind, parent as unknown as Identity));
  }
  return factOf({ kind, identity, parents, position: row._number ?? 0, attributes });
}

function identityOf(
  kind: FactKind,
  { _schema, _name: name, _signature: signature }: ObjectRow,
  on: Identity | undefined,
): Identity {
  const schema = _schema ?? on?.schema ?? null;
  if (on !== undefined && NAMED_INSIDE.has(kind)) return { schema, relation: on.name, name };
  return signature === undefined ? { schema, name } : { schema, name, signature };
}

function addOwnerAndGrants(
  facts: Fact[],
  { kind, identity, key }: Fact,
  row: ObjectRow,
  roles: ReadonlyMap<string, string>,
): void {
  const role = roles.get(row._owner ?? "");
  if (role !== undefined) {
    facts.push(factOf({ kind: "owner", identity: { ...identity, on: kind }, parents: [key], attributes: { role } }));
  }
  if (row._acl) facts.push(...grantFacts(kind, identity, key, row._acl, roles));
}

/** Makes a part of a fact known, to be a subject of its own. */
function grantsOnPart(part: PartRow, objects: Objects, roles: ReadonlyMap<string, string>): Fact[] {
  const { kind, schema, relation, name } = part;
  const { kind: factKind, ...factIdentity } = part.of;
  const key = keyOf(factKind as FactKind, factIdentity as unknown as Identity);
  const identity: Identity = relation === null ? { schema, name } : { schema, relation, name };
  if (relation === null) objects.add("pg_class", Number(part.oid), 0, { key, kind, identity });
  return part.acl === null ? [] : grantFacts(kind, identity, key, part.acl, roles);
}

function grantFacts(
  on: FactKind,
  identity: Identity,
  parent: string,
  [given, byItself, owner]: Acl,
  roles: ReadonlyMap<string, string>,
): Fact[] {
  return grantsOf(given, byItself ?? [], roles.get(owner)).map(({ role, by, attributes }) => {
    const whose = by === undefined ? { role } : { role, by };
    return factOf({ kind: "grant", identity: { ...identity, on, ...whose }, parents: [parent], attributes });
  });
}

function defaultPrivilegesFacts(rows: readonly DefaultPrivilegesRow[], roles: ReadonlyMap<string, string>): Fact[] {
  return rows.flatMap(({ role, schema, objects, acl, default_acl: defaults }) =>
    grantsOf(acl, defaults ?? []).map(({ role: grantee, attributes }) =>
      factOf({
        kind: "default privileges",
        identity: { schema, name: roles.get(role) ?? role, signature: objects, role: grantee },
        parents: schema === null ? [] : [keyOf("schema", { schema: null, name: schema })],
        attributes,
      }),
    ),
  );
}

/** Comments and security labels. What belongs to an extension its author has described, and the extension itself. */
function textFacts(texts: readonly TextRow[], names: Names, objects: Objects): Fact[] {
  return texts.flatMap(({ class: catalog, object, number, provider, text, usual }) => {
    const found = objects.at(Number(catalog), Number(object), number);
    if (found === undefined) return [];
    const { kind, identity, key } = found;
    const parents = [key];
    const column = number === 0 || kind === "column" ? null : names.column(Number(object), number);
    const subject: Identity =
      column === null
        ? { ...identity, on: kind }
        : { schema: identity.schema, relation: identity.name, name: column, on: "column" };
    return [
      provider === null
        ? factOf({
            kind: "comment",
            identity: subject,
            parents,
            attributes: usual === null ? { text } : { text, usual },
          })
        : factOf({
            kind: "security label",
            identity: { ...subject, role: provider },
            parents,
            attributes: { label: text },
          }),
    ];
  });
}
