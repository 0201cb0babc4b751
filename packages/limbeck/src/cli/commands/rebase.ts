import { rebase } from "../../commands/rebase.ts";
import { command, flagOption, textOption } from "../command.ts";

export const spec = command({
  arguments: [{ name: "<revision>", description: "the revision that moves, with all that stands on it" }],
  options: [
    { flags: "--onto <revision>", description: "what it will stand on; the other head, when there are two" },
    { flags: "--offline", description: "do not ask the database whether it is applied there" },
  ],
  examples: [["limbeck rebase 20250128000000 --onto head-of-main", "one line of history instead of a merge"]],
  run(context, given) {
    const onto = textOption(given, "onto");
    const askDatabase = !flagOption(given, "offline");
    return rebase(context, given.arguments[0]!, { askDatabase, ...(onto === undefined ? {} : { onto }) });
  },
  render: ({ revision, from, onto }) =>
    `${revision} stands on ${onto} now; it stood on ${from.join(", ") || "nothing"}.`,
});
