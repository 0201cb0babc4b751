import type { LockMode } from "../operations/language/statement.ts";
import type { Action } from "./action.ts";
import type { Allowance } from "./allowance.ts";
import type { Catalog } from "./catalog.ts";
import type { Measurement } from "./measurement.ts";
import type { ObjectName } from "./names.ts";
import type { State } from "./state.ts";

export type Severity = "error" | "warning" | "info";

/** How a finding is known: from the statements alone, with the catalogs of a database, or by running it. */
export type Evidence = "static" | "catalog" | "traced";

/** What takes as long as the table is large while the lock is held. */
export type Work = "rewrite" | "scan" | "index build";

/** The safe form, as SQL and as calls; blank where there is none. */
export interface Recipe {
  readonly sql: readonly string[];
  readonly operations: readonly string[];
}

/** What a rule says of an action. */
export interface Match {
  readonly message: string;
  readonly relation?: ObjectName | undefined;
  readonly lock?: LockMode | undefined;
  readonly work?: Work | undefined;
  readonly evidence: Evidence;
  readonly recipe?: Recipe | undefined;
  /** What is gone for good if it was there, by the relations or schemas that hold it. */
  readonly loses?: readonly Loss[] | undefined;
}

/** Rows, or what a column of them holds, that no downgrade brings back. */
export interface Loss {
  readonly kind: "table" | "column" | "schema";
  /** The table, or the schema. */
  readonly name: ObjectName;
  readonly column?: string | undefined;
}

export interface RuleContext {
  /** The statements before this one, and the actions of this one before this action. */
  readonly state: State;
  readonly catalog: Catalog | undefined;
  /** The server's major version; the newest known when nobody says. */
  readonly majorVersion: number;
  /** Whether the statement runs in a transaction together with others. */
  readonly inTransaction: boolean;
  /** All that the statement does. */
  readonly together: readonly Action[];
  /** Whether the action is its statement's first. */
  readonly isFirst: boolean;
  /** The whole statement. */
  readonly text: string;
  /** The texts that the statement quotes. */
  readonly literals: () => readonly string[];
}

/** What the other rules have found in a statement that was traced, and what it names. */
export interface MeasuredContext {
  readonly found: readonly { readonly group: Rule["group"]; readonly work: Work | undefined }[];
  readonly named: readonly ObjectName[];
}

export interface AllowanceContext {
  /** The names of all rules. */
  readonly known: ReadonlySet<string>;
  /** Whether its statement breaks the rule, or nobody looked because the rule is off. */
  readonly isUsed: boolean;
}

export interface RuleDocs {
  /** What goes wrong, and for whom. */
  readonly problem: string;
  readonly instead: readonly string[];
  readonly use: readonly string[];
  /** The call or calls that do it. */
  readonly operations: readonly string[];
  /** The locks of each step, and since when the safe form is there. */
  readonly locks: string;
}

export interface Rule {
  readonly name: string;
  readonly group: "blocking" | "destructive" | "compatibility" | "correctness" | "style";
  /** Undefined for a rule that is off until the configuration asks for it. */
  readonly severity: Severity | undefined;
  readonly summary: string;
  readonly docs: RuleDocs;
  /** The first major version that has what the rule is about; every supported one has when left out. */
  readonly since?: number;
  /** What is wrong with an action, if anything is. */
  readonly check: (action: Action, context: RuleContext) => Match | undefined;
  /** What is wrong with what a statement was seen to do, and no other rule has found. */
  readonly measured?: (measurement: Measurement, context: MeasuredContext) => Match | undefined;
  /** What is wrong when there are no more statements. */
  readonly end?: (state: State) => Match | undefined;
  /** What is wrong with the author's word that a rule may be broken, if anything is. */
  readonly allowance?: (allowance: Allowance, context: AllowanceContext) => string | undefined;
}
