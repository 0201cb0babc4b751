import type { Dependency, FactKind, Identity } from "../../schema/fact.ts";
import type { CatalogRow, DependencyRow } from "./parts.ts";

/** What an object of the catalogs is in the facts. */
export interface FoundObject {
  readonly key: string;
  /** How a comment or a grant on the object names it. */
  readonly subject: { readonly kind: FactKind; readonly identity: Identity; readonly parents: readonly string[] };
}

/** Something for each object, by catalog and oid. */
class ByAddress<Value> {
  readonly #catalogs = new Map<number, Map<number, Value>>();

  get(catalog: number, oid: number): Value | undefined {
    return this.#catalogs.get(catalog)?.get(oid);
  }

  set(catalog: number, oid: number, value: Value): void {
    const objects = this.#catalogs.get(catalog);
    if (objects === undefined) this.#catalogs.set(catalog, new Map([[oid, value]]));
    else objects.set(oid, value);
  }
}

/** The objects of the catalogs by their addresses there, and who needs whom. */
export class Objects {
  readonly #catalogs: ReadonlyMap<string, number>;
  readonly #found = new ByAddress<FoundObject>();
  /** Of each relation, by number. */
  readonly #columns = new ByAddress<Map<number, FoundObject>>();
  readonly #depends: readonly DependencyRow[];
  /** The dependency that says what an object is a part of. */
  readonly #owners = new ByAddress<DependencyRow>();

  constructor(catalogs: readonly CatalogRow[], dependencies: readonly DependencyRow[]) {
    this.#catalogs = new Map(catalogs.map(({ oid, name }) => [name, Number(oid)]));
    this.#depends = dependencies;
    for (const row of dependencies) {
      const [catalog, oid, , , , , type] = row;
      const rank = OWNING.indexOf(type);
      if (rank === -1) continue;
      const before = this.#owners.get(catalog, oid);
      if (before === undefined || rank < OWNING.indexOf(before[6])) this.#owners.set(catalog, oid, row);
    }
  }

  /** Says what an object is; with a number, what the column of a relation is. */
  add(catalogName: string, oid: number, number: number, found: FoundObject): void {
    const catalog = this.#catalogs.get(catalogName)!;
    if (number === 0) {
      this.#found.set(catalog, oid, found);
      return;
    }
    const columns = this.#columns.get(catalog, oid);
    if (columns === undefined) this.#columns.set(catalog, oid, new Map([[number, found]]));
    else columns.set(number, found);
  }

  /** The object of a catalog, or undefined when it is no fact. */
  find(catalog: string, oid: number): FoundObject | undefined {
    return this.#found.get(this.#catalogs.get(catalog)!, oid);
  }

  /** The object, or the column of a relation, at an address. */
  at(catalog: number, oid: number, number: number): FoundObject | undefined {
    const column = number === 0 ? undefined : this.#columns.get(catalog, oid)?.get(number);
    return column ?? this.#found.get(catalog, oid);
  }

  /** What stands for an object: itself, or what it is internally a part of. */
  #standsFor(catalog: number, oid: number, number: number, depth = 0): FoundObject | undefined {
    const found = this.at(catalog, oid, number);
    if (found !== undefined || depth > 8) return found;
    const owner = this.#owners.get(catalog, oid);
    return owner === undefined ? undefined : this.#standsFor(owner[3], owner[4], owner[5], depth + 1);
  }

  /** Whether an object is a partition's copy, whose needs are the partition's. */
  #isCopy(catalog: number, oid: number): boolean {
    const type = this.#owners.get(catalog, oid)?.[6];
    return (type === "P" || type === "S") && this.#found.get(catalog, oid) === undefined;
  }

  /** The dependencies between facts. */
  dependencies(): Dependency[] {
    const edges: Dependency[] = [];
    for (const [catalog, oid, number, onCatalog, onOid, onNumber, letter] of this.#depends) {
      const type = TYPES[letter];
      if (type === undefined) continue;
      const a = this.#standsFor(catalog, oid, number);
      if (a === undefined) continue;
      const b = this.#standsFor(onCatalog, onOid, onNumber);
      if (b === undefined || a.key === b.key || this.#isCopy(catalog, oid)) continue;
      edges.push({ from: a.key, on: b.key, type });
    }
    return edges;
  }

  /** The objects that neither are facts nor belong to one, nor to a schema that is not read. */
  unknown(schemas: ReadonlySet<number>): { readonly catalog: number; readonly oid: number }[] {
    const namespaces = this.#catalogs.get("pg_namespace")!;
    const candidates = new ByAddress<{ catalog: number; oid: number; isElsewhere: boolean }>();
    const all: { catalog: number; oid: number; isElsewhere: boolean }[] = [];
    for (const [catalog, oid, , onCatalog, onOid] of this.#depends) {
      if (this.#found.get(catalog, oid) !== undefined || this.#owners.get(catalog, oid) !== undefined) continue;
      let candidate = candidates.get(catalog, oid);
      if (candidate === undefined) {
        candidate = { catalog, oid, isElsewhere: false };
        candidates.set(catalog, oid, candidate);
        all.push(candidate);
      }
      if (onCatalog === namespaces && !schemas.has(onOid)) candidate.isElsewhere = true;
    }
    return all.filter(({ isElsewhere }) => !isElsewhere).map(({ catalog, oid }) => ({ catalog, oid }));
  }
}

/**
 * The types of dependency that make an object a part of another, from pg_depend's page of the manual: internal, of an
 * extension, of a partition's whole and of its table, auto.
 */
const OWNING = ["i", "e", "P", "S", "a"];

const TYPES: Readonly<Record<string, Dependency["type"]>> = {
  n: "normal",
  a: "auto",
  x: "auto",
  i: "internal",
  P: "partition",
  S: "partition",
};
