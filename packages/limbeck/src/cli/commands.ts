import type { CommandSpec } from "./command.ts";

/** Every verb, loaded when it is asked for: neither a command nor the help page pays for the others. In the page's order. */
export const commands = {
  init: {
    summary: "Write a configuration and a migrations folder; what is there is left alone",
    load: () => import("./commands/init.ts"),
  },
  revision: {
    summary: "Write a new revision file, empty or from what the database lacks",
    load: () => import("./commands/revision.ts"),
  },
  baseline: {
    summary: "Write the first revision from the live schema, and stamp the database with it",
    load: () => import("./commands/baseline.ts"),
  },
  import: {
    summary: "Take over another tool's revisions: write ours for them, with their ids",
    load: () => import("./commands/import.ts"),
  },
  merge: {
    summary: "Write a revision that joins others",
    load: () => import("./commands/merge.ts"),
  },
  rebase: {
    summary: "Put a revision that is applied nowhere on top of another one",
    load: () => import("./commands/rebase.ts"),
  },
  upgrade: {
    summary: "Run what the database lacks to stand at a revision",
    load: () => import("./commands/upgrade.ts"),
  },
  downgrade: {
    summary: "Undo what the database has above a revision",
    load: () => import("./commands/downgrade.ts"),
  },
  current: {
    summary: "Show the revisions that the database stands at",
    load: () => import("./commands/current.ts"),
  },
  history: {
    summary: "List the revisions, newest first",
    load: () => import("./commands/history.ts"),
  },
  heads: {
    summary: "Show the heads: revisions that none stands on",
    load: () => import("./commands/heads.ts"),
  },
  branches: {
    summary: "Show the branch points, each with the revisions that it branches into",
    load: () => import("./commands/branches.ts"),
  },
  show: {
    summary: "Show a revision in full",
    load: () => import("./commands/show.ts"),
  },
  edit: {
    summary: "Open a revision in your editor",
    load: () => import("./commands/edit.ts"),
  },
  "list-templates": {
    summary: "List the forms in which revisions can be written",
    load: () => import("./commands/list-templates.ts"),
  },
  check: {
    summary:
      "Ask whether there is one head, everything is applied, as its file is, and the database is as the target schema says",
    load: () => import("./commands/check.ts"),
  },
  lint: {
    summary: "Find what is dangerous in revisions, or in a file of SQL, before it runs",
    load: () => import("./commands/lint.ts"),
  },
  diff: {
    summary: "Show what leads from one schema to another, as operations or as SQL",
    load: () => import("./commands/diff.ts"),
  },
  test: {
    summary: "Take each revision up, down and up again on a scratch database, and compare",
    load: () => import("./commands/test.ts"),
  },
  verify: {
    summary: "Check data and catalogs: what a deployment would stumble over, and what it left",
    load: () => import("./commands/verify.ts"),
  },
  backup: {
    summary: "Copy the database to a file, and see that it can be read back",
    load: () => import("./commands/backup.ts"),
  },
  restore: {
    summary: "Make the database what a backup says",
    load: () => import("./commands/restore.ts"),
  },
  dump: {
    summary: "Print a schema as SQL that makes it in an empty database",
    load: () => import("./commands/dump.ts"),
  },
  erd: {
    summary: "Draw the tables of a schema and their foreign keys",
    load: () => import("./commands/erd.ts"),
  },
  status: {
    summary: "Show where the database and the revision files stand, on one screen",
    load: () => import("./commands/status.ts"),
  },
  repair: {
    summary: "Accept the files of applied revisions that have been edited since",
    load: () => import("./commands/repair.ts"),
  },
  stamp: {
    summary: "Write the version table, and run nothing",
    load: () => import("./commands/stamp.ts"),
  },
  "ensure-version": {
    summary: "Make the version table if it is not there",
    load: () => import("./commands/ensure-version.ts"),
  },
  completion: {
    summary: "Print what makes a shell complete limbeck's commands, options, revisions and branch labels",
    load: () => import("./commands/completion.ts"),
  },
} satisfies Record<string, { readonly summary: string; readonly load: () => Promise<{ spec: CommandSpec }> }>;

export type CommandName = keyof typeof commands;

/** The verbs that a command line could mean by the word where one should stand: that one, or all when it is none. */
export function candidates(verb: string | undefined): CommandName[] {
  return verb !== undefined && isCommandName(verb) ? [verb] : (Object.keys(commands) as CommandName[]);
}

export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(commands, word);
}
