import { spawnSync } from "node:child_process";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import { edit } from "../../commands/edit.ts";
import { command, flagOption } from "../command.ts";

export const spec = command({
  summary: "Open a revision in your editor",
  description:
    "Open a revision in your editor: VISUAL or EDITOR, or else the first of sensible-editor, nano, vi and code",
  arguments: [{ name: "<revision>", description: "an id, the first characters of one, head, current, a label" }],
  examples: [["limbeck edit head", "open the newest revision"]],
  async run(context, given) {
    const result = await edit(context, given.arguments[0]!);
    if (!flagOption(given, "json")) openInEditor(result.paths, context.config.env);
    return result;
  },
  render: () => "",
});

const EDITORS = ["sensible-editor", "nano", "vi", "code"];

function openInEditor(paths: readonly string[], env: NodeJS.ProcessEnv): void {
  const named = env["VISUAL"] ?? env["EDITOR"];
  for (const editor of named === undefined ? EDITORS : [named]) {
    // An editor is often named with its flags: EDITOR="code --wait".
    const [program, ...flags] = editor.split(" ");
    const { error, status } = spawnSync(program!, [...flags, ...paths], { stdio: "inherit" });
    if (error === undefined && status === 0) return;
    if (error === undefined) throw noEditor(`The editor ${editor} ended with ${status ?? "a signal"}.`);
  }
  throw noEditor(named === undefined ? "No editor was found." : `The editor ${named} cannot be started.`);
}

function noEditor(message: string): LimbeckError {
  return new LimbeckError("EDITOR_FAILED", {
    message,
    hint: "Name one that runs here, as in EDITOR=vim limbeck edit head.",
  });
}
