import { spawnSync } from "node:child_process";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import { edit } from "../../commands/edit.ts";
import { command, flagOption } from "../command.ts";

export const spec = command({
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
/** What the shell says of a command that it does not find. */
const NOT_FOUND = 127;

function openInEditor(paths: readonly string[], env: NodeJS.ProcessEnv): void {
  const named = env["VISUAL"] ?? env["EDITOR"];
  for (const editor of named === undefined ? EDITORS : [named]) {
    // Through the shell, as git does it: an editor is often named with its flags, EDITOR="code --wait".
    const { status } = spawnSync("sh", ["-c", `${editor} "$@"`, editor, ...paths], { stdio: "inherit" });
    if (status === 0) return;
    if (status !== NOT_FOUND) throw noEditor(`The editor ${editor} ended with ${status ?? "a signal"}.`);
  }
  throw noEditor(named === undefined ? "No editor was found." : `The editor ${named} was not found.`);
}

function noEditor(message: string): LimbeckError {
  return new LimbeckError("EDITOR_FAILED", {
    message,
    hint: "Name one that runs here, as in EDITOR=vim limbeck edit head.",
  });
}
