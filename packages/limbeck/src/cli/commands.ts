import type { CommandSpec } from "./command.ts";

/** Every verb, loaded when it is asked for: a command does not pay for the others. In the order of the help page. */
export const commands = {
  init: () => import("./commands/init.ts"),
  revision: () => import("./commands/revision.ts"),
  baseline: () => import("./commands/baseline.ts"),
  import: () => import("./commands/import.ts"),
  merge: () => import("./commands/merge.ts"),
  rebase: () => import("./commands/rebase.ts"),
  upgrade: () => import("./commands/upgrade.ts"),
  downgrade: () => import("./commands/downgrade.ts"),
  current: () => import("./commands/current.ts"),
  history: () => import("./commands/history.ts"),
  heads: () => import("./commands/heads.ts"),
  branches: () => import("./commands/branches.ts"),
  show: () => import("./commands/show.ts"),
  edit: () => import("./commands/edit.ts"),
  "list-templates": () => import("./commands/list-templates.ts"),
  check: () => import("./commands/check.ts"),
  lint: () => import("./commands/lint.ts"),
  diff: () => import("./commands/diff.ts"),
  test: () => import("./commands/test.ts"),
  verify: () => import("./commands/verify.ts"),
  backup: () => import("./commands/backup.ts"),
  restore: () => import("./commands/restore.ts"),
  dump: () => import("./commands/dump.ts"),
  erd: () => import("./commands/erd.ts"),
  status: () => import("./commands/status.ts"),
  repair: () => import("./commands/repair.ts"),
  stamp: () => import("./commands/stamp.ts"),
  "ensure-version": () => import("./commands/ensure-version.ts"),
  completion: () => import("./commands/completion.ts"),
} satisfies Record<string, () => Promise<{ spec: CommandSpec }>>;

export type CommandName = keyof typeof commands;

/** The verbs that a command line could mean by the word where one should stand: that one, or all when it is none. */
export function candidates(verb: string | undefined): CommandName[] {
  return verb !== undefined && isCommandName(verb) ? [verb] : (Object.keys(commands) as CommandName[]);
}

export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(commands, word);
}
