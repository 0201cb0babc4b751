import { autogenerate, type AutogenerateOptions, type AutogenerateResult } from "../../commands/autogenerate.ts";
import type { Context } from "../../commands/context.ts";
import type { NewRevisionResult } from "../../commands/new-revision.ts";
import { revision, revisionSql, type RevisionOptions, type RevisionSqlResult } from "../../commands/revision.ts";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import { command, flagOption, listOption, textOption, type Given, type View } from "../command.ts";
import { NEW_REVISION_OPTIONS, newRevisionOptions, renderNewRevision } from "../new-revision-options.ts";

export const spec = command<NewRevisionResult | RevisionSqlResult | AutogenerateResult>({
  description:
    "With --autogenerate the file does what makes the configured target schema out of the live one, and undoes it. It is tried in " +
    "a scratch database before it counts. Where nothing differs no file is written.",
  options: [
    ...NEW_REVISION_OPTIONS,
    {
      flags: "--head <revision>",
      description: "what it stands on: head (the default), base, heads, an id, label@head; several for a merge",
      repeatable: true,
    },
    { flags: "--splice", description: "let it stand on a revision that is no head" },
    { flags: "--depends-on <revision>", description: "a revision that has to be applied first", repeatable: true },
    { flags: "--sql", description: "print the script for psql that runs it, too; for a file in SQL see --format" },
    { flags: "--autogenerate", description: "write what makes the target schema out of the live one" },
    {
      flags: "--rename <old=new>",
      description: "with --autogenerate: what has another name now, as in city.name=title or table:town=place",
      repeatable: true,
    },
    { flags: "--plain", description: "with --autogenerate: the plain forms, also for large tables" },
    { flags: "--safe", description: "with --autogenerate: the forms for large tables, for every table that is there" },
    {
      flags: "--scratch <url>",
      description: "with --autogenerate: the server to make scratch databases on, instead of the live one",
    },
    { flags: "--no-proof", description: "with --autogenerate: do not try the file in a scratch database" },
  ],
  examples: [
    ['limbeck revision -m "create city"', "write a revision on top of the head"],
    ['limbeck revision -m "reports" --head base --branch-label reports', "begin a branch of its own"],
    ['limbeck revision --autogenerate -m "add mayor"', "write what the database lacks of the target schema"],
    ['limbeck revision --autogenerate -m "call it title" --rename city.name=title', "say what was renamed"],
  ],
  async run(context, given) {
    const head = listOption(given, "head");
    const options = {
      ...newRevisionOptions(given),
      splice: flagOption(given, "splice"),
      ...(head.length === 0 ? {} : { head }),
    };
    if (flagOption(given, "autogenerate")) return await autogenerate(context, generated(context, given, options));
    return flagOption(given, "sql") ? await revisionSql(context, options) : await revision(context, options);
  },
  render(result, view) {
    if ("proven" in result) return renderGenerated(result, view);
    return "sql" in result ? result.sql : renderNewRevision(result, view);
  },
});

function generated({ ask }: Context, given: Given, options: RevisionOptions): AutogenerateOptions {
  const scratch = textOption(given, "scratch");
  const [plain, safe] = [flagOption(given, "plain"), flagOption(given, "safe")];
  if (flagOption(given, "sql") || (plain && safe)) throw contradiction(plain && safe ? "--plain and --safe" : "--sql");
  return {
    ...options,
    renames: listOption(given, "rename"),
    ...(ask !== undefined && {
      isRename: ({ kind, from, to }) => ask(`Is the new ${kind} ${to} what ${from} was, with another name?`),
    }),
    plain,
    safe,
    ...(scratch !== undefined && { scratch }),
    proof: given.options["proof"] !== false,
  };
}

function contradiction(flags: string): LimbeckError {
  return new LimbeckError("USAGE", {
    message: `--autogenerate cannot be used with ${flags}.`,
    hint: "Leave it out; `limbeck upgrade --sql` prints the script of the revision that was generated.",
  });
}

function renderGenerated(result: AutogenerateResult, view: View): string {
  const { path, dataLoss, renameCandidates, notExpressed, proven } = result;
  const notes = [
    ...dataLoss.map((line) => `Data loss: ${line}`),
    ...renameCandidates.map(
      ({ kind, from, to, rename }) =>
        `Renamed? If ${kind} ${from} is ${to} now, remove the file and say --rename ${rename}`,
    ),
    ...notExpressed.map((name) => `Not expressed: ${name} is only on one side, and is left alone.`),
  ];
  const last =
    path === null
      ? "There is nothing to write: the database is as the target schema says."
      : `Wrote ${view.path(path)}${proven ? ", which leads to the target schema and back" : ", unproven"}`;
  return [...notes, last].join("\n");
}
