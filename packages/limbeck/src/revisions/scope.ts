import type { State } from "./rows.ts";
import type { Structure } from "./structure.ts";

/** What identifiers are resolved against. */
export interface Scope {
  readonly structure: Structure;
  /** All revision ids, sorted: where prefixes are looked up. */
  readonly sortedIds: () => readonly string[];
  readonly carriedLabels: () => readonly (readonly string[])[];
  /** What `current`, `+N` and `-N` count from; asked for only when an identifier needs it. */
  readonly state: () => State;
  /** How the user would type a command with this identifier instead, for hints. */
  readonly command: (identifier: string) => string;
}
