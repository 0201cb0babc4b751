import { openContext } from "../commands/context.ts";
import { house } from "../commands/house.ts";
import type { CommandSpec } from "./command.ts";
import { commands, isCommandName, type CommandName } from "./commands.ts";
import { GLOBAL_OPTIONS, verbIndex } from "./global-options.ts";

/** What could stand in place of the last word of a command line, and what it means. */
export interface Candidate {
  readonly word: string;
  readonly told: string;
}

interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Completes a command line: `words` are those behind `limbeck`, of which the last is the one that is being typed. Of revision files it
 * reads the headers. Never throws: a shell has nowhere to show an error while somebody types.
 */
export async function complete(words: readonly string[], place: Place): Promise<Candidate[]> {
  const typed = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const candidates = await possible(before, typed, place).catch(() => []);
  return candidates.filter(({ word }) => word.startsWith(typed));
}

async function possible(before: readonly string[], typed: string, place: Place): Promise<Candidate[]> {
  const at = verbIndex(before);
  const verb = before[at];
  if (verb === undefined) return typed.startsWith("-") ? flags(GLOBAL_OPTIONS) : verbs();
  if (!isCommandName(verb)) return [];
  const { spec } = await commands[verb].load();
  if (typed.startsWith("-")) return flags([...(spec.options ?? []), ...GLOBAL_OPTIONS]);
  const value = valueBefore(before.at(-1), spec);
  if (value !== undefined) return value === "revision" ? await revisions(before, place) : [];
  return await argumentsOf(verb, spec, before, place);
}

function verbs(): Candidate[] {
  return Object.entries(commands).map(([word, { summary }]) => ({ word, told: summary }));
}

function flags(options: NonNullable<CommandSpec["options"]>): Candidate[] {
  return options.flatMap(({ flags: text, description }) =>
    (text.match(/(?<![\w-])--?[a-zA-Z][\w-]*/g) ?? [])
      .filter((word) => word.startsWith("--"))
      .map((word) => ({ word, told: description })),
  );
}

/** What kind of value the option in front of the typed word wants; undefined where it is none, or wants none. */
function valueBefore(word: string | undefined, spec: CommandSpec): string | undefined {
  if (word === undefined || !word.startsWith("-")) return undefined;
  const option = [...(spec.options ?? []), ...GLOBAL_OPTIONS].find(({ flags: text }) =>
    text.split(/[ ,]+/).includes(word),
  );
  return /<([^>]+)>/.exec(option?.flags ?? "")?.[1];
}

const WORDS: Partial<Record<CommandName, readonly string[]>> = {
  completion: ["bash", "zsh", "fish"],
  import: ["alembic"],
};

async function argumentsOf(
  verb: CommandName,
  spec: CommandSpec,
  before: readonly string[],
  place: Place,
): Promise<Candidate[]> {
  const fixed = WORDS[verb];
  if (fixed !== undefined) return before.at(-1) === verb ? fixed.map((word) => ({ word, told: "" })) : [];
  const wantsRevision = spec.arguments?.some(({ name }) => /revision|target|range/.test(name)) ?? false;
  return wantsRevision ? await revisions(before, place) : [];
}

/** Ids, branch labels and the words that stand for revisions, of the configuration that the line names. */
async function revisions(before: readonly string[], { cwd, env }: Place): Promise<Candidate[]> {
  const given = (...names: readonly string[]): string | undefined =>
    before[before.findIndex((word) => names.includes(word)) + 1];
  const has = (name: string): boolean => before.includes(name);
  const context = await openContext({
    ...house(),
    file: has("-c") || has("--config") ? given("-c", "--config") : undefined,
    environment: has("--env") ? given("--env") : undefined,
    url: undefined,
    overrides: {},
    cwd,
    env,
  });
  const found = Array.from(context.graph(), ({ source }) => source).toReversed();
  return [
    ...["head", "heads", "base", "current"].map((word) => ({ word, told: "" })),
    ...found.flatMap(({ branchLabels, message }) =>
      branchLabels.map((word) => ({ word, told: `the branch of ${message}` })),
    ),
    ...found.map(({ revision, message }) => ({ word: revision, told: message })),
  ];
}
