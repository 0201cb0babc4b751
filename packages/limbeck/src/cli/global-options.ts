import type { OptionSpec } from "./command.ts";

/** What every command takes, in front of its name and behind. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { flags: "-c, --config <file>", description: "the configuration file; found upwards from here when left out" },
  { flags: "--env <name>", description: "an environment of the configuration" },
  { flags: "--url <url>", description: "the database" },
  { flags: "-x <key=value>", description: "a value that revisions find in op.arguments", repeatable: true },
  { flags: "--json", description: "print the answer as one JSON document" },
  { flags: "-q, --quiet", description: "print the answer and errors only, no progress" },
  { flags: "-v, --verbose", description: "print more, of a run each statement" },
  { flags: "--log-format <form>", description: "how progress and errors are written on stderr: text, or json lines" },
  { flags: "--no-color", description: "print without colours" },
  { flags: "-y, --yes", description: "take the default answer to every question" },
];

const WITH_VALUE = new Set(
  GLOBAL_OPTIONS.filter(({ flags }) => flags.includes("<")).flatMap(({ flags }) => flags.match(/--?\w[\w-]*/g) ?? []),
);

/** Where the first word stands that is neither an option nor the value of one; -1 where there is none. */
export function verbIndex(words: readonly string[]): number {
  return words.findIndex((word, index) => !word.startsWith("-") && !WITH_VALUE.has(words[index - 1] ?? ""));
}
