import type { Dependency, FactKind, Identity } from "../../schema/fact.ts";
import type { CatalogRow, DependencyRow } from "./parts.ts";

/** What an object of the catalogs is in the facts. */
export interface FoundObject {
  readonly key: string;
  /** How a comment or a grant on the object names it. */
  readonly subject: { readonly kind: FactKind; readonly identity: Identity; readonly parents: readonly string[] };
}

/** What is a part of what: the index in OWNING says how near. */
interface Owner {
  readonly rank: number;
  readonly base: number;
  readonly number: number;
}

/** The objects of the catalogs by their addresses there, and who needs whom. */
export class Objects {
  readonly #catalogs: ReadonlyMap<string, number>;
  readonly #found = new Map<number, FoundObject>();
  readonly #columns = new Map<number, Map<number, FoundObject>>();
  readonly #depends: readonly DependencyRow[];
  readonly #owners = new Map<number, Owner>();

  constructor(catalogs: readonly CatalogRow[], dependencies: readonly DependencyRow[]) {
    this.#catalogs = new Map(catalogs.map(({ oid, name }) => [name, Number(oid)]));
    this.#depends = dependencies;
    for (const [from, , base, number, type] of dependencies) {
      const rank = OWNING.indexOf(type);
      if (rank === -1) continue;
      const before = this.#owners.get(from);
      if (before === undefined || rank < before.rank) this.#owners.set(from, { rank, base, number });
    }
  }

  /** Says what an object is; with a number, what the column of a relation is. */
  add(catalog: string, oid: string, number: number, found: FoundObject): void {
    const base = addressOf(this.#catalogs.get(catalog)!, oid);
    if (number === 0) this.#found.set(base, found);
    else this.#columns.set(base, (this.#columns.get(base) ?? new Map<number, FoundObject>()).set(number, found));
  }

  /** The object of a catalog, or undefined when it is no fact. */
  find(catalog: string, oid: string): FoundObject | undefined {
    return this.#found.get(addressOf(this.#catalogs.get(catalog)!, oid));
  }

  /** The object, or the column of a relation, at an address. */
  at(catalogOid: string, oid: string, number: number): FoundObject | undefined {
    const base = addressOf(Number(catalogOid), oid);
    return this.#columns.get(base)?.get(number) ?? this.#found.get(base);
  }

  /** What stands for an object: itself, or what it is internally a part of. */
  #standsFor(base: number, number: number, depth = 0): FoundObject | undefined {
    const found = (number === 0 ? undefined : this.#columns.get(base)?.get(number)) ?? this.#found.get(base);
    if (found !== undefined || depth > 8) return found;
    const owner = this.#owners.get(base);
    return owner === undefined ? undefined : this.#standsFor(owner.base, owner.number, depth + 1);
  }

  /** Whether an object is a partition's copy, whose needs are the partition's. */
  #isCopy(base: number): boolean {
    const rank = this.#owners.get(base)?.rank;
    return !this.#found.has(base) && (rank === PARTITION || rank === PARTITION + 1);
  }

  /** The dependencies between facts. */
  dependencies(): Dependency[] {
    const edges: Dependency[] = [];
    for (const [from, fromNumber, on, onNumber, letter] of this.#depends) {
      const type = TYPES[letter];
      if (type === undefined) continue;
      const [a, b] = [this.#standsFor(from, fromNumber), this.#standsFor(on, onNumber)];
      if (a === undefined || b === undefined || a.key === b.key || this.#isCopy(from)) continue;
      edges.push({ from: a.key, on: b.key, type });
    }
    return edges;
  }

  /** The objects that neither are facts nor belong to one, nor to a schema that is not read. */
  unknown(schemas: ReadonlySet<string>): { readonly catalog: number; readonly oid: number }[] {
    const namespaces = this.#catalogs.get("pg_namespace")!;
    const read = new Set([...schemas].map((oid) => addressOf(namespaces, oid)));
    const elsewhere = new Set<number>();
    const candidates = new Set<number>();
    for (const [from, , on] of this.#depends) {
      if (Math.floor(on / CATALOG) === namespaces && !read.has(on)) elsewhere.add(from);
      if (!this.#owners.has(from) && !this.#found.has(from)) candidates.add(from);
    }
    return [...candidates]
      .filter((base) => !elsewhere.has(base))
      .map((base) => ({ catalog: Math.floor(base / CATALOG), oid: base % CATALOG }));
  }
}

/**
 * The types of dependency that make an object a part of another, from pg_depend's page of the manual: internal, of an
 * extension, of a partition's whole and of its table, auto.
 */
const OWNING = ["i", "e", "P", "S", "a"];
const PARTITION = OWNING.indexOf("P");

const TYPES: Readonly<Record<string, Dependency["type"]>> = {
  n: "normal",
  a: "auto",
  x: "auto",
  i: "internal",
  P: "partition",
  S: "partition",
};

/** Oids are smaller, so that a catalog's and an object's fit into one number. */
const CATALOG = 2 ** 32;

function addressOf(catalog: number, oid: string): number {
  return catalog * CATALOG + Number(oid);
}
