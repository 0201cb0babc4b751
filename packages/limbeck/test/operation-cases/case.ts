import type { OperationKind } from "../../src/operations/operation.ts";

/** What an operation finds, and what becomes of it. */
export interface Circumstances {
  /** SQL that makes what the operation needs, in an empty database with the roles `cartographer` and `reader`. */
  readonly setup?: string;
  /** Calls that run after the setup, and which the schema before the operation recreates its object by. */
  readonly made?: readonly string[];
  /** Calls that the schema before recreates its object by, where the setup makes the object in another way. */
  readonly known?: readonly string[];
  /** The first version of PostgreSQL that knows the syntax. */
  readonly minVersion?: number;
  /** Nothing undoes it. */
  readonly irreversible?: boolean;
  /** Its reverse does nothing, and leaves what it did. */
  readonly stays?: boolean;
  /** It leaves no trace in the catalogs or in the rows. */
  readonly traceless?: boolean;
  /** Tables that it locks as well, and that only the database knows of; `"any"` where they are not looked at. */
  readonly alsoLocks?: readonly string[] | "any";
  /** The first version of PostgreSQL that locks them. */
  readonly alsoLocksSince?: number;
}

export interface OperationCase extends Circumstances {
  readonly op: string;
}

/** The cases of one kind: the examples of its documentation, and others. */
export interface KindCases extends Circumstances {
  /** What is different for the first example, the second and so on. Their setup comes after that of the kind. */
  readonly examples?: readonly Circumstances[];
  readonly more?: readonly OperationCase[];
}

export type CasesByKind = { readonly [Kind in OperationKind]?: KindCases };
