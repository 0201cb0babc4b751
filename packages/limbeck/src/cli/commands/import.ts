import { importAlembic, type ImportAlembicResult, type ImportedRevision } from "../../commands/import-alembic.ts";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import { command, flagOption, listOption, textOption, type View } from "../command.ts";

export const spec = command<ImportAlembicResult>({
  description:
    "Write a revision for each of an Alembic project's, with its id, so that the database's alembic_version holds as it stands. The " +
    "Python files are read, not run. Directives become op.* calls. A half with anything else in it becomes the SQL that Alembic prints " +
    "for it, if a file of that is given; otherwise what is not translated stands in the revision as a comment, and refuses to run",
  arguments: [
    { name: "<tool>", description: "alembic" },
    { name: "<folder>", description: "the folder with alembic.ini, or the one with versions in it" },
  ],
  options: [
    {
      flags: "--sql <file>",
      description: "what `alembic upgrade head --sql`, or `alembic downgrade head:base --sql`, prints",
      repeatable: true,
    },
    { flags: "--version-path <folder>", description: "the migrations folder to write into, if there are several" },
    { flags: "--dry-run", description: "say what would be written, and write nothing" },
  ],
  examples: [
    ["limbeck import alembic backend", "read backend/alembic.ini, and write a revision for each"],
    ["limbeck import alembic backend --sql up.sql --sql down.sql", "with Alembic's SQL for what has no translation"],
  ],
  exitOne: "something is left that has to be translated by hand",
  async run(context, { arguments: [tool, folder], options }) {
    if (tool !== "alembic") {
      throw new LimbeckError("USAGE", {
        message: `limbeck import knows alembic, and not ${tool}.`,
        hint: "For any other tool, `limbeck baseline` writes the first revision from the database.",
      });
    }
    const given = { arguments: [], options };
    const versionPath = textOption(given, "versionPath");
    return await importAlembic(context, {
      folder: folder!,
      sql: listOption(given, "sql"),
      dryRun: flagOption(given, "dryRun"),
      ...(versionPath !== undefined && { versionPath }),
    });
  },
  isYes: ({ revisions }) => revisions.every((revision) => !refuses(revision)),
  render: (result, view) =>
    [...result.revisions.map((revision) => lines(revision, view)), summary(result, view)].join("\n"),
});

function refuses({ upgrade, downgrade }: ImportedRevision): boolean {
  return upgrade === "nothing" || downgrade === "nothing";
}

function lines(revision: ImportedRevision, view: View): string {
  const { source, path, left, notes } = revision;
  return [
    `${view.path(source)} -> ${view.path(path)}`,
    ...left.map(({ half, line, reason }) => {
      const fate = revision[half] === "sql" ? "is Alembic's SQL" : "refuses to run";
      return `  ${half} ${fate}: line ${line}, ${reason}`;
    }),
    ...notes.map((note) => `  ${note}`),
  ].join("\n");
}

function summary({ revisions, heads, skipped, written }: ImportAlembicResult, view: View): string {
  const bySql = revisions.filter(
    (each) => !refuses(each) && (each.upgrade === "sql" || each.downgrade === "sql"),
  ).length;
  const refusing = revisions.filter(refuses).length;
  const whole = revisions.length - bySql - refusing;
  return [
    ...skipped.map((path) => `Skipped ${view.path(path)}: no revision`),
    "",
    `${written ? "Wrote" : "Would write"} ${revisions.length} revision${revisions.length === 1 ? "" : "s"}: ${whole} translated, ${bySql} with Alembic's SQL, ${refusing} to be finished by hand.`,
    `The head${heads.length === 1 ? " is" : "s are"} ${heads.join(", ")}.`,
    ...(refusing === 0
      ? []
      : ["What refuses to run matters for new databases only: where it is applied already, nothing runs again."]),
  ].join("\n");
}
