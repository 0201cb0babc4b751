import { listTemplates } from "../../commands/list-templates.ts";
import { command } from "../command.ts";

export const spec = command({
  examples: [["limbeck list-templates", "what --format takes"]],
  run: { withoutConfig: () => Promise.resolve(listTemplates()) },
  render: ({ templates }, { paint }) =>
    templates.map(({ name, summary }) => `${paint.id(name.padEnd(4))} ${summary}`).join("\n"),
});
