import { repair } from "../../commands/repair.ts";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import { command, flagOption, type Given } from "../command.ts";
import { LOCK_WAIT_OPTION } from "../run-overrides.ts";

export const spec = command({
  description:
    "Accept the files of applied revisions that have been edited since. The history keeps what it says, and gets a row with the new checksum. Or say of a revision that was cut off at a statement outside a transaction whether that was done. Nothing is run.",
  arguments: [{ name: "[revisions...]", description: "those to accept; all that were edited when left out" }],
  options: [
    { flags: "--done", description: "the statement at which the revision was cut off was done, in whole" },
    { flags: "--again", description: "that statement was not done, or may run from its beginning" },
    LOCK_WAIT_OPTION,
  ],
  examples: [
    ["limbeck repair", "accept all edited files"],
    ["limbeck repair 20250909185058", "accept one, and leave the finding about others"],
    ["limbeck repair 20250909185058 --again", "after STATEMENT_IN_DOUBT: run the statement again"],
  ],
  run: (context, given) => repair(context, given.arguments, { cutOff: cutOff(given) }),
  render({ repaired, answered }, view) {
    const [step] = answered;
    if (step !== undefined) {
      const next = step.cutOff === "done" ? "goes on behind" : "begins again at";
      return `The ${step.direction} of ${view.paint.id(step.revision)} ${next} its statement ${step.statement}.`;
    }
    if (repaired.length === 0) return "Nothing to repair: the applied files are as they were applied.";
    return repaired
      .map(({ revision, path }) => `${view.paint.id(revision)} accepted as ${view.path(path)} is now`)
      .join("\n");
  },
});

function cutOff(given: Given): "done" | "again" | undefined {
  const [first, second] = (["done", "again"] as const).filter((each) => flagOption(given, each));
  if (second === undefined) return first;
  throw new LimbeckError("USAGE", {
    message: "repair takes --done or --again, and not both.",
    hint: "If a part of the statement was done, finish it by hand and say --done, or undo it and say --again.",
  });
}
