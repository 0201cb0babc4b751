/**
 * Every error that limbeck reports on purpose: its stable code, the exit code of a command that ends with it,
 * and one sentence for the reference page. A code is never reused for another meaning.
 */
export const catalogue = {
  USAGE: { exitCode: 2, summary: "The command line, or the options of a library call, cannot be understood." },
  CONFIG_NOT_FOUND: { exitCode: 2, summary: "The configuration file named by --config does not exist." },
  CONFIG_INVALID: { exitCode: 2, summary: "The configuration has an unknown key or a value of the wrong form." },
  CONFIG_LOAD_FAILED: { exitCode: 2, summary: "The configuration file could not be loaded as a module." },
  ENVIRONMENT_NOT_FOUND: { exitCode: 2, summary: "--env names an environment that the configuration does not have." },
  URL_INVALID: { exitCode: 2, summary: "A database URL cannot be understood." },
  PACKAGE_NOT_FOUND: { exitCode: 2, summary: "A package that this command needs, and no other, is not installed." },
  MIGRATIONS_NOT_FOUND: { exitCode: 2, summary: "A folder of revision files does not exist." },
  FILE_EXISTS: { exitCode: 2, summary: "A file that would be written exists already." },
  FILE_WRITE_FAILED: { exitCode: 2, summary: "A file could not be written." },
  TEMPLATE_INVALID: { exitCode: 2, summary: "A file name template or a template name cannot be used." },
  WRITE_HOOK_FAILED: {
    exitCode: 2,
    summary: "A command that runs after a revision file was written ended with an error.",
  },
  REVISION_FILE_INVALID: { exitCode: 2, summary: "The metadata of a revision file cannot be read." },
  REVISION_ID_INVALID: {
    exitCode: 2,
    summary:
      "A revision id, or a branch label, has a character that targets need for themselves, or is a reserved word.",
  },
  REVISION_DUPLICATE: { exitCode: 2, summary: "Two files have the same revision id." },
  LABEL_DUPLICATE: {
    exitCode: 2,
    summary: "One branch label stands on two lines of history, or is also a revision id.",
  },
  PARENT_NOT_FOUND: { exitCode: 2, summary: "A revision names a down revision, or a dependency, that no file has." },
  REVISION_CYCLE: { exitCode: 2, summary: "Revisions stand on each other in a circle." },
  REVISION_NOT_FOUND: { exitCode: 2, summary: "No revision goes by that identifier." },
  REVISION_AMBIGUOUS: { exitCode: 2, summary: "A shortened identifier fits several revisions." },
  MULTIPLE_HEADS: { exitCode: 2, summary: "The identifier asks for the one head, and there are several." },
  TARGET_INVALID: { exitCode: 2, summary: "A target cannot be understood, or cannot be used for this command." },
  RELATIVE_OUT_OF_RANGE: { exitCode: 2, summary: "A relative target goes further than the history does." },
  RELATIVE_AMBIGUOUS: { exitCode: 2, summary: "A relative target could mean several revisions." },
  STAMP_UNSOUND: { exitCode: 2, summary: "The revisions to stamp cannot be the rows of a version table together." },
  REBASE_REFUSED: { exitCode: 2, summary: "A revision cannot be put on top of the other one." },
  SQL_UNREADABLE: { exitCode: 2, summary: "A file of SQL does not exist, or PostgreSQL's grammar does not take it." },
  DATA_LOSS: { exitCode: 2, summary: "An upgrade would lose data for good, and nobody has said that it may." },
  EDITOR_FAILED: { exitCode: 2, summary: "No editor could be started, or it ended with an error." },
  NOT_A_HEAD: {
    exitCode: 2,
    summary: "A new revision was to start from one that is no head, and --splice was not given.",
  },
  REVISION_LOAD_FAILED: { exitCode: 3, summary: "A revision file could not be loaded as a module." },
  REVISION_INCOMPLETE: { exitCode: 3, summary: "A revision has no upgrade or no downgrade, and it is to be run." },
  REVISION_FAILED: { exitCode: 3, summary: "A revision's own code threw an error." },
  OPERATION_INVALID: {
    exitCode: 3,
    summary: "An operation was called with arguments that PostgreSQL cannot carry out.",
  },
  IDENTIFIER_INVALID: { exitCode: 3, summary: "A name is empty, or longer than the 63 bytes that PostgreSQL keeps." },
  UNAWAITED_QUERY: { exitCode: 3, summary: "A revision ended while one of its queries was still under way." },
  TRANSACTION_CONTROL: { exitCode: 3, summary: "A revision's SQL begins or ends a transaction itself." },
  SESSION_CONTROL: { exitCode: 3, summary: "A revision's SQL gives up what the runner holds in its session." },
  COPY_THROUGH_CLIENT: { exitCode: 3, summary: "A revision's SQL copies from stdin or to stdout." },
  PSQL_ONLY: { exitCode: 3, summary: "A revision's SQL has a command or a variable of psql's own." },
  OFFLINE_NEEDS_DATABASE: {
    exitCode: 3,
    summary: "A revision looks at the database, which offline mode does not have.",
  },
  STATEMENT_FAILED: { exitCode: 3, summary: "The database refused a statement." },
  VERSION_ROW_CHANGED: { exitCode: 3, summary: "The version table was changed by somebody else during the run." },
  VERSION_SCHEMA_NOT_FOUND: { exitCode: 3, summary: "The schema in which the version table should be does not exist." },
  VERSION_TABLE_INVALID: {
    exitCode: 3,
    summary: "The version table does not have the form that limbeck and Alembic use.",
  },
  REVISION_UNKNOWN_TO_FILES: { exitCode: 3, summary: "The version table names a revision that no file has." },
  STEP_UNFINISHED: { exitCode: 3, summary: "A revision is half done, and what was asked for would leave it so." },
  STEP_CHANGED: { exitCode: 3, summary: "A half-done revision was edited before it was resumed." },
  STATEMENT_IN_DOUBT: {
    exitCode: 3,
    summary: "A run was cut off at a statement outside a transaction, and nobody knows whether it was done.",
  },
  QUERY_NOT_REPEATABLE: {
    exitCode: 3,
    summary: "A half-done revision cannot be resumed: a query of it wrote, and its answer is gone.",
  },
  BACKFILL_NEEDS_KEY: { exitCode: 3, summary: "A table has no index along which a backfill could walk." },
  BACKFILL_UNFINISHED: { exitCode: 3, summary: "A backfill found rows to change in every pass over its table." },
  DATABASE_UNREACHABLE: { exitCode: 4, summary: "No connection to the database could be made." },
  DATABASE_NOT_FOUND: { exitCode: 3, summary: "The server has no database of that name." },
  DATABASE_AUTHENTICATION_FAILED: { exitCode: 3, summary: "The server does not accept the user or the password." },
  DATABASE_READ_ONLY: { exitCode: 3, summary: "The database accepts no writes." },
  DATABASE_PERMISSION_DENIED: { exitCode: 3, summary: "The database user may not do what was asked." },
  CONNECTION_LOST: { exitCode: 3, summary: "The connection to the database ended during the run." },
  EMBEDDED_IN_USE: { exitCode: 4, summary: "Another process has the embedded database open." },
  EMBEDDED_NOT_INSTALLED: {
    exitCode: 2,
    summary: "The embedded database is asked for and its package is not installed.",
  },
  EMBEDDED_FAILED: { exitCode: 3, summary: "The embedded database could not be opened." },
  LOCK_TIMEOUT: {
    exitCode: 4,
    summary:
      "Another runner holds the migration lock, or somebody what is to be restored, and did not let go of it in time.",
  },
  LOCK_NOT_AVAILABLE: { exitCode: 4, summary: "A statement did not get its lock within the lock timeout." },
  TRANSACTION_POOLER: {
    exitCode: 2,
    summary:
      "The database URL leads to a connection pooler in transaction mode, where the migration lock is of no use.",
  },
  NOT_TRANSACTIONAL: {
    exitCode: 3,
    summary: "A run that is to be one transaction has a statement that PostgreSQL refuses inside one.",
  },
  DATABASE_NOT_UP_TO_DATE: {
    exitCode: 3,
    summary: "A revision was to be generated from a database that lacks revisions, or has some already.",
  },
  PROOF_FAILED: {
    exitCode: 3,
    summary: "A generated revision does not lead to the target schema, or its downgrade does not lead back.",
  },
  HOOK_FAILED: { exitCode: 3, summary: "beforeStep or afterStep of the configuration threw an error." },
  SCHEMA_SOURCE_INVALID: { exitCode: 2, summary: "The target schema cannot be read." },
  USER_SCRIPT_FAILED: {
    exitCode: 3,
    summary: "A file of rows for `limbeck test`, or a check of your own, cannot be run.",
  },
  TEST_FAILED: { exitCode: 1, summary: "A revision, or the history, did not pass the rollback test." },
  VERIFY_FAILED: { exitCode: 1, summary: "`upgrade --verify` found the database unfit, and ran nothing." },
  LINT_FAILED: {
    exitCode: 1,
    summary: "The configuration requires that lint is clean before an upgrade. It found an error, and nothing was run.",
  },
  NOT_CONFIRMED: { exitCode: 2, summary: "Nobody has said the name of the database that would be changed." },
  PG_DUMP_NOT_FOUND: {
    exitCode: 2,
    summary: "pg_dump, pg_restore and psql are not there, or older than the server.",
  },
  BACKUP_FAILED: { exitCode: 3, summary: "A backup could not be made, or not be read back. Nothing of it is left." },
  BACKUP_NOT_FOUND: { exitCode: 2, summary: "There is no backup of that name." },
  BACKUP_DAMAGED: {
    exitCode: 3,
    summary: "A backup is not the file that was written, or of another kind of database.",
  },
  DATABASE_NOT_EMPTY: {
    exitCode: 2,
    summary: "A restore would drop what the database has, and nobody has said that it may.",
  },
  RESTORE_FAILED: { exitCode: 3, summary: "A restore failed, and the database is as it was before." },
  FORWARD_ONLY: { exitCode: 2, summary: "The configuration says that nothing is downgraded here." },
  INTERRUPTED: { exitCode: 130, summary: "The run was interrupted." },
  INTERNAL: { exitCode: 3, summary: "Something happened that limbeck did not foresee: a bug." },
} as const satisfies Record<string, { exitCode: ExitCode; summary: string }>;

/** 0 done or yes · 1 the answer is no · 2 usage or configuration · 3 database or migration · 4 not in time · 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

export type ErrorCode = keyof typeof catalogue;
