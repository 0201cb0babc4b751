import type { NewRevisionResult } from "../../commands/new-revision.ts";
import { revision, revisionSql, type RevisionSqlResult } from "../../commands/revision.ts";
import { command, flagOption, listOption } from "../command.ts";
import { NEW_REVISION_OPTIONS, newRevisionOptions, renderNewRevision } from "../new-revision-options.ts";

export const spec = command<NewRevisionResult | RevisionSqlResult>({
  summary: "Write a new revision file",
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
  ],
  examples: [
    ['limbeck revision -m "create city"', "write a revision on top of the head"],
    ['limbeck revision -m "reports" --head base --branch-label reports', "begin a branch of its own"],
  ],
  async run(context, given) {
    const head = listOption(given, "head");
    const options = {
      ...newRevisionOptions(given),
      splice: flagOption(given, "splice"),
      ...(head.length === 0 ? {} : { head }),
    };
    return flagOption(given, "sql") ? await revisionSql(context, options) : await revision(context, options);
  },
  render: (result, view) => ("sql" in result ? result.sql : renderNewRevision(result, view)),
});
