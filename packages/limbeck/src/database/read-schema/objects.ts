import type { Dependency, FactKind, Identity } from "../../schema/fact.ts";
import type { CatalogRow, DependenciesRow } from "./parts.ts";

/** What an object of the catalogs is in the facts: a fact, or a part of one. */
export interface FoundObject {
  /** The key of the fact. */
  readonly key: string;
  /** How a comment or a grant on the object names it. */
  readonly kind: FactKind;
  readonly identity: Identity;
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
  readonly #columns = new ByAddress<FoundObject[]>();
  #depends: readonly DependenciesRow[] = [];
  #ownersFound: ByAddress<Owner> | undefined;

  constructor(catalogs: readonly CatalogRow[]) {
    this.#catalogs = new Map(catalogs.map(({ oid, name }) => [name, Number(oid)]));
  }

  /** Says who needs whom: nobody asks before all objects are there. */
  addDependencies(rows: readonly DependenciesRow[]): void {
    this.#depends = rows;
  }

  /** Says what an object is a part of: only asked for what is no fact. */
  get #owners(): ByAddress<Owner> {
    if (this.#ownersFound !== undefined) return this.#ownersFound;
    const owners = new ByAddress<Owner>();
    for (const type of OWNING) {
      for (const row of this.#depends) {
        if (row.type !== type) continue;
        eachPair(row, (catalog, oid, _, on, onOid, onNumber) => {
          if (owners.get(catalog, oid) === undefined) owners.set(catalog, oid, { type, on, onOid, onNumber });
        });
      }
    }
    return (this.#ownersFound = owners);
  }

  /** The number of a catalog. */
  catalog(name: string): number {
    return this.#catalogs.get(name)!;
  }

  /** Says what an object is; with a number, what the column of a relation is. */
  add(catalogName: string, oid: number, number: number, found: FoundObject): void {
    const catalog = this.catalog(catalogName);
    if (number === 0) {
      this.#found.set(catalog, oid, found);
      return;
    }
    const columns = this.#columns.get(catalog, oid) ?? [];
    if (columns.length === 0) this.#columns.set(catalog, oid, columns);
    columns[number] = found;
  }

  /** The object of a catalog, or undefined when it is no fact. */
  find(catalog: string, oid: number): FoundObject | undefined {
    return this.#found.get(this.catalog(catalog), oid);
  }

  /** The object, or the column of a relation, at an address. */
  at(catalog: number, oid: number, number: number): FoundObject | undefined {
    const column = number === 0 ? undefined : this.#columns.get(catalog, oid)?.[number];
    return column ?? this.#found.get(catalog, oid);
  }

  /** What stands for an object: itself, or what it is internally a part of. */
  #standsFor(catalog: number, oid: number, number: number, depth = 0): FoundObject | undefined {
    const found = this.at(catalog, oid, number);
    if (found !== undefined || depth > 8) return found;
    const owner = this.#owners.get(catalog, oid);
    return owner === undefined ? undefined : this.#standsFor(owner.on, owner.onOid, owner.onNumber, depth + 1);
  }

  /** Whether an object is a partition's copy, whose needs are the partition's. */
  #isCopy(catalog: number, oid: number): boolean {
    const type = this.#owners.get(catalog, oid)?.type;
    return (type === "P" || type === "S") && this.#found.get(catalog, oid) === undefined;
  }

  /** The dependencies between facts. */
  dependencies(): Dependency[] {
    const edges: Dependency[] = [];
    for (const row of this.#depends) {
      const type = TYPES[row.type];
      if (type === undefined) continue;
      eachPair(row, (catalog, oid, number, on, onOid, onNumber) => {
        const a = this.#standsFor(catalog, oid, number);
        if (a === undefined) return;
        const b = this.#standsFor(on, onOid, onNumber);
        if (b === undefined || a.key === b.key || this.#isCopy(catalog, oid)) return;
        edges.push({ from: a.key, on: b.key, type });
      });
    }
    return edges;
  }

  /** The objects that neither are facts nor belong to one, nor to a schema that is not read. */
  unknown(schemas: ReadonlySet<number>): { readonly catalog: number; readonly oid: number }[] {
    const namespaces = this.catalog("pg_namespace");
    const candidates = new ByAddress<{ isElsewhere: boolean }>();
    const all: { readonly catalog: number; readonly oid: number; readonly candidate: { isElsewhere: boolean } }[] = [];
    for (const row of this.#depends) {
      // What has a dependency of another type belongs to something.
      if (OWNING.includes(row.type)) continue;
      eachPair(row, (catalog, oid, _, on, onOid) => {
        if (this.#found.get(catalog, oid) !== undefined) return;
        let candidate = candidates.get(catalog, oid);
        if (candidate === undefined) {
          candidate = { isElsewhere: false };
          candidates.set(catalog, oid, candidate);
          all.push({ catalog, oid, candidate });
        }
        if (on === namespaces && !schemas.has(onOid)) candidate.isElsewhere = true;
      });
    }
    return all
      .filter(({ catalog, oid, candidate }) => !candidate.isElsewhere && this.#owners.get(catalog, oid) === undefined)
      .map(({ catalog, oid }) => ({ catalog, oid }));
  }
}

/** What an object is a part of, and in which way. */
interface Owner {
  readonly type: string;
  readonly on: number;
  readonly onOid: number;
  readonly onNumber: number;
}

type Visit = (catalog: number, oid: number, number: number, on: number, onOid: number, onNumber: number) => void;

function eachPair({ catalog, on, pairs }: DependenciesRow, visit: Visit): void {
  const numbers = JSON.parse(`[${pairs}]`) as number[];
  for (let at = 0; at < numbers.length; at += 4) {
    visit(catalog, numbers[at]!, numbers[at + 1]!, on, numbers[at + 2]!, numbers[at + 3]!);
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
