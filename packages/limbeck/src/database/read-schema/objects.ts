import type { Dependency, FactKind, Identity } from "../../schema/fact.ts";
import type { CatalogRow, DependencyRow } from "./parts.ts";

/** What an object of the catalogs is in the facts. */
export interface FoundObject {
  readonly key: string;
  /** How a comment or a grant on the object names it. */
  readonly subject: { readonly kind: FactKind; readonly identity: Identity; readonly parents: readonly string[] };
}

interface Reference {
  readonly address: string;
  readonly base: string;
}

interface Depends {
  readonly from: Reference;
  readonly on: Reference;
  readonly type: string;
}

interface Owner {
  readonly on: Reference;
  /** How near it is: the index in OWNING. */
  readonly rank: number;
}

/** The objects of the catalogs by their addresses there, and who needs whom. */
export class Objects {
  readonly #catalogs: ReadonlyMap<string, string>;
  readonly #found = new Map<string, FoundObject>();
  readonly #depends: readonly Depends[];
  /** What an object is a part of. */
  readonly #owners = new Map<string, Owner>();

  constructor(catalogs: readonly CatalogRow[], dependencies: readonly DependencyRow[]) {
    this.#catalogs = new Map(catalogs.map(({ oid, name }) => [name, oid]));
    this.#depends = dependencies.map(({ row }) => dependsOf(row));
    for (const { from, on, type } of this.#depends) {
      const rank = OWNING.indexOf(type);
      const before = this.#owners.get(from.base);
      if (rank !== -1 && (before === undefined || rank < before.rank)) this.#owners.set(from.base, { on, rank });
    }
  }

  add(catalog: string, oid: string, number: number, found: FoundObject): void {
    this.#found.set(addressOf(this.#catalogs.get(catalog)!, oid, number), found);
  }

  /** The object at an address, or undefined when it is no fact. */
  at(catalog: string, oid: string, number: number): FoundObject | undefined {
    return this.#found.get(addressOf(catalog, oid, number));
  }

  /** What stands for an object: itself, or what it is internally a part of. */
  #standsFor({ address, base }: Reference, depth = 0): FoundObject | undefined {
    const found = this.#found.get(address) ?? this.#found.get(base);
    if (found !== undefined || depth > 8) return found;
    const owner = this.#owners.get(base);
    return owner === undefined ? undefined : this.#standsFor(owner.on, depth + 1);
  }

  /** Whether an object is a partition's copy, whose needs are the partition's. */
  #isCopy({ base }: Reference): boolean {
    const rank = this.#owners.get(base)?.rank;
    return !this.#found.has(base) && (rank === PARTITION || rank === PARTITION + 1);
  }

  /** The dependencies between facts, each pair once. */
  dependencies(): Dependency[] {
    const edges = new Map<string, Dependency>();
    for (const { from, on, type } of this.#depends) {
      const word = TYPES[type];
      const [a, b] = [this.#standsFor(from), this.#standsFor(on)];
      if (word === undefined || a === undefined || b === undefined || a.key === b.key || this.#isCopy(from)) continue;
      const id = `${a.key}\n${b.key}`;
      const before = edges.get(id);
      if (before === undefined || STRENGTH.indexOf(word) < STRENGTH.indexOf(before.type)) {
        edges.set(id, { from: a.key, on: b.key, type: word });
      }
    }
    return [...edges.values()];
  }

  /** The addresses of objects that neither are facts nor belong to one, nor to a schema that is not read. */
  unknown(schemas: ReadonlySet<string>): { readonly catalog: string; readonly oid: string }[] {
    const namespaces = this.#catalogs.get("pg_namespace")!;
    const elsewhere = new Set<string>();
    const candidates = new Map<string, Reference>();
    for (const { from, on } of this.#depends) {
      const [catalog, oid] = on.base.split(" ");
      if (catalog === namespaces && !schemas.has(oid!)) elsewhere.add(from.base);
      if (!this.#owners.has(from.base) && !this.#found.has(from.base)) candidates.set(from.base, from);
    }
    return [...candidates.keys()]
      .filter((base) => !elsewhere.has(base))
      .map((base) => ({ catalog: base.split(" ")[0]!, oid: base.split(" ")[1]! }));
  }
}

/**
 * The types of dependency that make an object a part of another, from pg_depend's page of the manual: internal, of an
 * extension, partition of an index, auto.
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

const STRENGTH: readonly Dependency["type"][] = ["normal", "internal", "partition", "auto"];

function addressOf(catalog: string, oid: string, number: number): string {
  return `${catalog} ${oid} ${number}`;
}

function dependsOf(row: string): Depends {
  const [catalog, oid, number, onCatalog, onOid, onNumber, type] = row.split(" ");
  return {
    from: { address: `${catalog} ${oid} ${number}`, base: `${catalog} ${oid} 0` },
    on: { address: `${onCatalog} ${onOid} ${onNumber}`, base: `${onCatalog} ${onOid} 0` },
    type: type!,
  };
}
