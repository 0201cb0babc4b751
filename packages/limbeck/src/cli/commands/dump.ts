import { dump, type DumpResult } from "../../commands/dump.ts";
import { command } from "../command.ts";
import { scriptText } from "../script-text.ts";

export const spec = command<DumpResult>({
  description:
    "The schema is read from the catalogs of the live database, or of what a source is built to: the URL of a database, a .sql file, a " +
    "Drizzle module, a folder of them, or rev:ID. Rows are no part of it.",
  arguments: [{ name: "[source]", description: "the live database when left out" }],
  examples: [
    ["limbeck dump > schema.sql", "the live schema, without pg_dump"],
    ["limbeck dump rev:head", "what the revisions make of an empty database"],
  ],
  async run(context, given) {
    const [source] = given.arguments;
    return await dump(context, { ...(source !== undefined && { source }) });
  },
  render: ({ statements, notExpressed }) =>
    [
      ...notExpressed.map((name) => `-- Not in this script: ${name.replaceAll("\n", " ")}`),
      scriptText(statements),
    ].join("\n"),
});
