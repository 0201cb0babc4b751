// The action of action.yml: runs limbeck, and tells GitHub what it said. It needs no package of its own.
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { changedFiles, comment } from "./github.mjs";
import { previewText, summaryOf } from "./text.mjs";

const { env } = process;
const input = (name) => env[`INPUT_${name.toUpperCase()}`]?.trim() ?? "";

const workspace = realpathSync(env.GITHUB_WORKSPACE ?? process.cwd());
const folder = realpathSync(resolve(workspace, input("working-directory") || "."));

const COMMANDS = {
  check: { words: ["check"] },
  lint: { words: ["lint"] },
  test: { words: ["test"] },
  preview: { words: ["upgrade", "heads", "--plan"] },
  upgrade: { words: ["upgrade"] },
};

/** limbeck as it is installed in the working directory, or above it. */
function binary() {
  for (let place = folder; ; place = dirname(place)) {
    const found = join(place, "node_modules/.bin/limbeck");
    if (existsSync(found)) return found;
    if (place === dirname(place)) throw new Error(`limbeck is not installed in ${folder}: run npm ci first.`);
  }
}

/** The exit code, and what --json printed. */
function limbeck(words) {
  const more = input("arguments").split(/\s+/).filter(Boolean);
  const environment = input("environment") === "" ? [] : ["--env", input("environment")];
  // In the environment and not on the command line, where other processes could read a password.
  const hasDatabase = input("url") !== "" || Boolean(env.DATABASE_URL) || input("environment") !== "";
  const url = input("url") || (words.includes("--plan") && !hasDatabase ? "pglite://memory" : "");
  const alone = words.includes("lint") && !hasDatabase ? ["--static"] : [];
  const result = spawnSync(binary(), [...words, ...alone, ...environment, ...more, "--json"], {
    cwd: folder,
    env: { ...env, ...(url !== "" && { DATABASE_URL: url }) },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (result.error !== undefined) throw result.error;
  return { exitCode: result.status ?? 130, answer: JSON.parse(result.stdout || "null"), json: result.stdout };
}

const inWorkspace = (path) => relative(workspace, existsSync(path) ? realpathSync(path) : path);

/** A workflow command, in the form that GitHub reads. */
function tell(name, { file, line, title }, text) {
  const escaped = (said) => said.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const properties = Object.entries({ file, line, title })
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => `${key}=${escaped(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`);
  console.log(`::${name} ${properties.join(",")}::${escaped(text)}`);
}

/** Annotations on the lines that lint complains of. Gives the exit code: 1 for an error in what is looked at. */
function annotate(findings, isLookedAt) {
  const names = { error: "error", warning: "warning", info: "notice" };
  const told = findings.filter(({ file }) => isLookedAt(file));
  for (const { severity, file, line, rule, message, recipe } of told) {
    const instead =
      recipe === null || recipe === undefined ? [] : file?.endsWith(".sql") ? recipe.sql : recipe.operations;
    const text = [message, ...instead.map((step, index) => (index === 0 ? `Instead: ${step}` : step))].join("\n");
    tell(names[severity], { file: file === null ? undefined : inWorkspace(file), line, title: rule }, text);
  }
  return { told, exitCode: told.some(({ severity }) => severity === "error") ? 1 : 0 };
}

function write(variable, text) {
  if (env[variable]) appendFileSync(env[variable], text);
}

/** A value of several lines, behind a word that does not stand in it. */
function output(name, value) {
  const end = `end-${Math.random().toString(36).slice(2)}`;
  write("GITHUB_OUTPUT", `${name}<<${end}\n${value}\n${end}\n`);
}

async function lookedAt() {
  const event = env.GITHUB_EVENT_PATH ? JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, "utf8")) : {};
  const pull = event.pull_request?.number;
  const isAsked = pull !== undefined && input("all-files") !== "true";
  const changed = isAsked ? await changedFiles({ env, token: input("token"), pull }) : undefined;
  return { pull, isLookedAt: (path) => changed === undefined || (path !== null && changed.has(inWorkspace(path))) };
}

async function main() {
  const name = input("command");
  const known = COMMANDS[name];
  if (known === undefined)
    throw new Error(`There is no command ${name}: use one of ${Object.keys(COMMANDS).join(", ")}.`);
  const { exitCode, answer, json } = limbeck(known.words);
  output("exit-code", exitCode);
  output("json", json.trim());
  if (answer?.error !== undefined) {
    const { code, message, hint, where } = answer.error;
    tell("error", { file: where && inWorkspace(where.file), line: where?.line, title: code }, `${message}\n${hint}`);
    write("GITHUB_STEP_SUMMARY", `### limbeck ${name}\n\n**${code}**: ${message}\n\n${hint}\n`);
    return exitCode;
  }
  if (name === "lint") {
    const { told, exitCode: found } = annotate(answer.findings, (await lookedAt()).isLookedAt);
    write("GITHUB_STEP_SUMMARY", summaryOf(name, { findings: told }, inWorkspace));
    return found;
  }
  if (name === "preview") {
    const { pull, isLookedAt } = await lookedAt();
    const text = previewText(
      answer.planned.filter(({ path }) => isLookedAt(path)),
      inWorkspace,
    );
    write("GITHUB_STEP_SUMMARY", text);
    if (pull !== undefined && input("comment") === "true") await comment({ env, token: input("token"), pull, text });
    return exitCode;
  }
  write("GITHUB_STEP_SUMMARY", summaryOf(name, answer, inWorkspace));
  if (exitCode !== 0) tell("error", { title: `limbeck ${name}` }, `The answer is no: see the summary of this run.`);
  return exitCode;
}

try {
  process.exitCode = await main();
} catch (error) {
  tell("error", { title: "limbeck" }, error.message);
  process.exitCode = 2;
}
