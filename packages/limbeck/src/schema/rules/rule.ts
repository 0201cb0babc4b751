import type { Operation } from "../../operations/operation.ts";
import type { Fact, Identity } from "../fact.ts";
import type { Side } from "../side.ts";

/** What becomes of a fact on the way from one schema to the other. */
export type Fate = "kept" | "created" | "dropped" | "changed" | "replaced";

/** What a rule may look at beside its own facts. */
export interface RuleContext {
  readonly live: Side;
  readonly target: Side;
  /** The role that carries the plan out, and so owns what it creates; null where it is not known. */
  readonly user: string | null;
  readonly majorVersion: number;
  readonly fateOf: (key: string) => Fate;
  /** The parts of a fact that are created in the same breath. */
  readonly absorbedBy: (fact: Fact) => readonly Fact[];
  /** The rights that default privileges give a new object, as facts of grants. */
  readonly givenToNew: (fact: Fact) => readonly Fact[];
  /** Whether PostgreSQL makes an index of a partition by itself, under this very name, with the whole one. */
  readonly isImplied: (fact: Fact) => boolean;
  /** The schema as operations take it: undefined for the one that goes without saying. */
  readonly schema: (identity: Identity) => string | undefined;
  /** The same of a fact, as options. */
  readonly at: (fact: Fact) => { readonly schema?: string };
  /** The same for a name. */
  readonly schemaNamed: (name: string | null | undefined) => string | undefined;
  /** The same where leaving it out means the schema of something else. */
  readonly schemaBeside: (name: string, other: string) => string | undefined;
}

/** How a fact becomes another in place. */
export interface Change {
  readonly operations: readonly Operation[];
  /** Which of the facts that need this one have to be out of the way while it changes. */
  readonly lifts?: (dependent: Fact) => boolean;
  /** Whether facts that need this one may be created, or dropped, before and after it alike. */
  readonly unrelated?: boolean;
  /** Whether it has to be done before anything is done to the parts. */
  readonly first?: boolean;
  /** The keys of columns that are altered along: what reads them has to be out of the way too. */
  readonly touches?: readonly string[];
  /** What stands in the way and cannot be changed in place. */
  readonly replaces?: readonly string[];
  /** What can only be done when all else is. */
  readonly finish?: Finish;
}

/** A last touch on a new fact that waits for more than its creation does. */
export interface Finish {
  readonly operations: readonly Operation[];
  readonly needs: readonly string[];
}

/** All that is known of how facts of one kind come, go and change. */
export interface Rule {
  create(fact: Fact, context: RuleContext): readonly Operation[];
  drop(fact: Fact, context: RuleContext): readonly Operation[];
  /** Without it, or where it says so, a fact that differs is dropped and created anew. */
  change?(live: Fact, target: Fact, context: RuleContext): Change | "replace";
  /** Whether creating a fact of this kind creates the part along with it. */
  absorbs?(part: Fact, fact: Fact): boolean;
  finish?(fact: Fact, context: RuleContext): Finish | undefined;
  /**
   * Whether it is announced first, and finished when what it needs is there: until then others know its name only, or
   * can use it.
   */
  readonly isAnnounced?: "by name" | "for use";
}

export const REPLACE = "replace";

export function inPlace(...operations: readonly Operation[]): Change {
  return { operations };
}
