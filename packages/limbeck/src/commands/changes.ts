import type { ColumnSpec } from "../operations/language/column.ts";
import type { Operation } from "../operations/operation.ts";
import { keyOf, type Schema } from "../schema/fact.ts";
import type { Notes } from "../schema/revision-text.ts";
import { displayNewName, displayRename } from "../schema/rename-hints.ts";
import type { RenameHint } from "../schema/renames.ts";
import type { AutogenerateOptions, RenameCandidate } from "./autogenerate.ts";
import type { Context } from "./context.ts";
import type { GeneratedHalf } from "./generated-revision.ts";
import { lintRemarks } from "./lint-remarks.ts";

/** What leads from the live schema to the target and back, ready to be written. */
export interface Changes {
  readonly upgrade: GeneratedHalf;
  readonly downgrade: GeneratedHalf;
  readonly target: Schema;
  /** Whether the project's own code had its hands in it. */
  readonly isProcessed: boolean;
  readonly dataLoss: readonly string[];
  readonly renameCandidates: readonly RenameCandidate[];
  readonly notExpressed: readonly string[];
}

/** A table with more bytes of rows than this is large: reading it takes long enough to be noticed. */
const LARGE_TABLE_BYTES = 8 * 1024 * 1024;

export async function changesBetween(
  context: Context,
  live: Schema,
  target: Schema,
  options: AutogenerateOptions,
): Promise<Changes> {
  const [{ planChanges }, { completed }, hints, { safeForms }, { tableBytes }] = await Promise.all([
    import("../schema/plan.ts"),
    import("../schema/silence.ts"),
    import("../schema/rename-hints.ts"),
    import("../schema/safe-forms.ts"),
    import("./table-bytes.ts"),
  ]);
  const renames = await chosenRenames(context, live, target, options);
  const there = planChanges(live, target, { renames });
  const goal = { ...completed(live, target), user: live.user, majorVersion: live.majorVersion };
  const back = planChanges(goal, live, { renames: hints.reversedHints(renames) });
  const bytesOf = await tableBytes(await context.session(), [live, goal], renames);
  const isLarge = (relation: string, schema: string | undefined): boolean => {
    const bytes = bytesOf(relation, schema);
    if (bytes === undefined || options.plain) return false;
    return options.safe === true || bytes > LARGE_TABLE_BYTES;
  };
  const keys = new Set([live, goal].flatMap(({ facts }) => facts.map(({ key }) => key)));
  const isTaken = (name: string, relation: string, schema = "public"): boolean =>
    keys.has(keyOf("constraint", { schema, relation, name }));
  const made = {
    upgrade: safeForms(there.operations, isLarge, isTaken),
    downgrade: safeForms(back.operations, isLarge, isTaken),
  };
  const processed = await context.config.processOperations?.(made);
  const { upgrade, downgrade } = processed ?? made;
  const candidates = there.renameCandidates.map(spoken);
  const hasRows = (table: string, schema: string | undefined): boolean => (bytesOf(table, schema) ?? 0) > 0;
  return {
    upgrade: {
      operations: upgrade,
      notes: joined([
        ...there.dataLoss.map(({ key, message }): Note => [key, `Data loss: ${message}`]),
        ...there.renameCandidates.map((hint, index): Note => {
          const { rename, to } = candidates[index]!;
          return [hints.renamedKey(hint), `If it is ${to} now, generate this again with --rename ${rename}.`];
        }),
        ...(await rowNotes(upgrade, hasRows)),
      ]),
      remarks: await lintRemarks(context, upgrade, LARGE_TABLE_BYTES),
    },
    downgrade: {
      operations: downgrade,
      notes: joined([
        ...there.dataLoss
          .filter(({ message }) => message.includes(" is dropped "))
          .map(({ key }): Note => [key, "What was in it does not come back."]),
        ...(await rowNotes(downgrade, hasRows)),
      ]),
    },
    target,
    isProcessed: processed !== undefined,
    dataLoss: there.dataLoss.map(({ message }) => message),
    renameCandidates: candidates,
    notExpressed: there.notExpressed,
  };
}

/** What is to be said of a fact, by its key. */
type Note = readonly [key: string, note: string];

function joined(notes: readonly Note[]): Notes {
  const byKey = new Map<string, string[]>();
  for (const [key, note] of notes) byKey.set(key, [...(byKey.get(key) ?? []), note]);
  return byKey;
}

/** What is said on the command line and in the configuration, and what somebody answers when asked. */
async function chosenRenames(
  context: Context,
  live: Schema,
  target: Schema,
  { renames = [], isRename }: AutogenerateOptions,
): Promise<readonly RenameHint[]> {
  const [{ planChanges }, hints] = await Promise.all([
    import("../schema/plan.ts"),
    import("../schema/rename-hints.ts"),
  ]);
  const configured = Object.entries(context.config.renames).map(([from, to]) => ({ from, to, now: false }));
  let chosen = hints.renameHints([...configured, ...renames.map(hints.saidNow)], live, target);
  if (isRename === undefined) return chosen;
  const asked = new Set<string>();
  for (;;) {
    const { renameCandidates } = planChanges(live, target, { renames: chosen });
    const next = renameCandidates.find((hint) => !asked.has(displayRename(hint)));
    if (next === undefined) return chosen;
    asked.add(displayRename(next));
    if (await isRename(spoken(next))) chosen = [...chosen, next];
  }
}

function spoken(hint: RenameHint): RenameCandidate {
  const path = [
    ...(hint.schema === "public" ? [] : [hint.schema]),
    ...(hint.relation === undefined ? [] : [hint.relation]),
  ];
  return {
    kind: hint.kind,
    from: [...path, hint.from].join("."),
    to: hint.toSchema === undefined ? hint.to : displayNewName(hint),
    rename: displayRename(hint),
  };
}

/** Where rows that are there stand in the way of a new column. */
async function rowNotes(
  operations: readonly Operation[],
  hasRows: (table: string, schema: string | undefined) => boolean,
): Promise<Note[]> {
  const { subjectsOf } = await import("../schema/revision-text.ts");
  return operations.flatMap((operation): Note[] => {
    if (operation.kind !== "addColumn" || !isDemanding(operation.column)) return [];
    if (!hasRows(operation.table, operation.schema)) return [];
    const note = `Fails while ${operation.table} has rows: fill the column first, or give it a default.`;
    return subjectsOf(operation).map((key) => [key, note]);
  });
}

function isDemanding({ nullable, default: fallback, identity, generated, type }: ColumnSpec): boolean {
  return (
    nullable === false &&
    fallback === undefined &&
    identity === undefined &&
    generated === undefined &&
    !/serial$/i.test(type)
  );
}
