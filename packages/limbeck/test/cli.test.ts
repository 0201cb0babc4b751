import { existsSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { checkTranscript, expect, test, type CommandRunner } from "testkit";
import { expectSchema } from "./json-schema.ts";
import { limbeck } from "./terminal.ts";

const folder = join(import.meta.dirname, "cli");

/** What changes from run to run: ids and times, who and where. */
const MASKS = [
  [/\b20\d{12}\b/g, "<id>"],
  [/\b20\d\d-\d\d-\d\dT[\d:.]+Z/g, "<time>"],
  [/"durationMs": [\d.]+/g, '"durationMs": <ms>'],
  [/'[0-9a-f]{64}', '[^']*', '[^']*', '[^']*'/g, "'<checksum>', '<who>', '<host>', '<version>'"],
  [/ by \S+@[^\s:]+/g, " by <who>@<host>"],
  [/^-- limbeck [\d.]+/gm, "-- limbeck <version>"],
] as const;

/** limbeck itself, and as much of a shell as the stories need. */
const shell: CommandRunner = async ([verb, ...args], { cwd, env }) => {
  const done = (stdout: string) => ({ exitCode: 0, stdout, stderr: "" });
  const path = (name = ".") => join(cwd, name);
  switch (verb) {
    case "limbeck": {
      const output = await limbeck(args, { cwd, env });
      if (args.includes("--json")) expectSchema(args, output.stdout);
      return output;
    }
    case "cat":
      return done(readFileSync(path(args[0]), "utf8"));
    case "ls":
      return done(existsSync(path(args[0])) ? readdirSync(path(args[0])).toSorted().join("\n") : "nothing is there\n");
    case "mv":
      renameSync(path(args[0]), path(args[1]));
      return done("");
    case "rm":
      rmSync(path(args[0]), { recursive: true });
      return done("");
    default:
      throw new Error(`the stories' shell has no ${verb}`);
  }
};

const transcripts = readdirSync(folder).filter((name) => name.endsWith(".txt"));

/** A story that does not name the embedded database happens on the server, which answers sooner. */
test.for(transcripts)("%s", async (name, { folder: cwd, databaseUrl }) => {
  const path = join(folder, name);
  const env = readFileSync(path, "utf8").includes("pglite:") ? {} : { DATABASE_URL: databaseUrl };
  await checkTranscript(path, shell, { cwd, env, masks: MASKS });
  const story = readFileSync(path, "utf8");
  expect(story, "a stack trace").not.toMatch(/^! {5,}at /m);
  expect(story, "a bug").not.toContain("INTERNAL");
});

test("there are stories", () => {
  expect(transcripts.map((name) => basename(name, ".txt"))).toEqual(
    expect.arrayContaining(["graph", "database", "bad-files"]),
  );
});
