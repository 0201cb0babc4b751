import { heads } from "../../commands/heads.ts";
import { command, flagOption } from "../command.ts";
import { revisionLine } from "../revision-lines.ts";

export const spec = command({
  options: [
    { flags: "--resolve-dependencies", description: "leave out heads that another revision depends on" },
    { flags: "--write-lock", description: "write them into limbeck.lock beside the migrations" },
  ],
  examples: [["limbeck heads", "list the heads, one a line"]],
  run: async (context, given) =>
    heads(context, {
      resolveDependencies: flagOption(given, "resolveDependencies"),
      writeLock: flagOption(given, "writeLock"),
    }),
  render: (result, view) => result.heads.map((head) => revisionLine(head, view)).join("\n"),
});
