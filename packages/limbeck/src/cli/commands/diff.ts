import { diff, type DiffResult } from "../../commands/diff.ts";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import { redact } from "../../errors/redact.ts";
import {
  command,
  flagOption,
  isSqlResult,
  listOption,
  textOption,
  type Given,
  type SqlResult,
  type View,
} from "../command.ts";
import { scriptText } from "../script-text.ts";
import { sideBySide } from "../side-by-side.ts";

export const spec = command<DiffResult | (SqlResult & Partial<DiffResult>)>({
  description:
    "A source is the URL of a database, a .sql file, a Drizzle module, a folder of them, or rev:ID, which is what the revisions up to it make of an empty database. Without --from it is the live " +
    "database, without --to the configured target schema. Nothing is written.",
  options: [
    { flags: "--from <source>", description: "where to start" },
    { flags: "--to <source>", description: "where to arrive" },
    {
      flags: "--rename <old=new>",
      description: "what has another name now, as in city.name=title or table:city=town",
      repeatable: true,
    },
    {
      flags: "--scratch <url>",
      description: "the server to build files on, instead of beside what they are compared with",
    },
    { flags: "--sql", description: "print a script for psql instead" },
    { flags: "--side-by-side", description: "print what both say of each object that differs, in two columns" },
    { flags: "--exit-code", description: "exit with 1 when there is a difference" },
  ],
  examples: [
    ["limbeck diff", "what the live database lacks, as calls for a revision"],
    ["limbeck diff --from rev:head", "what the revisions lack of the target schema"],
    ["limbeck diff --side-by-side", "the same for reading: old left, new right"],
    ["limbeck diff --from postgres://localhost/a --to postgres://localhost/b --sql", "a script that makes b out of a"],
  ],
  exitOne: "with --exit-code: there is a difference",
  async run(context, given) {
    const [from, to] = [textOption(given, "from"), textOption(given, "to")];
    const scratch = textOption(given, "scratch");
    if (flagOption(given, "sql") && flagOption(given, "sideBySide")) {
      throw new LimbeckError("USAGE", {
        message: "--sql and --side-by-side are two forms of one answer.",
        hint: "Ask for one of them.",
      });
    }
    const result = await diff(context, {
      renames: listOption(given, "rename"),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(scratch !== undefined && { scratch }),
    });
    return flagOption(given, "sql") ? { sql: script(result) } : result;
  },
  isYes: (result, given) =>
    !flagOption(given, "exitCode") ||
    (isSqlResult(result) ? result.sql === "" : (result.differences ?? []).length === 0),
  render(result, view, given) {
    if (isSqlResult(result)) return result.sql;
    return flagOption(given, "sideBySide") ? columns(result, view, given) : shown(result, view);
  },
});

function columns(result: DiffResult, view: View, given: Given): string {
  if (result.objects.length === 0) return shown({ ...result, operations: [] }, view);
  const names = [textOption(given, "from") ?? "live database", textOption(given, "to") ?? "target schema"] as const;
  const notes = result.notExpressed.map((name) => view.paint.dim(notExpressedLine(name)));
  return [sideBySide(result.objects, [redact(names[0]), redact(names[1])], view), ...notes].join("\n");
}

/** What may cost data stands in front, where a reader begins. */
function notesOf({ dataLoss, renameCandidates, notExpressed }: DiffResult): string[] {
  return [
    ...renameCandidates.map((hint) => `Renamed? Then say: --rename ${quoted(hint)}`),
    ...dataLoss.map((line) => `Data: ${line}`),
    ...notExpressed.map(notExpressedLine),
  ];
}

function notExpressedLine(name: string): string {
  return `Not expressed: ${name} is only on one side, and is left alone.`;
}

function quoted(hint: string): string {
  return /^[\w:.=]+$/.test(hint) ? hint : `'${hint}'`;
}

function script(result: DiffResult): string {
  if (result.statements.length === 0 && result.notExpressed.length === 0) return "";
  const notes = notesOf(result).map((line) => `-- ${line.replaceAll("\n", " ")}`);
  return [...notes, scriptText(result.statements)].join("\n");
}

function shown(result: DiffResult, { paint }: View): string {
  if (result.operations.length === 0 && result.notExpressed.length === 0) return "There is no difference.";
  return [...notesOf(result).map((line) => paint.dim(`// ${line}`)), ...result.operations].join("\n");
}
