// Written by `npm run docs` from the sources. Changes made here are lost.
import type { AddAttributeOptions } from "./add-attribute.ts";
import type { AddColumnOptions } from "./add-column.ts";
import type { AddDomainConstraintOptions } from "./add-domain-constraint.ts";
import type { AddEnumValueOptions } from "./add-enum-value.ts";
import type { AddIdentityOptions } from "./add-identity.ts";
import type { AlterAttributeOptions } from "./alter-attribute.ts";
import type { AlterColumnOptions } from "./alter-column.ts";
import type { AlterConstraintOptions } from "./alter-constraint.ts";
import type { AlterDomainOptions } from "./alter-domain.ts";
import type { AlterExtensionOptions } from "./alter-extension.ts";
import type { AlterForeignTableOptions } from "./alter-foreign-table.ts";
import type { AlterFunctionOptions } from "./alter-function.ts";
import type { AlterIdentityOptions } from "./alter-identity.ts";
import type { AlterIndexOptions } from "./alter-index.ts";
import type { AlterPolicyOptions } from "./alter-policy.ts";
import type { AlterProcedureOptions } from "./alter-procedure.ts";
import type { AlterPublicationOptions } from "./alter-publication.ts";
import type { AlterSequenceOptions } from "./alter-sequence.ts";
import type { AlterServerOptions } from "./alter-server.ts";
import type { AlterStatisticsOptions } from "./alter-statistics.ts";
import type { AlterTextSearchDictionaryOptions, DictionaryChanges } from "./alter-text-search-dictionary.ts";
import type { AlterTextSearchMappingOptions } from "./alter-text-search-mapping.ts";
import type { AlterUserMappingOptions } from "./alter-user-mapping.ts";
import type { AlterViewOptions } from "./alter-view.ts";
import type { AnalyzeOptions } from "./analyze.ts";
import type { AttachIndexOptions } from "./attach-index.ts";
import type { AttachPartitionOptions } from "./attach-partition.ts";
import type { BackfillOptions } from "./backfill.ts";
import type { TableBatchOptions } from "./batch.ts";
import type { BulkInsertOptions, Row } from "./bulk-insert.ts";
import type { ClusterOnOptions } from "./cluster-on.ts";
import type { CommentOptions } from "./comment.ts";
import type { CreateAggregateOptions } from "./create-aggregate.ts";
import type { CreateCastOptions } from "./create-cast.ts";
import type { CreateCheckConstraintOptions } from "./create-check-constraint.ts";
import type { CreateCollationOptions } from "./create-collation.ts";
import type { CreateDomainOptions } from "./create-domain.ts";
import type { CreateEnumOptions } from "./create-enum.ts";
import type { CreateEventTriggerOptions } from "./create-event-trigger.ts";
import type { CreateExcludeConstraintOptions } from "./create-exclude-constraint.ts";
import type { CreateExtensionOptions } from "./create-extension.ts";
import type { CreateForeignDataWrapperOptions } from "./create-foreign-data-wrapper.ts";
import type { CreateForeignKeyOptions } from "./create-foreign-key.ts";
import type { CreateForeignTableOptions } from "./create-foreign-table.ts";
import type { CreateFunctionOptions } from "./create-function.ts";
import type { CreateIndexOptions } from "./create-index.ts";
import type { CreateMaterializedViewOptions } from "./create-materialized-view.ts";
import type { CreateOperatorOptions } from "./create-operator.ts";
import type { CreatePolicyOptions } from "./create-policy.ts";
import type { CreatePrimaryKeyOptions } from "./create-primary-key.ts";
import type { CreateProcedureOptions } from "./create-procedure.ts";
import type { CreatePublicationOptions } from "./create-publication.ts";
import type { CreateRangeTypeOptions } from "./create-range-type.ts";
import type { CreateRuleOptions } from "./create-rule.ts";
import type { CreateSchemaOptions } from "./create-schema.ts";
import type { CreateSequenceOptions } from "./create-sequence.ts";
import type { CreateServerOptions } from "./create-server.ts";
import type { CreateStatisticsOptions } from "./create-statistics.ts";
import type { CreateTableCommentOptions } from "./create-table-comment.ts";
import type { CreateTableOptions } from "./create-table.ts";
import type { CreateTextSearchConfigurationOptions } from "./create-text-search-configuration.ts";
import type { CreateTextSearchDictionaryOptions } from "./create-text-search-dictionary.ts";
import type { CreateTriggerOptions } from "./create-trigger.ts";
import type { AttributeSpec, CreateTypeOptions } from "./create-type.ts";
import type { CreateUniqueConstraintOptions } from "./create-unique-constraint.ts";
import type { CreateUserMappingOptions } from "./create-user-mapping.ts";
import type { CreateViewOptions } from "./create-view.ts";
import type { DetachPartitionOptions } from "./detach-partition.ts";
import type { DropAggregateOptions } from "./drop-aggregate.ts";
import type { DropAttributeOptions } from "./drop-attribute.ts";
import type { DropCastOptions } from "./drop-cast.ts";
import type { DropCollationOptions } from "./drop-collation.ts";
import type { DropColumnOptions } from "./drop-column.ts";
import type { DropConstraintOptions } from "./drop-constraint.ts";
import type { DropDomainConstraintOptions } from "./drop-domain-constraint.ts";
import type { DropDomainOptions } from "./drop-domain.ts";
import type { DropEnumOptions } from "./drop-enum.ts";
import type { DropEventTriggerOptions } from "./drop-event-trigger.ts";
import type { DropExpressionOptions } from "./drop-expression.ts";
import type { DropExtensionOptions } from "./drop-extension.ts";
import type { DropForeignDataWrapperOptions } from "./drop-foreign-data-wrapper.ts";
import type { DropForeignTableOptions } from "./drop-foreign-table.ts";
import type { DropFunctionOptions } from "./drop-function.ts";
import type { DropIdentityOptions } from "./drop-identity.ts";
import type { DropIndexOptions } from "./drop-index.ts";
import type { DropMaterializedViewOptions } from "./drop-materialized-view.ts";
import type { DropOperatorOptions } from "./drop-operator.ts";
import type { DropPolicyOptions } from "./drop-policy.ts";
import type { DropProcedureOptions } from "./drop-procedure.ts";
import type { DropPublicationOptions } from "./drop-publication.ts";
import type { DropRuleOptions } from "./drop-rule.ts";
import type { DropSchemaOptions } from "./drop-schema.ts";
import type { DropSequenceOptions } from "./drop-sequence.ts";
import type { DropServerOptions } from "./drop-server.ts";
import type { DropStatisticsOptions } from "./drop-statistics.ts";
import type { DropTableCommentOptions } from "./drop-table-comment.ts";
import type { DropTableOptions } from "./drop-table.ts";
import type { DropTextSearchConfigurationOptions } from "./drop-text-search-configuration.ts";
import type { DropTextSearchDictionaryOptions } from "./drop-text-search-dictionary.ts";
import type { DropTriggerOptions } from "./drop-trigger.ts";
import type { DropTypeOptions } from "./drop-type.ts";
import type { DropUserMappingOptions } from "./drop-user-mapping.ts";
import type { DropViewOptions } from "./drop-view.ts";
import type { ExecuteOptions } from "./execute.ts";
import type { GrantDefaultPrivilegesOptions } from "./grant-default-privileges.ts";
import type { GrantOptions } from "./grant.ts";
import type { InheritTableOptions } from "./inherit-table.ts";
import type { ColumnSpec, ColumnType } from "./language/column.ts";
import type { CheckSpec, ExcludeElement } from "./language/constraint.ts";
import type { ForeignOptionChanges } from "./language/foreign.ts";
import type { IndexColumn } from "./language/index-column.ts";
import type { SubjectName } from "./language/object-name.ts";
import type { PartitionBounds } from "./language/partition.ts";
import type { DefaultPrivilegeTarget, PrivilegeTarget, Privileges } from "./language/privileges.ts";
import type { RoutineArguments } from "./language/routine.ts";
import type { Sql } from "./language/sql-text.ts";
import type { StorageChanges } from "./language/storage.ts";
import type { TableElement } from "./language/table-element.ts";
import type { TriggerState } from "./language/trigger.ts";
import type { NoInheritTableOptions } from "./no-inherit-table.ts";
import type { RefreshCollationOptions } from "./refresh-collation.ts";
import type { RefreshMaterializedViewOptions } from "./refresh-materialized-view.ts";
import type { ReindexKind, ReindexOptions } from "./reindex.ts";
import type { RenameAggregateOptions } from "./rename-aggregate.ts";
import type { RenameAttributeOptions } from "./rename-attribute.ts";
import type { RenameCollationOptions } from "./rename-collation.ts";
import type { RenameColumnOptions } from "./rename-column.ts";
import type { RenameConstraintOptions } from "./rename-constraint.ts";
import type { RenameDomainConstraintOptions } from "./rename-domain-constraint.ts";
import type { RenameDomainOptions } from "./rename-domain.ts";
import type { RenameEnumValueOptions } from "./rename-enum-value.ts";
import type { RenameEnumOptions } from "./rename-enum.ts";
import type { RenameFunctionOptions } from "./rename-function.ts";
import type { RenameIndexOptions } from "./rename-index.ts";
import type { RenameMaterializedViewOptions } from "./rename-materialized-view.ts";
import type { RenamePolicyOptions } from "./rename-policy.ts";
import type { RenameProcedureOptions } from "./rename-procedure.ts";
import type { RenameRuleOptions } from "./rename-rule.ts";
import type { RenameSequenceOptions } from "./rename-sequence.ts";
import type { RenameStatisticsOptions } from "./rename-statistics.ts";
import type { RenameTableOptions } from "./rename-table.ts";
import type { RenameTextSearchConfigurationOptions } from "./rename-text-search-configuration.ts";
import type { RenameTextSearchDictionaryOptions } from "./rename-text-search-dictionary.ts";
import type { RenameTriggerOptions } from "./rename-trigger.ts";
import type { RenameTypeOptions } from "./rename-type.ts";
import type { RenameViewOptions } from "./rename-view.ts";
import type { ReplaceEnumValuesOptions } from "./replace-enum-values.ts";
import type { RevokeDefaultPrivilegesOptions } from "./revoke-default-privileges.ts";
import type { RevokeOptions } from "./revoke.ts";
import type { SetAccessMethodOptions } from "./set-access-method.ts";
import type { SetEventTriggerStateOptions } from "./set-event-trigger-state.ts";
import type { SetExpressionOptions } from "./set-expression.ts";
import type { OwnedName, SetOwnerOptions } from "./set-owner.ts";
import type { ReplicaIdentity, SetReplicaIdentityOptions } from "./set-replica-identity.ts";
import type { SetRowSecurityOptions } from "./set-row-security.ts";
import type { SetRuleStateOptions } from "./set-rule-state.ts";
import type { MovableName } from "./set-schema.ts";
import type { SetTableLoggedOptions } from "./set-table-logged.ts";
import type { SetTableStorageOptions } from "./set-table-storage.ts";
import type { SetTableTypeOptions } from "./set-table-type.ts";
import type { MovedKind, SetTablespaceOptions } from "./set-tablespace.ts";
import type { SetTriggerStateOptions } from "./set-trigger-state.ts";
import type { ValidateConstraintOptions } from "./validate-constraint.ts";
import type { ValidateDomainConstraintOptions } from "./validate-domain-constraint.ts";

/** `op.createTable(…)` and its kin: each records an operation, returns nothing and needs no `await`. */
export interface OperationCalls {
  /**
   * Creates a table from its columns and constraints.
   *
   * @example
   * op.createTable("city", column("id", "integer", { nullable: false }), primaryKey(["id"]));
   * // CREATE TABLE city (
   * //   id integer NOT NULL,
   * //   PRIMARY KEY (id)
   * // );
   * @see https://www.postgresql.org/docs/current/sql-createtable.html
   */
  readonly createTable: (name: string, ...elements: readonly (TableElement | CreateTableOptions)[]) => void;
  /**
   * Drops a table.
   *
   * @example
   * op.dropTable("city");
   * // DROP TABLE city;
   * @see https://www.postgresql.org/docs/current/sql-droptable.html
   */
  readonly dropTable: (name: string, options?: DropTableOptions) => void;
  /**
   * Renames a table. Its indexes, constraints and sequences keep their names.
   *
   * @example
   * op.renameTable("city", "town");
   * // ALTER TABLE city RENAME TO town;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly renameTable: (name: string, newName: string, options?: RenameTableOptions) => void;
  /**
   * Puts a comment on a table, in place of the one that it may have.
   *
   * @example
   * op.createTableComment("city", "Where people live");
   * // COMMENT ON TABLE city IS 'Where people live';
   * @see https://www.postgresql.org/docs/current/sql-comment.html
   */
  readonly createTableComment: (table: string, comment: string, options?: CreateTableCommentOptions) => void;
  /**
   * Takes the comment of a table away.
   *
   * @example
   * op.dropTableComment("city");
   * // COMMENT ON TABLE city IS NULL;
   * @see https://www.postgresql.org/docs/current/sql-comment.html
   */
  readonly dropTableComment: (table: string, options?: DropTableCommentOptions) => void;
  /**
   * Sets storage parameters of a table or a materialized view; null takes one back to its default.
   *
   * @example
   * op.setTableStorage("city", { fillfactor: 70 });
   * // ALTER TABLE city SET (fillfactor = 70);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/sql-createtable.html
   */
  readonly setTableStorage: (table: string, parameters: StorageChanges, options?: SetTableStorageOptions) => void;
  /**
   * Stores a table or a materialized view with another access method (PostgreSQL 15). All of its rows are copied.
   *
   * @example
   * op.setAccessMethod("reading", "columnar", { existing: "heap" });
   * // ALTER TABLE reading SET ACCESS METHOD columnar;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setAccessMethod: (table: string, method: string, options?: SetAccessMethodOptions) => void;
  /**
   * Moves a table, an index or a materialized view to a tablespace. All of its rows are copied. The indexes of a table stay where they are.
   *
   * @example
   * op.setTablespace("table", "city", "fast");
   * // ALTER TABLE city SET TABLESPACE fast;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/sql-alterindex.html
   * @see https://www.postgresql.org/docs/current/sql-altermaterializedview.html
   */
  readonly setTablespace: (target: MovedKind, name: string, tablespace: string, options?: SetTablespaceOptions) => void;
  /**
   * Makes a table unlogged, or logged again. It is written anew, and an unlogged one is empty after a crash.
   *
   * @example
   * op.setTableLogged("city", false);
   * // ALTER TABLE city SET UNLOGGED;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setTableLogged: (table: string, logged: boolean, options?: SetTableLoggedOptions) => void;
  /**
   * Chooses the index by which a later CLUSTER sorts a table, null for none. Nothing is sorted yet.
   *
   * @example
   * op.clusterOn("city", "ix_city_name");
   * // ALTER TABLE city CLUSTER ON ix_city_name;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/sql-cluster.html
   */
  readonly clusterOn: (table: string, index: string | null, options?: ClusterOnOptions) => void;
  /**
   * Chooses what logical replication knows a changed row of a table by.
   *
   * @example
   * op.setReplicaIdentity("city", "full");
   * // ALTER TABLE city REPLICA IDENTITY FULL;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setReplicaIdentity: (table: string, identity: ReplicaIdentity, options?: SetReplicaIdentityOptions) => void;
  /**
   * Ties a table to a composite type with the same columns, as if it had been made of it; null unties it. The type is a name, or sql`…`.
   *
   * @example
   * op.setTableType("city", "place", { existing: null });
   * // ALTER TABLE city OF place;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setTableType: (table: string, type: string | Sql | null, options?: SetTableTypeOptions) => void;
  /**
   * Makes a table a child of another: who reads the parent, reads its rows, too. It needs the columns of the parent.
   *
   * @example
   * op.inheritTable("village", "city");
   * // ALTER TABLE village INHERIT city;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/ddl-inherit.html
   */
  readonly inheritTable: (table: string, parent: string, options?: InheritTableOptions) => void;
  /**
   * Takes a child table from its parent. Columns and rows stay.
   *
   * @example
   * op.noInheritTable("village", "city");
   * // ALTER TABLE village NO INHERIT city;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/ddl-inherit.html
   */
  readonly noInheritTable: (table: string, parent: string, options?: NoInheritTableOptions) => void;
  /**
   * Makes a table a partition of another. It is read to check the bounds, unless it has a CHECK that says the same.
   *
   * @example
   * op.attachPartition("reading", "reading_2025", { from: ["2025-01-01"], to: ["2026-01-01"] });
   * // ALTER TABLE reading ATTACH PARTITION reading_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/ddl-partitioning.html
   */
  readonly attachPartition: (
    table: string,
    partition: string,
    bounds: PartitionBounds,
    options?: AttachPartitionOptions,
  ) => void;
  /**
   * Makes a partition a table of its own, with its rows.
   *
   * @example
   * op.detachPartition("reading", "reading_2020");
   * // ALTER TABLE reading DETACH PARTITION reading_2020;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/ddl-partitioning.html
   */
  readonly detachPartition: (table: string, partition: string, options?: DetachPartitionOptions) => void;
  /**
   * Puts rows into a table, many with one INSERT.
   *
   * @example
   * op.bulkInsert("city", [{ id: 1, name: "Oslo" }, { id: 2, mayor: null }]);
   * // INSERT INTO city (id, name, mayor) VALUES
   * //   (1, 'Oslo', DEFAULT),
   * //   (2, DEFAULT, NULL);
   * @see https://www.postgresql.org/docs/current/sql-insert.html
   */
  readonly bulkInsert: (table: string, rows: readonly Row[], options?: BulkInsertOptions) => void;
  /**
   * Changes the rows of a big table beside the application: in short batches along the primary key, each in its own transaction. Runs outside the step's transaction, and is gone on with where it was cut off.
   *
   * @example
   * op.backfill("city", { set: { mayor: "nobody" }, where: "mayor IS NULL" });
   * // UPDATE city SET mayor = 'nobody' WHERE (mayor IS NULL);
   * @see https://www.postgresql.org/docs/current/sql-update.html
   */
  readonly backfill: (table: string, options: BackfillOptions) => void;
  /**
   * Adds a column to a table.
   *
   * @example
   * op.addColumn("city", column("mayor", "varchar(255)"));
   * // ALTER TABLE city ADD COLUMN mayor varchar(255);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/sql-createtable.html
   */
  readonly addColumn: (table: string, column: ColumnSpec, options?: AddColumnOptions) => void;
  /**
   * Changes a column: its type, whether it takes NULL, its default, how it is stored, its comment, its name, in this order. What is not mentioned stays as it is.
   *
   * @example
   * op.alterColumn("city", "name", { type: "text", nullable: false });
   * // ALTER TABLE city ALTER COLUMN name TYPE text, ALTER COLUMN name SET NOT NULL;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/sql-comment.html
   */
  readonly alterColumn: (table: string, column: string, changes: AlterColumnOptions) => void;
  /**
   * Renames a column.
   *
   * @example
   * op.renameColumn("city", "mayor", "head");
   * // ALTER TABLE city RENAME COLUMN mayor TO head;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly renameColumn: (table: string, column: string, newName: string, options?: RenameColumnOptions) => void;
  /**
   * Drops a column, and with it the table's indexes and constraints that name it.
   *
   * @example
   * op.dropColumn("city", "mayor");
   * // ALTER TABLE city DROP COLUMN mayor;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly dropColumn: (table: string, column: string, options?: DropColumnOptions) => void;
  /**
   * Has a column that takes no NULL numbered by PostgreSQL. Its sequence does not know the numbers that are there.
   *
   * @example
   * op.addIdentity("city", "id", { start: 1000 });
   * // ALTER TABLE city ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (START WITH 1000);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly addIdentity: (table: string, column: string, options?: AddIdentityOptions) => void;
  /**
   * Changes how a column is numbered by PostgreSQL.
   *
   * @example
   * op.alterIdentity("city", "id", { always: true, existing: { always: false } });
   * // ALTER TABLE city ALTER COLUMN id SET GENERATED ALWAYS;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly alterIdentity: (table: string, column: string, changes: AlterIdentityOptions) => void;
  /**
   * Has a column no longer numbered by PostgreSQL. The numbers stay, and NULL is still refused.
   *
   * @example
   * op.dropIdentity("city", "id");
   * // ALTER TABLE city ALTER COLUMN id DROP IDENTITY;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly dropIdentity: (table: string, column: string, options?: DropIdentityOptions) => void;
  /**
   * Changes what a generated column is computed from (PostgreSQL 17). The table is written anew.
   *
   * @example
   * op.setExpression("city", "density", "people / size");
   * // ALTER TABLE city ALTER COLUMN density SET EXPRESSION AS (people / size);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setExpression: (
    table: string,
    column: string,
    expression: string | Sql,
    options?: SetExpressionOptions,
  ) => void;
  /**
   * Makes a generated column a common one. It keeps its values.
   *
   * @example
   * op.dropExpression("city", "density");
   * // ALTER TABLE city ALTER COLUMN density DROP EXPRESSION;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly dropExpression: (table: string, column: string, options?: DropExpressionOptions) => void;
  /**
   * Adds a primary key to a table. PostgreSQL chooses the name when it is null.
   *
   * @example
   * op.createPrimaryKey("pk_city", "city", ["id"]);
   * // ALTER TABLE city ADD CONSTRAINT pk_city PRIMARY KEY (id);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly createPrimaryKey: (
    name: string | null,
    table: string,
    columns: readonly string[],
    options?: CreatePrimaryKeyOptions,
  ) => void;
  /**
   * Adds a unique constraint to a table. PostgreSQL chooses the name when it is null.
   *
   * @example
   * op.createUniqueConstraint("uq_city_name", "city", ["name"]);
   * // ALTER TABLE city ADD CONSTRAINT uq_city_name UNIQUE (name);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly createUniqueConstraint: (
    name: string | null,
    table: string,
    columns: readonly string[],
    options?: CreateUniqueConstraintOptions,
  ) => void;
  /**
   * Adds a foreign key from one table, the source, to another, the referent. PostgreSQL chooses the name when it is null.
   *
   * @example
   * op.createForeignKey("fk_city_country", "city", "country", ["country_id"], ["id"]);
   * // ALTER TABLE city ADD CONSTRAINT fk_city_country FOREIGN KEY (country_id) REFERENCES country (id);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly createForeignKey: (
    name: string | null,
    source: string,
    referent: string,
    localColumns: readonly string[],
    remoteColumns: readonly string[],
    options?: CreateForeignKeyOptions,
  ) => void;
  /**
   * Adds a check constraint to a table, its condition in SQL. PostgreSQL chooses the name when it is null.
   *
   * @example
   * op.createCheckConstraint("ck_city_name", "city", "name <> ''");
   * // ALTER TABLE city ADD CONSTRAINT ck_city_name CHECK (name <> '');
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly createCheckConstraint: (
    name: string | null,
    table: string,
    condition: string | Sql,
    options?: CreateCheckConstraintOptions,
  ) => void;
  /**
   * Adds an exclusion constraint to a table: of any two rows, one of the operators has to say no. PostgreSQL chooses the name when it is null.
   *
   * @example
   * op.createExcludeConstraint("ex_stay", "stay", [{ element: "during", operator: "&&" }]);
   * // ALTER TABLE stay ADD CONSTRAINT ex_stay EXCLUDE USING gist (during WITH &&);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/sql-createtable.html
   */
  readonly createExcludeConstraint: (
    name: string | null,
    table: string,
    elements: readonly ExcludeElement[],
    options?: CreateExcludeConstraintOptions,
  ) => void;
  /**
   * Changes when a foreign key is checked: at the end of each statement, or of the transaction.
   *
   * @example
   * op.alterConstraint("fk_city_country", "city", { deferrable: true });
   * // ALTER TABLE city ALTER CONSTRAINT fk_city_country DEFERRABLE;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly alterConstraint: (name: string, table: string, changes: AlterConstraintOptions) => void;
  /**
   * Checks the rows that a constraint made with `notValid` left unchecked, while readers and writers go on. Limbeck ends the transaction before it: the lock under which the constraint was added would be held for as long.
   *
   * @example
   * op.validateConstraint("fk_city_country", "city");
   * // ALTER TABLE city VALIDATE CONSTRAINT fk_city_country;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly validateConstraint: (name: string, table: string, options?: ValidateConstraintOptions) => void;
  /**
   * Renames a constraint. The index of a primary key or unique constraint is renamed with it.
   *
   * @example
   * op.renameConstraint("city", "ck_city_name", "ck_name");
   * // ALTER TABLE city RENAME CONSTRAINT ck_city_name TO ck_name;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly renameConstraint: (table: string, name: string, newName: string, options?: RenameConstraintOptions) => void;
  /**
   * Drops a constraint of any kind.
   *
   * @example
   * op.dropConstraint("ck_city_name", "city");
   * // ALTER TABLE city DROP CONSTRAINT ck_city_name;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly dropConstraint: (name: string, table: string, options?: DropConstraintOptions) => void;
  /**
   * Creates an index. PostgreSQL chooses the name when it is null.
   *
   * @example
   * op.createIndex("ix_city_name", "city", ["name"]);
   * // CREATE INDEX ix_city_name ON city (name);
   * @see https://www.postgresql.org/docs/current/sql-createindex.html
   */
  readonly createIndex: (
    name: string | null,
    table: string,
    columns: readonly (string | Sql | IndexColumn)[],
    options?: CreateIndexOptions,
  ) => void;
  /**
   * Changes the storage parameters of an index, and how much ANALYZE finds out about its expressions.
   *
   * @example
   * op.alterIndex("ix_city_name", { parameters: { fillfactor: 70 } });
   * // ALTER INDEX ix_city_name SET (fillfactor = 70);
   * @see https://www.postgresql.org/docs/current/sql-alterindex.html
   */
  readonly alterIndex: (name: string, changes: AlterIndexOptions) => void;
  /**
   * Renames an index. That of a primary key or unique constraint takes the constraint's name with it.
   *
   * @example
   * op.renameIndex("ix_city_name", "ix_town_name");
   * // ALTER INDEX ix_city_name RENAME TO ix_town_name;
   * @see https://www.postgresql.org/docs/current/sql-alterindex.html
   */
  readonly renameIndex: (name: string, newName: string, options?: RenameIndexOptions) => void;
  /**
   * Makes an index of a partition a part of the partitioned table's index, which is valid once all partitions have theirs.
   *
   * @example
   * op.attachIndex("ix_reading", "ix_reading_2025");
   * // ALTER INDEX ix_reading ATTACH PARTITION ix_reading_2025;
   * @see https://www.postgresql.org/docs/current/sql-alterindex.html
   */
  readonly attachIndex: (index: string, partitionIndex: string, options?: AttachIndexOptions) => void;
  /**
   * Builds an index anew, or all of those of a table, a schema or the database.
   *
   * @example
   * op.reindex("index", "ix_city_name");
   * // REINDEX INDEX ix_city_name;
   * @see https://www.postgresql.org/docs/current/sql-reindex.html
   */
  readonly reindex: (target: ReindexKind, name: string, options?: ReindexOptions) => void;
  /**
   * Drops an index.
   *
   * @example
   * op.dropIndex("ix_city_name");
   * // DROP INDEX ix_city_name;
   * @see https://www.postgresql.org/docs/current/sql-dropindex.html
   */
  readonly dropIndex: (name: string, options?: DropIndexOptions) => void;
  /**
   * Creates a statistics object, by which ANALYZE measures how columns hang together, or how an expression's values are spread (PostgreSQL 14).
   *
   * @example
   * op.createStatistics("st_city_region", "city", ["zip", "region"], { kinds: ["dependencies"] });
   * // CREATE STATISTICS st_city_region (dependencies) ON zip, region FROM city;
   * @see https://www.postgresql.org/docs/current/sql-createstatistics.html
   */
  readonly createStatistics: (
    name: string,
    table: string,
    columns: readonly (string | Sql)[],
    options?: CreateStatisticsOptions,
  ) => void;
  /**
   * Sets how finely ANALYZE measures for a statistics object.
   *
   * @example
   * op.alterStatistics("st_city_region", { target: 500, existing: { target: -1 } });
   * // ALTER STATISTICS st_city_region SET STATISTICS 500;
   * @see https://www.postgresql.org/docs/current/sql-alterstatistics.html
   */
  readonly alterStatistics: (name: string, changes: AlterStatisticsOptions) => void;
  /**
   * Renames a statistics object.
   *
   * @example
   * op.renameStatistics("st_city_region", "st_town_region");
   * // ALTER STATISTICS st_city_region RENAME TO st_town_region;
   * @see https://www.postgresql.org/docs/current/sql-alterstatistics.html
   */
  readonly renameStatistics: (name: string, newName: string, options?: RenameStatisticsOptions) => void;
  /**
   * Drops a statistics object.
   *
   * @example
   * op.dropStatistics("st_city_region");
   * // DROP STATISTICS st_city_region;
   * @see https://www.postgresql.org/docs/current/sql-dropstatistics.html
   */
  readonly dropStatistics: (name: string, options?: DropStatisticsOptions) => void;
  /**
   * Has PostgreSQL look at the rows of a table, so that it plans queries for those that are there.
   *
   * @example
   * op.analyze("city");
   * // ANALYZE city;
   * @see https://www.postgresql.org/docs/current/sql-analyze.html
   */
  readonly analyze: (table: string, options?: AnalyzeOptions) => void;
  /**
   * Creates an enum type, once for all the columns that use it: creating a table or a column never does, nor does dropping one drop it. The downgrade of the revision that creates it drops it with `op.dropEnum`.
   *
   * @example
   * op.createEnum("mood", ["sad", "ok", "happy"]);
   * // CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
   * @see https://www.postgresql.org/docs/current/sql-createtype.html
   */
  readonly createEnum: (name: string, values: readonly string[], options?: CreateEnumOptions) => void;
  /**
   * Adds a value to an enum type. Runs outside a transaction, so that what follows in the revision can use the value. To take one out, or for another order, see `op.replaceEnumValues`.
   *
   * @example
   * op.addEnumValue("mood", "great");
   * // ALTER TYPE mood ADD VALUE 'great';
   * @see https://www.postgresql.org/docs/current/sql-altertype.html
   */
  readonly addEnumValue: (name: string, value: string, options?: AddEnumValueOptions) => void;
  /**
   * Renames a value of an enum type. The rows that have it follow.
   *
   * @example
   * op.renameEnumValue("mood", "ok", "fine");
   * // ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';
   * @see https://www.postgresql.org/docs/current/sql-altertype.html
   */
  readonly renameEnumValue: (name: string, value: string, newValue: string, options?: RenameEnumValueOptions) => void;
  /**
   * Gives an enum other values, or another order of them, by a new type that takes the place of the old one: all in one transaction, while the tables are rewritten and locked. A row with a value that is gone fails it. Indexes and checks that name a value, and views of the columns, have to be dropped before and made again; so have the type's comment and grants. To add a value, `op.addEnumValue` locks nothing.
   *
   * @example
   * op.replaceEnumValues("mood", ["ok", "happy"], {
   *   columns: [{ table: "city", column: "mood", default: "ok" }],
   *   map: { sad: "ok" },
   *   existing: ["sad", "ok", "happy"],
   * });
   * // ALTER TYPE mood RENAME TO mood_replaced;
   * // CREATE TYPE mood AS ENUM ('ok', 'happy');
   * // ALTER TABLE city ALTER COLUMN mood DROP DEFAULT, ALTER COLUMN mood TYPE mood USING (CASE mood::text WHEN 'sad' THEN 'ok' ELSE mood::text END)::mood, ALTER COLUMN mood SET DEFAULT 'ok';
   * // DROP TYPE mood_replaced;
   * @see https://www.postgresql.org/docs/current/datatype-enum.html
   * @see https://www.postgresql.org/docs/current/sql-altertype.html
   */
  readonly replaceEnumValues: (name: string, values: readonly string[], options?: ReplaceEnumValuesOptions) => void;
  /**
   * Renames an enum type. The columns of that type follow.
   *
   * @example
   * op.renameEnum("mood", "temper");
   * // ALTER TYPE mood RENAME TO temper;
   * @see https://www.postgresql.org/docs/current/sql-altertype.html
   */
  readonly renameEnum: (name: string, newName: string, options?: RenameEnumOptions) => void;
  /**
   * Drops an enum type.
   *
   * @example
   * op.dropEnum("mood");
   * // DROP TYPE mood;
   * @see https://www.postgresql.org/docs/current/sql-droptype.html
   */
  readonly dropEnum: (name: string, options?: DropEnumOptions) => void;
  /**
   * Creates a domain: a type with a default and with conditions of its own.
   *
   * @example
   * op.createDomain("percentage", "integer", { checks: [{ condition: "VALUE BETWEEN 0 AND 100" }] });
   * // CREATE DOMAIN percentage AS integer CHECK (VALUE BETWEEN 0 AND 100);
   * @see https://www.postgresql.org/docs/current/sql-createdomain.html
   */
  readonly createDomain: (name: string, type: ColumnType, options?: CreateDomainOptions) => void;
  /**
   * Changes a domain: its default, whether it takes NULL. `nullable: false` reads every column of that type, under a lock that holds up writers.
   *
   * @example
   * op.alterDomain("percentage", { nullable: false, existing: { nullable: true } });
   * // ALTER DOMAIN percentage SET NOT NULL;
   * @see https://www.postgresql.org/docs/current/sql-alterdomain.html
   */
  readonly alterDomain: (name: string, changes: AlterDomainOptions) => void;
  /**
   * Adds a condition to a domain. Without `notValid` every column of that type is read, under a lock that holds up writers. PostgreSQL chooses the name when it is null.
   *
   * @example
   * op.addDomainConstraint("ck_positive", "percentage", "VALUE >= 0");
   * // ALTER DOMAIN percentage ADD CONSTRAINT ck_positive CHECK (VALUE >= 0);
   * @see https://www.postgresql.org/docs/current/sql-alterdomain.html
   */
  readonly addDomainConstraint: (
    name: string | null,
    domain: string,
    condition: string | Sql,
    options?: AddDomainConstraintOptions,
  ) => void;
  /**
   * Renames a condition of a domain.
   *
   * @example
   * op.renameDomainConstraint("percentage", "ck_positive", "ck_range");
   * // ALTER DOMAIN percentage RENAME CONSTRAINT ck_positive TO ck_range;
   * @see https://www.postgresql.org/docs/current/sql-alterdomain.html
   */
  readonly renameDomainConstraint: (
    domain: string,
    name: string,
    newName: string,
    options?: RenameDomainConstraintOptions,
  ) => void;
  /**
   * Checks the values that a condition of a domain made with `notValid` left unchecked. Every column of that type is read, under a lock that holds up writers. Limbeck ends the transaction before it.
   *
   * @example
   * op.validateDomainConstraint("ck_positive", "percentage");
   * // ALTER DOMAIN percentage VALIDATE CONSTRAINT ck_positive;
   * @see https://www.postgresql.org/docs/current/sql-alterdomain.html
   */
  readonly validateDomainConstraint: (name: string, domain: string, options?: ValidateDomainConstraintOptions) => void;
  /**
   * Drops a condition of a domain.
   *
   * @example
   * op.dropDomainConstraint("ck_positive", "percentage");
   * // ALTER DOMAIN percentage DROP CONSTRAINT ck_positive;
   * @see https://www.postgresql.org/docs/current/sql-alterdomain.html
   */
  readonly dropDomainConstraint: (name: string, domain: string, options?: DropDomainConstraintOptions) => void;
  /**
   * Renames a domain. The columns of that type follow.
   *
   * @example
   * op.renameDomain("postal_code", "zip_code");
   * // ALTER DOMAIN postal_code RENAME TO zip_code;
   * @see https://www.postgresql.org/docs/current/sql-alterdomain.html
   */
  readonly renameDomain: (name: string, newName: string, options?: RenameDomainOptions) => void;
  /**
   * Drops a domain.
   *
   * @example
   * op.dropDomain("percentage");
   * // DROP DOMAIN percentage;
   * @see https://www.postgresql.org/docs/current/sql-dropdomain.html
   */
  readonly dropDomain: (name: string, options?: DropDomainOptions) => void;
  /**
   * Creates a composite type. For an enum see `op.createEnum`, for a range `op.createRangeType`.
   *
   * @example
   * op.createType("address", [{ name: "street", type: "text" }, { name: "number", type: "integer" }]);
   * // CREATE TYPE address AS (street text, number integer);
   * @see https://www.postgresql.org/docs/current/sql-createtype.html
   */
  readonly createType: (name: string, attributes: readonly AttributeSpec[], options?: CreateTypeOptions) => void;
  /**
   * Adds an attribute to a composite type. PostgreSQL refuses it while a column of that type is in use.
   *
   * @example
   * op.addAttribute("address", "city", "text");
   * // ALTER TYPE address ADD ATTRIBUTE city text;
   * @see https://www.postgresql.org/docs/current/sql-altertype.html
   */
  readonly addAttribute: (type: string, name: string, attributeType: ColumnType, options?: AddAttributeOptions) => void;
  /**
   * Changes the type of a composite type's attribute. PostgreSQL refuses it while a column of that type is in use.
   *
   * @example
   * op.alterAttribute("address", "number", { type: "text", existing: { type: "integer" } });
   * // ALTER TYPE address ALTER ATTRIBUTE number TYPE text;
   * @see https://www.postgresql.org/docs/current/sql-altertype.html
   */
  readonly alterAttribute: (type: string, name: string, changes: AlterAttributeOptions) => void;
  /**
   * Renames an attribute of a composite type. Queries that name it do not follow.
   *
   * @example
   * op.renameAttribute("address", "city", "town");
   * // ALTER TYPE address RENAME ATTRIBUTE city TO town;
   * @see https://www.postgresql.org/docs/current/sql-altertype.html
   */
  readonly renameAttribute: (type: string, name: string, newName: string, options?: RenameAttributeOptions) => void;
  /**
   * Drops an attribute of a composite type. The columns of that type lose what is in it.
   *
   * @example
   * op.dropAttribute("address", "city");
   * // ALTER TYPE address DROP ATTRIBUTE city;
   * @see https://www.postgresql.org/docs/current/sql-altertype.html
   */
  readonly dropAttribute: (type: string, name: string, options?: DropAttributeOptions) => void;
  /**
   * Creates a range type. `op.dropType` drops it.
   *
   * @example
   * op.createRangeType("height", { subtype: "double precision", subtypeDiff: "float8mi" });
   * // CREATE TYPE height AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi);
   * @see https://www.postgresql.org/docs/current/sql-createtype.html
   * @see https://www.postgresql.org/docs/current/rangetypes.html
   */
  readonly createRangeType: (name: string, options: CreateRangeTypeOptions) => void;
  /**
   * Renames a composite type or a range type. The columns of that type follow.
   *
   * @example
   * op.renameType("address", "place");
   * // ALTER TYPE address RENAME TO place;
   * @see https://www.postgresql.org/docs/current/sql-altertype.html
   */
  readonly renameType: (name: string, newName: string, options?: RenameTypeOptions) => void;
  /**
   * Drops a composite type or a range type.
   *
   * @example
   * op.dropType("address");
   * // DROP TYPE address;
   * @see https://www.postgresql.org/docs/current/sql-droptype.html
   */
  readonly dropType: (name: string, options?: DropTypeOptions) => void;
  /**
   * Creates a sequence.
   *
   * @example
   * op.createSequence("invoice_number", { start: 1000 });
   * // CREATE SEQUENCE invoice_number START WITH 1000;
   * @see https://www.postgresql.org/docs/current/sql-createsequence.html
   */
  readonly createSequence: (name: string, options?: CreateSequenceOptions) => void;
  /**
   * Changes the options of a sequence. What is not mentioned stays as it is.
   *
   * @example
   * op.alterSequence("invoice_number", { increment: 10, existing: { increment: 1 } });
   * // ALTER SEQUENCE invoice_number INCREMENT BY 10;
   * @see https://www.postgresql.org/docs/current/sql-altersequence.html
   */
  readonly alterSequence: (name: string, changes: AlterSequenceOptions) => void;
  /**
   * Renames a sequence. The defaults that take their numbers from it follow.
   *
   * @example
   * op.renameSequence("invoice_number", "bill_number");
   * // ALTER SEQUENCE invoice_number RENAME TO bill_number;
   * @see https://www.postgresql.org/docs/current/sql-altersequence.html
   */
  readonly renameSequence: (name: string, newName: string, options?: RenameSequenceOptions) => void;
  /**
   * Drops a sequence.
   *
   * @example
   * op.dropSequence("invoice_number");
   * // DROP SEQUENCE invoice_number;
   * @see https://www.postgresql.org/docs/current/sql-dropsequence.html
   */
  readonly dropSequence: (name: string, options?: DropSequenceOptions) => void;
  /**
   * Creates a view. With `orReplace` it takes the place of one that has the same columns, and perhaps fewer.
   *
   * @example
   * op.createView("capital", "SELECT id, name FROM city WHERE capital");
   * // CREATE VIEW capital AS SELECT id, name FROM city WHERE capital;
   * @see https://www.postgresql.org/docs/current/sql-createview.html
   */
  readonly createView: (name: string, query: string | Sql, options?: CreateViewOptions) => void;
  /**
   * Changes the options of a view, and the defaults of its columns. Another query takes `op.createView` with `orReplace`.
   *
   * @example
   * op.alterView("capital", { securityInvoker: true });
   * // ALTER VIEW capital SET (security_invoker = true);
   * @see https://www.postgresql.org/docs/current/sql-alterview.html
   */
  readonly alterView: (name: string, changes: AlterViewOptions) => void;
  /**
   * Renames a view.
   *
   * @example
   * op.renameView("capital", "main_city");
   * // ALTER VIEW capital RENAME TO main_city;
   * @see https://www.postgresql.org/docs/current/sql-alterview.html
   */
  readonly renameView: (name: string, newName: string, options?: RenameViewOptions) => void;
  /**
   * Drops a view.
   *
   * @example
   * op.dropView("capital");
   * // DROP VIEW capital;
   * @see https://www.postgresql.org/docs/current/sql-dropview.html
   */
  readonly dropView: (name: string, options?: DropViewOptions) => void;
  /**
   * Creates a view whose rows are stored, as they are when it is created or refreshed.
   *
   * @example
   * op.createMaterializedView("census", "SELECT country, count(*) FROM city GROUP BY country");
   * // CREATE MATERIALIZED VIEW census AS SELECT country, count(*) FROM city GROUP BY country;
   * @see https://www.postgresql.org/docs/current/sql-creatematerializedview.html
   */
  readonly createMaterializedView: (name: string, query: string | Sql, options?: CreateMaterializedViewOptions) => void;
  /**
   * Runs the query of a materialized view again, and stores its rows in place of the old ones.
   *
   * @example
   * op.refreshMaterializedView("census");
   * // REFRESH MATERIALIZED VIEW census;
   * @see https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html
   */
  readonly refreshMaterializedView: (name: string, options?: RefreshMaterializedViewOptions) => void;
  /**
   * Renames a materialized view.
   *
   * @example
   * op.renameMaterializedView("census", "headcount");
   * // ALTER MATERIALIZED VIEW census RENAME TO headcount;
   * @see https://www.postgresql.org/docs/current/sql-altermaterializedview.html
   */
  readonly renameMaterializedView: (name: string, newName: string, options?: RenameMaterializedViewOptions) => void;
  /**
   * Drops a materialized view, with its indexes and the rows in it.
   *
   * @example
   * op.dropMaterializedView("census");
   * // DROP MATERIALIZED VIEW census;
   * @see https://www.postgresql.org/docs/current/sql-dropmaterializedview.html
   */
  readonly dropMaterializedView: (name: string, options?: DropMaterializedViewOptions) => void;
  /**
   * Creates a rewrite rule on a table or a view.
   *
   * @example
   * op.createRule("keep", "city", { event: "delete", instead: true, do: "nothing" });
   * // CREATE RULE keep AS ON DELETE TO city DO INSTEAD NOTHING;
   * @see https://www.postgresql.org/docs/current/sql-createrule.html
   */
  readonly createRule: (name: string, table: string, options: CreateRuleOptions) => void;
  /**
   * Enables or disables a rule of a table, for replication alone or always.
   *
   * @example
   * op.setRuleState("keep", "city", "disabled");
   * // ALTER TABLE city DISABLE RULE keep;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setRuleState: (name: string, table: string, state: TriggerState, options?: SetRuleStateOptions) => void;
  /**
   * Renames a rewrite rule.
   *
   * @example
   * op.renameRule("keep", "city", "keep_all");
   * // ALTER RULE keep ON city RENAME TO keep_all;
   * @see https://www.postgresql.org/docs/current/sql-alterrule.html
   */
  readonly renameRule: (name: string, table: string, newName: string, options?: RenameRuleOptions) => void;
  /**
   * Drops a rewrite rule.
   *
   * @example
   * op.dropRule("keep", "city");
   * // DROP RULE keep ON city;
   * @see https://www.postgresql.org/docs/current/sql-droprule.html
   */
  readonly dropRule: (name: string, table: string, options?: DropRuleOptions) => void;
  /**
   * Creates a function. The `as` text stands in dollar quotes, so that nothing in it has to be escaped.
   *
   * @example
   * op.createFunction("add", ["a integer", "b integer"], { returns: "integer", as: "SELECT a + b" });
   * // CREATE FUNCTION add(a integer, b integer) RETURNS integer LANGUAGE sql AS $$SELECT a + b$$;
   * @see https://www.postgresql.org/docs/current/sql-createfunction.html
   */
  readonly createFunction: (name: string, args: RoutineArguments, options: CreateFunctionOptions) => void;
  /**
   * Changes the attributes of a function. What it does takes `op.createFunction` with `orReplace`.
   *
   * @example
   * op.alterFunction("add", ["integer", "integer"], { volatility: "immutable", strict: true });
   * // ALTER FUNCTION add(integer, integer) IMMUTABLE STRICT;
   * @see https://www.postgresql.org/docs/current/sql-alterfunction.html
   */
  readonly alterFunction: (name: string, args: RoutineArguments, changes: AlterFunctionOptions) => void;
  /**
   * Renames a function. Those of the same name with other arguments keep theirs.
   *
   * @example
   * op.renameFunction("add", ["integer", "integer"], "plus");
   * // ALTER FUNCTION add(integer, integer) RENAME TO plus;
   * @see https://www.postgresql.org/docs/current/sql-alterfunction.html
   */
  readonly renameFunction: (
    name: string,
    args: RoutineArguments,
    newName: string,
    options?: RenameFunctionOptions,
  ) => void;
  /**
   * Drops a function. The types of its arguments tell it from others of its name.
   *
   * @example
   * op.dropFunction("add", ["integer", "integer"]);
   * // DROP FUNCTION add(integer, integer);
   * @see https://www.postgresql.org/docs/current/sql-dropfunction.html
   */
  readonly dropFunction: (name: string, args: RoutineArguments, options?: DropFunctionOptions) => void;
  /**
   * Creates a procedure. The `as` text stands in dollar quotes, so that nothing in it has to be escaped.
   *
   * @example
   * op.createProcedure("forget", ["city_id integer"], { as: "DELETE FROM city WHERE id = city_id" });
   * // CREATE PROCEDURE forget(city_id integer) LANGUAGE sql AS $$DELETE FROM city WHERE id = city_id$$;
   * @see https://www.postgresql.org/docs/current/sql-createprocedure.html
   */
  readonly createProcedure: (name: string, args: RoutineArguments, options: CreateProcedureOptions) => void;
  /**
   * Changes whose rights a procedure runs with, and with which settings. What it does takes `op.createProcedure` with `orReplace`.
   *
   * @example
   * op.alterProcedure("forget", ["integer"], { security: "definer", existing: { security: "invoker" } });
   * // ALTER PROCEDURE forget(integer) SECURITY DEFINER;
   * @see https://www.postgresql.org/docs/current/sql-alterprocedure.html
   */
  readonly alterProcedure: (name: string, args: RoutineArguments, changes: AlterProcedureOptions) => void;
  /**
   * Renames a procedure. Those of the same name with other arguments keep theirs.
   *
   * @example
   * op.renameProcedure("forget", ["integer"], "forget_city");
   * // ALTER PROCEDURE forget(integer) RENAME TO forget_city;
   * @see https://www.postgresql.org/docs/current/sql-alterprocedure.html
   */
  readonly renameProcedure: (
    name: string,
    args: RoutineArguments,
    newName: string,
    options?: RenameProcedureOptions,
  ) => void;
  /**
   * Drops a procedure. The types of its arguments tell it from others of its name.
   *
   * @example
   * op.dropProcedure("forget", ["integer"]);
   * // DROP PROCEDURE forget(integer);
   * @see https://www.postgresql.org/docs/current/sql-dropprocedure.html
   */
  readonly dropProcedure: (name: string, args: RoutineArguments, options?: DropProcedureOptions) => void;
  /**
   * Creates an aggregate function. Its options are PostgreSQL's; functions, types and operators stand as in SQL.
   *
   * @example
   * op.createAggregate("product", ["numeric"], { sfunc: "numeric_mul", stype: "numeric", initcond: "1" });
   * // CREATE AGGREGATE product(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
   * @see https://www.postgresql.org/docs/current/sql-createaggregate.html
   */
  readonly createAggregate: (name: string, args: RoutineArguments, options: CreateAggregateOptions) => void;
  /**
   * Renames an aggregate function. Those of the same name with other arguments keep theirs.
   *
   * @example
   * op.renameAggregate("product", ["numeric"], "multiplied");
   * // ALTER AGGREGATE product(numeric) RENAME TO multiplied;
   * @see https://www.postgresql.org/docs/current/sql-alteraggregate.html
   */
  readonly renameAggregate: (
    name: string,
    args: RoutineArguments,
    newName: string,
    options?: RenameAggregateOptions,
  ) => void;
  /**
   * Drops an aggregate function. The types of its arguments tell it from others of its name; `[]` stands for `*`.
   *
   * @example
   * op.dropAggregate("product", ["numeric"]);
   * // DROP AGGREGATE product(numeric);
   * @see https://www.postgresql.org/docs/current/sql-dropaggregate.html
   */
  readonly dropAggregate: (name: string, args: RoutineArguments, options?: DropAggregateOptions) => void;
  /**
   * Creates a trigger on a table or a view.
   *
   * @example
   * op.createTrigger("stamp", "city", {
   *   timing: "before",
   *   events: ["insert", { updateOf: ["name", "size"] }],
   *   forEach: "row",
   *   execute: "stamp",
   * });
   * // CREATE TRIGGER stamp BEFORE INSERT OR UPDATE OF name, size ON city FOR EACH ROW EXECUTE FUNCTION stamp();
   * @see https://www.postgresql.org/docs/current/sql-createtrigger.html
   */
  readonly createTrigger: (name: string, table: string, options: CreateTriggerOptions) => void;
  /**
   * Enables or disables a trigger; null for the name stands for all of the table's triggers but those of its constraints.
   *
   * @example
   * op.setTriggerState("stamp", "city", "disabled");
   * // ALTER TABLE city DISABLE TRIGGER stamp;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setTriggerState: (
    name: string | null,
    table: string,
    state: TriggerState,
    options?: SetTriggerStateOptions,
  ) => void;
  /**
   * Renames a trigger.
   *
   * @example
   * op.renameTrigger("stamp", "city", "touch");
   * // ALTER TRIGGER stamp ON city RENAME TO touch;
   * @see https://www.postgresql.org/docs/current/sql-altertrigger.html
   */
  readonly renameTrigger: (name: string, table: string, newName: string, options?: RenameTriggerOptions) => void;
  /**
   * Drops a trigger. Its function stays.
   *
   * @example
   * op.dropTrigger("stamp", "city");
   * // DROP TRIGGER stamp ON city;
   * @see https://www.postgresql.org/docs/current/sql-droptrigger.html
   */
  readonly dropTrigger: (name: string, table: string, options?: DropTriggerOptions) => void;
  /**
   * Creates an event trigger: one for the whole database, fired by the commands that change its schema.
   *
   * @example
   * op.createEventTrigger("watch", { event: "ddl_command_end", execute: "log_ddl" });
   * // CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION log_ddl();
   * @see https://www.postgresql.org/docs/current/sql-createeventtrigger.html
   */
  readonly createEventTrigger: (name: string, options: CreateEventTriggerOptions) => void;
  /**
   * Enables or disables an event trigger.
   *
   * @example
   * op.setEventTriggerState("watch", "disabled");
   * // ALTER EVENT TRIGGER watch DISABLE;
   * @see https://www.postgresql.org/docs/current/sql-altereventtrigger.html
   */
  readonly setEventTriggerState: (name: string, state: TriggerState, options?: SetEventTriggerStateOptions) => void;
  /**
   * Renames an event trigger.
   *
   * @example
   * op.renameEventTrigger("watch", "guard");
   * // ALTER EVENT TRIGGER watch RENAME TO guard;
   * @see https://www.postgresql.org/docs/current/sql-altereventtrigger.html
   */
  readonly renameEventTrigger: (name: string, newName: string) => void;
  /**
   * Drops an event trigger. Its function stays.
   *
   * @example
   * op.dropEventTrigger("watch");
   * // DROP EVENT TRIGGER watch;
   * @see https://www.postgresql.org/docs/current/sql-dropeventtrigger.html
   */
  readonly dropEventTrigger: (name: string, options?: DropEventTriggerOptions) => void;
  /**
   * Gives privileges on something to roles. `"public"` stands for all roles, `"all"` for all privileges.
   *
   * @example
   * op.grant(["select", "insert"], { kind: "table", name: "city" }, ["reader"]);
   * // GRANT SELECT, INSERT ON TABLE city TO reader;
   * @see https://www.postgresql.org/docs/current/sql-grant.html
   */
  readonly grant: (privileges: Privileges, on: PrivilegeTarget, to: readonly string[], options?: GrantOptions) => void;
  /**
   * Takes privileges on something from roles. `"public"` stands for all roles, `"all"` for all privileges.
   *
   * @example
   * op.revoke(["insert"], { kind: "table", name: "city" }, ["reader"]);
   * // REVOKE INSERT ON TABLE city FROM reader;
   * @see https://www.postgresql.org/docs/current/sql-revoke.html
   */
  readonly revoke: (
    privileges: Privileges,
    on: PrivilegeTarget,
    from: readonly string[],
    options?: RevokeOptions,
  ) => void;
  /**
   * Gives privileges to roles on what will be created from now on. What is there already takes `op.grant`.
   *
   * @example
   * op.grantDefaultPrivileges(["select"], "tables", ["reader"], { inSchema: ["atlas"] });
   * // ALTER DEFAULT PRIVILEGES IN SCHEMA atlas GRANT SELECT ON TABLES TO reader;
   * @see https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html
   */
  readonly grantDefaultPrivileges: (
    privileges: Privileges,
    on: DefaultPrivilegeTarget,
    to: readonly string[],
    options?: GrantDefaultPrivilegesOptions,
  ) => void;
  /**
   * Takes privileges from roles on what will be created from now on. What is there already takes `op.revoke`.
   *
   * @example
   * op.revokeDefaultPrivileges(["execute"], "functions", ["public"]);
   * // ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
   * @see https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html
   */
  readonly revokeDefaultPrivileges: (
    privileges: Privileges,
    on: DefaultPrivilegeTarget,
    from: readonly string[],
    options?: RevokeDefaultPrivilegesOptions,
  ) => void;
  /**
   * Gives an object to another owner.
   *
   * @example
   * op.setOwner({ kind: "table", name: "city" }, "cartographer");
   * // ALTER TABLE city OWNER TO cartographer;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/sql-alterschema.html
   * @see https://www.postgresql.org/docs/current/sql-alterfunction.html
   * @see https://www.postgresql.org/docs/current/sql-altertype.html
   */
  readonly setOwner: (object: OwnedName, role: string | Sql, options?: SetOwnerOptions) => void;
  /**
   * Switches row security of a table on or off. While it is on, and no policy lets a row through, nobody but the owner sees it.
   *
   * @example
   * op.setRowSecurity("city", { enabled: true });
   * // ALTER TABLE city ENABLE ROW LEVEL SECURITY;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/ddl-rowsecurity.html
   */
  readonly setRowSecurity: (table: string, options: SetRowSecurityOptions) => void;
  /**
   * Creates a row security policy. It counts once `op.setRowSecurity` has switched row security on.
   *
   * @example
   * op.createPolicy("own", "city", { using: "mayor = current_user" });
   * // CREATE POLICY own ON city USING (mayor = current_user);
   * @see https://www.postgresql.org/docs/current/sql-createpolicy.html
   */
  readonly createPolicy: (name: string, table: string, options?: CreatePolicyOptions) => void;
  /**
   * Changes the roles and the conditions of a row security policy.
   *
   * @example
   * op.alterPolicy("own", "city", { using: "true", existing: { using: "mayor = current_user" } });
   * // ALTER POLICY own ON city USING (true);
   * @see https://www.postgresql.org/docs/current/sql-alterpolicy.html
   */
  readonly alterPolicy: (name: string, table: string, changes: AlterPolicyOptions) => void;
  /**
   * Renames a row security policy.
   *
   * @example
   * op.renamePolicy("own", "city", "own_city");
   * // ALTER POLICY own ON city RENAME TO own_city;
   * @see https://www.postgresql.org/docs/current/sql-alterpolicy.html
   */
  readonly renamePolicy: (name: string, table: string, newName: string, options?: RenamePolicyOptions) => void;
  /**
   * Drops a row security policy.
   *
   * @example
   * op.dropPolicy("own", "city");
   * // DROP POLICY own ON city;
   * @see https://www.postgresql.org/docs/current/sql-droppolicy.html
   */
  readonly dropPolicy: (name: string, table: string, options?: DropPolicyOptions) => void;
  /**
   * Creates a collation: an order of texts, by a locale of the operating system or of ICU.
   *
   * @example
   * op.createCollation("german", { provider: "icu", locale: "de-DE" });
   * // CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-DE');
   * @see https://www.postgresql.org/docs/current/sql-createcollation.html
   * @see https://www.postgresql.org/docs/current/collation.html
   */
  readonly createCollation: (name: string, options: CreateCollationOptions) => void;
  /**
   * Takes the version that the system's library has now for a collation's. Indexes that depend on it are rebuilt before, with `op.reindex`: PostgreSQL warns of them until then, and no longer afterwards.
   *
   * @example
   * op.refreshCollation("german");
   * // ALTER COLLATION german REFRESH VERSION;
   * @see https://www.postgresql.org/docs/current/sql-altercollation.html
   */
  readonly refreshCollation: (name: string, options?: RefreshCollationOptions) => void;
  /**
   * Renames a collation. The columns that it sorts follow.
   *
   * @example
   * op.renameCollation("german", "deutsch");
   * // ALTER COLLATION german RENAME TO deutsch;
   * @see https://www.postgresql.org/docs/current/sql-altercollation.html
   */
  readonly renameCollation: (name: string, newName: string, options?: RenameCollationOptions) => void;
  /**
   * Drops a collation.
   *
   * @example
   * op.dropCollation("german");
   * // DROP COLLATION german;
   * @see https://www.postgresql.org/docs/current/sql-dropcollation.html
   */
  readonly dropCollation: (name: string, options?: DropCollationOptions) => void;
  /**
   * Creates a text search configuration. `op.alterTextSearchMapping` says what becomes of each kind of word.
   *
   * @example
   * op.createTextSearchConfiguration("news", { copy: "english" });
   * // CREATE TEXT SEARCH CONFIGURATION news (COPY = english);
   * @see https://www.postgresql.org/docs/current/sql-createtsconfig.html
   */
  readonly createTextSearchConfiguration: (name: string, options: CreateTextSearchConfigurationOptions) => void;
  /**
   * Changes which dictionaries a text search configuration asks for which kinds of words.
   *
   * @example
   * op.alterTextSearchMapping("news", { add: { tokens: ["asciiword", "word"], dictionaries: ["english_stem"] } });
   * // ALTER TEXT SEARCH CONFIGURATION news ADD MAPPING FOR asciiword, word WITH english_stem;
   * @see https://www.postgresql.org/docs/current/sql-altertsconfig.html
   */
  readonly alterTextSearchMapping: (configuration: string, change: AlterTextSearchMappingOptions) => void;
  /**
   * Renames a text search configuration. SQL that names it as a text, as in `to_tsvector('news', …)`, does not follow.
   *
   * @example
   * op.renameTextSearchConfiguration("news", "press");
   * // ALTER TEXT SEARCH CONFIGURATION news RENAME TO press;
   * @see https://www.postgresql.org/docs/current/sql-altertsconfig.html
   */
  readonly renameTextSearchConfiguration: (
    name: string,
    newName: string,
    options?: RenameTextSearchConfigurationOptions,
  ) => void;
  /**
   * Drops a text search configuration, with its mappings.
   *
   * @example
   * op.dropTextSearchConfiguration("news");
   * // DROP TEXT SEARCH CONFIGURATION news;
   * @see https://www.postgresql.org/docs/current/sql-droptsconfig.html
   */
  readonly dropTextSearchConfiguration: (name: string, options?: DropTextSearchConfigurationOptions) => void;
  /**
   * Creates a text search dictionary out of a template.
   *
   * @example
   * op.createTextSearchDictionary("news_stem", { template: "snowball", options: { language: "english" } });
   * // CREATE TEXT SEARCH DICTIONARY news_stem (TEMPLATE = snowball, language = 'english');
   * @see https://www.postgresql.org/docs/current/sql-createtsdictionary.html
   */
  readonly createTextSearchDictionary: (name: string, options: CreateTextSearchDictionaryOptions) => void;
  /**
   * Changes what the template of a text search dictionary is told; null takes an option away. The template stays.
   *
   * @example
   * op.alterTextSearchDictionary("news_stem", { stopwords: "english" }, { existing: { stopwords: null } });
   * // ALTER TEXT SEARCH DICTIONARY news_stem (stopwords = 'english');
   * @see https://www.postgresql.org/docs/current/sql-altertsdictionary.html
   */
  readonly alterTextSearchDictionary: (
    name: string,
    changes: DictionaryChanges,
    options?: AlterTextSearchDictionaryOptions,
  ) => void;
  /**
   * Renames a text search dictionary. The configurations that use it follow.
   *
   * @example
   * op.renameTextSearchDictionary("news_stem", "press_stem");
   * // ALTER TEXT SEARCH DICTIONARY news_stem RENAME TO press_stem;
   * @see https://www.postgresql.org/docs/current/sql-altertsdictionary.html
   */
  readonly renameTextSearchDictionary: (
    name: string,
    newName: string,
    options?: RenameTextSearchDictionaryOptions,
  ) => void;
  /**
   * Drops a text search dictionary.
   *
   * @example
   * op.dropTextSearchDictionary("news_stem");
   * // DROP TEXT SEARCH DICTIONARY news_stem;
   * @see https://www.postgresql.org/docs/current/sql-droptsdictionary.html
   */
  readonly dropTextSearchDictionary: (name: string, options?: DropTextSearchDictionaryOptions) => void;
  /**
   * Creates a foreign data wrapper. Those of extensions come with `op.createExtension`.
   *
   * @example
   * op.createForeignDataWrapper("files", { handler: "file_fdw_handler", validator: "file_fdw_validator" });
   * // CREATE FOREIGN DATA WRAPPER files HANDLER file_fdw_handler VALIDATOR file_fdw_validator;
   * @see https://www.postgresql.org/docs/current/sql-createforeigndatawrapper.html
   */
  readonly createForeignDataWrapper: (name: string, options?: CreateForeignDataWrapperOptions) => void;
  /**
   * Drops a foreign data wrapper.
   *
   * @example
   * op.dropForeignDataWrapper("files");
   * // DROP FOREIGN DATA WRAPPER files;
   * @see https://www.postgresql.org/docs/current/sql-dropforeigndatawrapper.html
   */
  readonly dropForeignDataWrapper: (name: string, options?: DropForeignDataWrapperOptions) => void;
  /**
   * Creates a foreign server, which a foreign data wrapper reads from.
   *
   * @example
   * op.createServer("branch", "postgres_fdw", { options: { host: "db2", dbname: "branch" } });
   * // CREATE SERVER branch FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db2', dbname 'branch');
   * @see https://www.postgresql.org/docs/current/sql-createserver.html
   */
  readonly createServer: (name: string, wrapper: string, options?: CreateServerOptions) => void;
  /**
   * Changes the options of a foreign server, and its version.
   *
   * @example
   * op.alterServer("branch", { options: { host: "db3" }, existing: { options: { host: "db2" } } });
   * // ALTER SERVER branch OPTIONS (SET host 'db3');
   * @see https://www.postgresql.org/docs/current/sql-alterserver.html
   */
  readonly alterServer: (name: string, changes: AlterServerOptions) => void;
  /**
   * Renames a foreign server.
   *
   * @example
   * op.renameServer("branch", "archive");
   * // ALTER SERVER branch RENAME TO archive;
   * @see https://www.postgresql.org/docs/current/sql-alterserver.html
   */
  readonly renameServer: (name: string, newName: string) => void;
  /**
   * Drops a foreign server.
   *
   * @example
   * op.dropServer("branch");
   * // DROP SERVER branch;
   * @see https://www.postgresql.org/docs/current/sql-dropserver.html
   */
  readonly dropServer: (name: string, options?: DropServerOptions) => void;
  /**
   * Says as whom a role comes to a foreign server.
   *
   * @example
   * op.createUserMapping("reader", "branch", { options: { user: "guest" } });
   * // CREATE USER MAPPING FOR reader SERVER branch OPTIONS ("user" 'guest');
   * @see https://www.postgresql.org/docs/current/sql-createusermapping.html
   */
  readonly createUserMapping: (role: string, server: string, options?: CreateUserMappingOptions) => void;
  /**
   * Changes as whom a role comes to a foreign server; null takes an option away.
   *
   * @example
   * op.alterUserMapping("reader", "branch", { user: "visitor" }, { existing: { user: "guest" } });
   * // ALTER USER MAPPING FOR reader SERVER branch OPTIONS (SET "user" 'visitor');
   * @see https://www.postgresql.org/docs/current/sql-alterusermapping.html
   */
  readonly alterUserMapping: (
    role: string,
    server: string,
    changes: ForeignOptionChanges,
    options?: AlterUserMappingOptions,
  ) => void;
  /**
   * Says no more as whom a role comes to a foreign server.
   *
   * @example
   * op.dropUserMapping("reader", "branch", { options: { user: "guest" } });
   * // DROP USER MAPPING FOR reader SERVER branch;
   * @see https://www.postgresql.org/docs/current/sql-dropusermapping.html
   */
  readonly dropUserMapping: (role: string, server: string, options?: DropUserMappingOptions) => void;
  /**
   * Creates a foreign table, whose rows are on a foreign server. What else is changed of a table, its columns among it, the operations on tables change of a foreign one.
   *
   * @example
   * op.createForeignTable("reading", "branch", [column("id", "integer")], { options: { table_name: "readings" } });
   * // CREATE FOREIGN TABLE reading (
   * //   id integer
   * // ) SERVER branch OPTIONS (table_name 'readings');
   * @see https://www.postgresql.org/docs/current/sql-createforeigntable.html
   */
  readonly createForeignTable: (
    name: string,
    server: string,
    elements: readonly (ColumnSpec | CheckSpec)[],
    options?: CreateForeignTableOptions,
  ) => void;
  /**
   * Changes the options of a foreign table; null takes one away.
   *
   * @example
   * op.alterForeignTable("reading", { table_name: "reading" }, { existing: { table_name: "readings" } });
   * // ALTER FOREIGN TABLE reading OPTIONS (SET table_name 'reading');
   * @see https://www.postgresql.org/docs/current/sql-alterforeigntable.html
   */
  readonly alterForeignTable: (name: string, changes: ForeignOptionChanges, options?: AlterForeignTableOptions) => void;
  /**
   * Drops a foreign table. The rows stay where they are.
   *
   * @example
   * op.dropForeignTable("reading");
   * // DROP FOREIGN TABLE reading;
   * @see https://www.postgresql.org/docs/current/sql-dropforeigntable.html
   */
  readonly dropForeignTable: (name: string, options?: DropForeignTableOptions) => void;
  /**
   * Creates a cast from a type to another: by a function, by the value's text (the default), or by leaving the bits.
   *
   * @example
   * op.createCast("mood", "text", { function: "mood_label(mood)", as: "assignment" });
   * // CREATE CAST (mood AS text) WITH FUNCTION mood_label(mood) AS ASSIGNMENT;
   * @see https://www.postgresql.org/docs/current/sql-createcast.html
   */
  readonly createCast: (source: ColumnType, target: ColumnType, options?: CreateCastOptions) => void;
  /**
   * Drops a cast.
   *
   * @example
   * op.dropCast("mood", "text");
   * // DROP CAST (mood AS text);
   * @see https://www.postgresql.org/docs/current/sql-dropcast.html
   */
  readonly dropCast: (source: ColumnType, target: ColumnType, options?: DropCastOptions) => void;
  /**
   * Creates an operator that calls a function.
   *
   * @example
   * op.createOperator("===", { left: "place", right: "place", function: "same_place", commutator: "===" });
   * // CREATE OPERATOR === (FUNCTION = same_place, LEFTARG = place, RIGHTARG = place, COMMUTATOR = ===);
   * @see https://www.postgresql.org/docs/current/sql-createoperator.html
   */
  readonly createOperator: (name: string, options: CreateOperatorOptions) => void;
  /**
   * Drops an operator, which the types on its two sides tell from others of its name. A prefix operator has null on its left.
   *
   * @example
   * op.dropOperator("===", "place", "place");
   * // DROP OPERATOR === (place, place);
   * @see https://www.postgresql.org/docs/current/sql-dropoperator.html
   */
  readonly dropOperator: (
    name: string,
    left: ColumnType | null,
    right: ColumnType,
    options?: DropOperatorOptions,
  ) => void;
  /**
   * Creates a schema.
   *
   * @example
   * op.createSchema("atlas");
   * // CREATE SCHEMA atlas;
   * @see https://www.postgresql.org/docs/current/sql-createschema.html
   */
  readonly createSchema: (name: string, options?: CreateSchemaOptions) => void;
  /**
   * Renames a schema. What is in it goes along; SQL inside functions that names it does not.
   *
   * @example
   * op.renameSchema("atlas", "maps");
   * // ALTER SCHEMA atlas RENAME TO maps;
   * @see https://www.postgresql.org/docs/current/sql-alterschema.html
   */
  readonly renameSchema: (name: string, newName: string) => void;
  /**
   * Drops a schema. It has to be empty, unless `cascade` empties it.
   *
   * @example
   * op.dropSchema("atlas");
   * // DROP SCHEMA atlas;
   * @see https://www.postgresql.org/docs/current/sql-dropschema.html
   */
  readonly dropSchema: (name: string, options?: DropSchemaOptions) => void;
  /**
   * Creates an extension, with the types, functions and operators that it brings.
   *
   * @example
   * op.createExtension("pg_trgm");
   * // CREATE EXTENSION pg_trgm;
   * @see https://www.postgresql.org/docs/current/sql-createextension.html
   */
  readonly createExtension: (name: string, options?: CreateExtensionOptions) => void;
  /**
   * Updates an extension to a newer version, or moves its objects to another schema.
   *
   * @example
   * op.alterExtension("hstore", { version: "1.8" });
   * // ALTER EXTENSION hstore UPDATE TO '1.8';
   * @see https://www.postgresql.org/docs/current/sql-alterextension.html
   */
  readonly alterExtension: (name: string, changes: AlterExtensionOptions) => void;
  /**
   * Drops an extension, with the types, functions and operators that it brought.
   *
   * @example
   * op.dropExtension("pg_trgm");
   * // DROP EXTENSION pg_trgm;
   * @see https://www.postgresql.org/docs/current/sql-dropextension.html
   */
  readonly dropExtension: (name: string, options?: DropExtensionOptions) => void;
  /**
   * Creates a publication for logical replication; of nothing, if it is not told of what.
   *
   * @example
   * op.createPublication("news", { tables: ["city", "country"] });
   * // CREATE PUBLICATION news FOR TABLE city, country;
   * @see https://www.postgresql.org/docs/current/sql-createpublication.html
   */
  readonly createPublication: (name: string, options?: CreatePublicationOptions) => void;
  /**
   * Changes what a publication is of, or which changes it publishes.
   *
   * @example
   * op.alterPublication("news", { add: { tables: ["river"] } });
   * // ALTER PUBLICATION news ADD TABLE river;
   * @see https://www.postgresql.org/docs/current/sql-alterpublication.html
   */
  readonly alterPublication: (name: string, changes: AlterPublicationOptions) => void;
  /**
   * Renames a publication. Its subscribers have to be told the new name.
   *
   * @example
   * op.renamePublication("news", "press");
   * // ALTER PUBLICATION news RENAME TO press;
   * @see https://www.postgresql.org/docs/current/sql-alterpublication.html
   */
  readonly renamePublication: (name: string, newName: string) => void;
  /**
   * Drops a publication. Its subscribers get nothing any more.
   *
   * @example
   * op.dropPublication("news");
   * // DROP PUBLICATION news;
   * @see https://www.postgresql.org/docs/current/sql-droppublication.html
   */
  readonly dropPublication: (name: string, options?: DropPublicationOptions) => void;
  /**
   * Moves an object to another schema: a table with its indexes, constraints and own sequences. SQL inside functions that names it does not follow. For an extension see `op.alterExtension`.
   *
   * @example
   * op.setSchema({ kind: "table", schema: "public", name: "city" }, "atlas");
   * // ALTER TABLE public.city SET SCHEMA atlas;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/sql-alterfunction.html
   * @see https://www.postgresql.org/docs/current/sql-altertype.html
   */
  readonly setSchema: (object: MovableName, newSchema: string) => void;
  /**
   * Puts a comment on an object of any kind, in place of the one that it may have; null takes it away.
   *
   * @example
   * op.comment({ kind: "table", name: "city" }, "Where people live");
   * // COMMENT ON TABLE city IS 'Where people live';
   * @see https://www.postgresql.org/docs/current/sql-comment.html
   */
  readonly comment: (on: SubjectName, text: string | null, options?: CommentOptions) => void;
  /**
   * Runs SQL as it stands. A plain text is sent to the letter: no bind markers, no `%`, no `:name`.
   *
   * @example
   * op.execute(sql`UPDATE city SET mayor = ${"nobody"} WHERE mayor IS NULL`);
   * // UPDATE city SET mayor = 'nobody' WHERE mayor IS NULL;
   */
  readonly execute: (sql: string | Sql, options?: ExecuteOptions) => void;
  /**
   * Changes a table in several ways with as few statements as PostgreSQL can do them with: where changes stand together that one ALTER TABLE can have, they become one, and the table is read or rewritten once.
   *
   * @example
   * op.batch("city", (t) => {
   *   t.addColumn(column("mayor", "text"));
   *   t.alterColumn("name", { type: "text", nullable: false });
   *   t.createIndex("ix_city_mayor", ["mayor"]);
   * });
   * // ALTER TABLE city ADD COLUMN mayor text, ALTER COLUMN name TYPE text, ALTER COLUMN name SET NOT NULL;
   * // CREATE INDEX ix_city_mayor ON city (mayor);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly batch: (table: string, changes: (t: TableOperations) => void, options?: TableBatchOptions) => void;
}

/** The calls of `op.batch` on its table. Each is that of `op`, without the table. */
export interface TableOperations {
  /**
   * Adds a column to a table.
   *
   * @example
   * t.addColumn(column("mayor", "varchar(255)"));
   * // ALTER TABLE city ADD COLUMN mayor varchar(255);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/sql-createtable.html
   */
  readonly addColumn: (column: ColumnSpec, options?: Omit<AddColumnOptions, "schema">) => void;
  /**
   * Changes a column: its type, whether it takes NULL, its default, how it is stored, its comment, its name, in this order. What is not mentioned stays as it is.
   *
   * @example
   * t.alterColumn("name", { type: "text", nullable: false });
   * // ALTER TABLE city ALTER COLUMN name TYPE text, ALTER COLUMN name SET NOT NULL;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/sql-comment.html
   */
  readonly alterColumn: (column: string, changes: Omit<AlterColumnOptions, "schema">) => void;
  /**
   * Renames a column.
   *
   * @example
   * t.renameColumn("mayor", "head");
   * // ALTER TABLE city RENAME COLUMN mayor TO head;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly renameColumn: (column: string, newName: string) => void;
  /**
   * Drops a column, and with it the table's indexes and constraints that name it.
   *
   * @example
   * t.dropColumn("mayor");
   * // ALTER TABLE city DROP COLUMN mayor;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly dropColumn: (column: string, options?: Omit<DropColumnOptions, "schema">) => void;
  /**
   * Has a column that takes no NULL numbered by PostgreSQL. Its sequence does not know the numbers that are there.
   *
   * @example
   * t.addIdentity("id", { start: 1000 });
   * // ALTER TABLE city ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (START WITH 1000);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly addIdentity: (column: string, options?: Omit<AddIdentityOptions, "schema">) => void;
  /**
   * Changes how a column is numbered by PostgreSQL.
   *
   * @example
   * t.alterIdentity("id", { always: true, existing: { always: false } });
   * // ALTER TABLE city ALTER COLUMN id SET GENERATED ALWAYS;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly alterIdentity: (column: string, changes: Omit<AlterIdentityOptions, "schema">) => void;
  /**
   * Has a column no longer numbered by PostgreSQL. The numbers stay, and NULL is still refused.
   *
   * @example
   * t.dropIdentity("id");
   * // ALTER TABLE city ALTER COLUMN id DROP IDENTITY;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly dropIdentity: (column: string, options?: Omit<DropIdentityOptions, "schema">) => void;
  /**
   * Changes what a generated column is computed from (PostgreSQL 17). The table is written anew.
   *
   * @example
   * t.setExpression("density", "people / size");
   * // ALTER TABLE city ALTER COLUMN density SET EXPRESSION AS (people / size);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setExpression: (
    column: string,
    expression: string | Sql,
    options?: Omit<SetExpressionOptions, "schema">,
  ) => void;
  /**
   * Makes a generated column a common one. It keeps its values.
   *
   * @example
   * t.dropExpression("density");
   * // ALTER TABLE city ALTER COLUMN density DROP EXPRESSION;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly dropExpression: (column: string, options?: Omit<DropExpressionOptions, "schema">) => void;
  /**
   * Adds a primary key to a table. PostgreSQL chooses the name when it is null.
   *
   * @example
   * t.createPrimaryKey("pk_city", ["id"]);
   * // ALTER TABLE city ADD CONSTRAINT pk_city PRIMARY KEY (id);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly createPrimaryKey: (
    name: string | null,
    columns: readonly string[],
    options?: Omit<CreatePrimaryKeyOptions, "schema">,
  ) => void;
  /**
   * Adds a unique constraint to a table. PostgreSQL chooses the name when it is null.
   *
   * @example
   * t.createUniqueConstraint("uq_city_name", ["name"]);
   * // ALTER TABLE city ADD CONSTRAINT uq_city_name UNIQUE (name);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly createUniqueConstraint: (
    name: string | null,
    columns: readonly string[],
    options?: Omit<CreateUniqueConstraintOptions, "schema">,
  ) => void;
  /**
   * Adds a foreign key from one table, the source, to another, the referent. PostgreSQL chooses the name when it is null.
   *
   * @example
   * t.createForeignKey("fk_city_country", "country", ["country_id"], ["id"]);
   * // ALTER TABLE city ADD CONSTRAINT fk_city_country FOREIGN KEY (country_id) REFERENCES country (id);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly createForeignKey: (
    name: string | null,
    referent: string,
    localColumns: readonly string[],
    remoteColumns: readonly string[],
    options?: Omit<CreateForeignKeyOptions, "sourceSchema">,
  ) => void;
  /**
   * Adds a check constraint to a table, its condition in SQL. PostgreSQL chooses the name when it is null.
   *
   * @example
   * t.createCheckConstraint("ck_city_name", "name <> ''");
   * // ALTER TABLE city ADD CONSTRAINT ck_city_name CHECK (name <> '');
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly createCheckConstraint: (
    name: string | null,
    condition: string | Sql,
    options?: Omit<CreateCheckConstraintOptions, "schema">,
  ) => void;
  /**
   * Adds an exclusion constraint to a table: of any two rows, one of the operators has to say no. PostgreSQL chooses the name when it is null.
   *
   * @example
   * t.createExcludeConstraint("ex_stay", [{ element: "during", operator: "&&" }]);
   * // ALTER TABLE stay ADD CONSTRAINT ex_stay EXCLUDE USING gist (during WITH &&);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/sql-createtable.html
   */
  readonly createExcludeConstraint: (
    name: string | null,
    elements: readonly ExcludeElement[],
    options?: Omit<CreateExcludeConstraintOptions, "schema">,
  ) => void;
  /**
   * Changes when a foreign key is checked: at the end of each statement, or of the transaction.
   *
   * @example
   * t.alterConstraint("fk_city_country", { deferrable: true });
   * // ALTER TABLE city ALTER CONSTRAINT fk_city_country DEFERRABLE;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly alterConstraint: (name: string, changes: Omit<AlterConstraintOptions, "schema">) => void;
  /**
   * Checks the rows that a constraint made with `notValid` left unchecked, while readers and writers go on. Limbeck ends the transaction before it: the lock under which the constraint was added would be held for as long.
   *
   * @example
   * t.validateConstraint("fk_city_country");
   * // ALTER TABLE city VALIDATE CONSTRAINT fk_city_country;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly validateConstraint: (name: string) => void;
  /**
   * Renames a constraint. The index of a primary key or unique constraint is renamed with it.
   *
   * @example
   * t.renameConstraint("ck_city_name", "ck_name");
   * // ALTER TABLE city RENAME CONSTRAINT ck_city_name TO ck_name;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly renameConstraint: (name: string, newName: string) => void;
  /**
   * Drops a constraint of any kind.
   *
   * @example
   * t.dropConstraint("ck_city_name");
   * // ALTER TABLE city DROP CONSTRAINT ck_city_name;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly dropConstraint: (name: string, options?: Omit<DropConstraintOptions, "schema">) => void;
  /**
   * Creates an index. PostgreSQL chooses the name when it is null.
   *
   * @example
   * t.createIndex("ix_city_name", ["name"]);
   * // CREATE INDEX ix_city_name ON city (name);
   * @see https://www.postgresql.org/docs/current/sql-createindex.html
   */
  readonly createIndex: (
    name: string | null,
    columns: readonly (string | Sql | IndexColumn)[],
    options?: Omit<CreateIndexOptions, "schema">,
  ) => void;
  /**
   * Drops an index.
   *
   * @example
   * t.dropIndex("ix_city_name");
   * // DROP INDEX ix_city_name;
   * @see https://www.postgresql.org/docs/current/sql-dropindex.html
   */
  readonly dropIndex: (name: string, options?: Omit<DropIndexOptions, "table" | "schema">) => void;
  /**
   * Creates a statistics object, by which ANALYZE measures how columns hang together, or how an expression's values are spread (PostgreSQL 14).
   *
   * @example
   * t.createStatistics("st_city_region", ["zip", "region"], { kinds: ["dependencies"] });
   * // CREATE STATISTICS st_city_region (dependencies) ON zip, region FROM city;
   * @see https://www.postgresql.org/docs/current/sql-createstatistics.html
   */
  readonly createStatistics: (
    name: string,
    columns: readonly (string | Sql)[],
    options?: Omit<CreateStatisticsOptions, "schema">,
  ) => void;
  /**
   * Has PostgreSQL look at the rows of a table, so that it plans queries for those that are there.
   *
   * @example
   * t.analyze();
   * // ANALYZE city;
   * @see https://www.postgresql.org/docs/current/sql-analyze.html
   */
  readonly analyze: (options?: Omit<AnalyzeOptions, "schema">) => void;
  /**
   * Puts a comment on a table, in place of the one that it may have.
   *
   * @example
   * t.createTableComment("Where people live");
   * // COMMENT ON TABLE city IS 'Where people live';
   * @see https://www.postgresql.org/docs/current/sql-comment.html
   */
  readonly createTableComment: (comment: string, options?: Omit<CreateTableCommentOptions, "schema">) => void;
  /**
   * Takes the comment of a table away.
   *
   * @example
   * t.dropTableComment();
   * // COMMENT ON TABLE city IS NULL;
   * @see https://www.postgresql.org/docs/current/sql-comment.html
   */
  readonly dropTableComment: (options?: Omit<DropTableCommentOptions, "schema">) => void;
  /**
   * Sets storage parameters of a table or a materialized view; null takes one back to its default.
   *
   * @example
   * t.setTableStorage({ fillfactor: 70 });
   * // ALTER TABLE city SET (fillfactor = 70);
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/sql-createtable.html
   */
  readonly setTableStorage: (parameters: StorageChanges, options?: Omit<SetTableStorageOptions, "schema">) => void;
  /**
   * Makes a table unlogged, or logged again. It is written anew, and an unlogged one is empty after a crash.
   *
   * @example
   * t.setTableLogged(false);
   * // ALTER TABLE city SET UNLOGGED;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setTableLogged: (logged: boolean) => void;
  /**
   * Stores a table or a materialized view with another access method (PostgreSQL 15). All of its rows are copied.
   *
   * @example
   * t.setAccessMethod("columnar", { existing: "heap" });
   * // ALTER TABLE reading SET ACCESS METHOD columnar;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setAccessMethod: (method: string, options?: Omit<SetAccessMethodOptions, "schema">) => void;
  /**
   * Ties a table to a composite type with the same columns, as if it had been made of it; null unties it. The type is a name, or sql`…`.
   *
   * @example
   * t.setTableType("place", { existing: null });
   * // ALTER TABLE city OF place;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setTableType: (type: string | Sql | null, options?: Omit<SetTableTypeOptions, "schema">) => void;
  /**
   * Chooses what logical replication knows a changed row of a table by.
   *
   * @example
   * t.setReplicaIdentity("full");
   * // ALTER TABLE city REPLICA IDENTITY FULL;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setReplicaIdentity: (identity: ReplicaIdentity, options?: Omit<SetReplicaIdentityOptions, "schema">) => void;
  /**
   * Chooses the index by which a later CLUSTER sorts a table, null for none. Nothing is sorted yet.
   *
   * @example
   * t.clusterOn("ix_city_name");
   * // ALTER TABLE city CLUSTER ON ix_city_name;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/sql-cluster.html
   */
  readonly clusterOn: (index: string | null, options?: Omit<ClusterOnOptions, "schema">) => void;
  /**
   * Makes a table a child of another: who reads the parent, reads its rows, too. It needs the columns of the parent.
   *
   * @example
   * t.inheritTable("city");
   * // ALTER TABLE village INHERIT city;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/ddl-inherit.html
   */
  readonly inheritTable: (parent: string, options?: Omit<InheritTableOptions, "schema">) => void;
  /**
   * Takes a child table from its parent. Columns and rows stay.
   *
   * @example
   * t.noInheritTable("city");
   * // ALTER TABLE village NO INHERIT city;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/ddl-inherit.html
   */
  readonly noInheritTable: (parent: string, options?: Omit<NoInheritTableOptions, "schema">) => void;
  /**
   * Makes a table a partition of another. It is read to check the bounds, unless it has a CHECK that says the same.
   *
   * @example
   * t.attachPartition("reading_2025", { from: ["2025-01-01"], to: ["2026-01-01"] });
   * // ALTER TABLE reading ATTACH PARTITION reading_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/ddl-partitioning.html
   */
  readonly attachPartition: (
    partition: string,
    bounds: PartitionBounds,
    options?: Omit<AttachPartitionOptions, "schema">,
  ) => void;
  /**
   * Makes a partition a table of its own, with its rows.
   *
   * @example
   * t.detachPartition("reading_2020");
   * // ALTER TABLE reading DETACH PARTITION reading_2020;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/ddl-partitioning.html
   */
  readonly detachPartition: (partition: string, options?: Omit<DetachPartitionOptions, "schema">) => void;
  /**
   * Creates a trigger on a table or a view.
   *
   * @example
   * t.createTrigger("stamp", {
   *   timing: "before",
   *   events: ["insert", { updateOf: ["name", "size"] }],
   *   forEach: "row",
   *   execute: "stamp",
   * });
   * // CREATE TRIGGER stamp BEFORE INSERT OR UPDATE OF name, size ON city FOR EACH ROW EXECUTE FUNCTION stamp();
   * @see https://www.postgresql.org/docs/current/sql-createtrigger.html
   */
  readonly createTrigger: (name: string, options: Omit<CreateTriggerOptions, "schema">) => void;
  /**
   * Enables or disables a trigger; null for the name stands for all of the table's triggers but those of its constraints.
   *
   * @example
   * t.setTriggerState("stamp", "disabled");
   * // ALTER TABLE city DISABLE TRIGGER stamp;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setTriggerState: (
    name: string | null,
    state: TriggerState,
    options?: Omit<SetTriggerStateOptions, "schema">,
  ) => void;
  /**
   * Renames a trigger.
   *
   * @example
   * t.renameTrigger("stamp", "touch");
   * // ALTER TRIGGER stamp ON city RENAME TO touch;
   * @see https://www.postgresql.org/docs/current/sql-altertrigger.html
   */
  readonly renameTrigger: (name: string, newName: string) => void;
  /**
   * Drops a trigger. Its function stays.
   *
   * @example
   * t.dropTrigger("stamp");
   * // DROP TRIGGER stamp ON city;
   * @see https://www.postgresql.org/docs/current/sql-droptrigger.html
   */
  readonly dropTrigger: (name: string, options?: Omit<DropTriggerOptions, "schema">) => void;
  /**
   * Creates a rewrite rule on a table or a view.
   *
   * @example
   * t.createRule("keep", { event: "delete", instead: true, do: "nothing" });
   * // CREATE RULE keep AS ON DELETE TO city DO INSTEAD NOTHING;
   * @see https://www.postgresql.org/docs/current/sql-createrule.html
   */
  readonly createRule: (name: string, options: Omit<CreateRuleOptions, "schema">) => void;
  /**
   * Enables or disables a rule of a table, for replication alone or always.
   *
   * @example
   * t.setRuleState("keep", "disabled");
   * // ALTER TABLE city DISABLE RULE keep;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   */
  readonly setRuleState: (name: string, state: TriggerState, options?: Omit<SetRuleStateOptions, "schema">) => void;
  /**
   * Renames a rewrite rule.
   *
   * @example
   * t.renameRule("keep", "keep_all");
   * // ALTER RULE keep ON city RENAME TO keep_all;
   * @see https://www.postgresql.org/docs/current/sql-alterrule.html
   */
  readonly renameRule: (name: string, newName: string) => void;
  /**
   * Drops a rewrite rule.
   *
   * @example
   * t.dropRule("keep");
   * // DROP RULE keep ON city;
   * @see https://www.postgresql.org/docs/current/sql-droprule.html
   */
  readonly dropRule: (name: string, options?: Omit<DropRuleOptions, "schema">) => void;
  /**
   * Switches row security of a table on or off. While it is on, and no policy lets a row through, nobody but the owner sees it.
   *
   * @example
   * t.setRowSecurity({ enabled: true });
   * // ALTER TABLE city ENABLE ROW LEVEL SECURITY;
   * @see https://www.postgresql.org/docs/current/sql-altertable.html
   * @see https://www.postgresql.org/docs/current/ddl-rowsecurity.html
   */
  readonly setRowSecurity: (options: Omit<SetRowSecurityOptions, "schema">) => void;
  /**
   * Creates a row security policy. It counts once `op.setRowSecurity` has switched row security on.
   *
   * @example
   * t.createPolicy("own", { using: "mayor = current_user" });
   * // CREATE POLICY own ON city USING (mayor = current_user);
   * @see https://www.postgresql.org/docs/current/sql-createpolicy.html
   */
  readonly createPolicy: (name: string, options?: Omit<CreatePolicyOptions, "schema">) => void;
  /**
   * Changes the roles and the conditions of a row security policy.
   *
   * @example
   * t.alterPolicy("own", { using: "true", existing: { using: "mayor = current_user" } });
   * // ALTER POLICY own ON city USING (true);
   * @see https://www.postgresql.org/docs/current/sql-alterpolicy.html
   */
  readonly alterPolicy: (name: string, changes: Omit<AlterPolicyOptions, "schema">) => void;
  /**
   * Renames a row security policy.
   *
   * @example
   * t.renamePolicy("own", "own_city");
   * // ALTER POLICY own ON city RENAME TO own_city;
   * @see https://www.postgresql.org/docs/current/sql-alterpolicy.html
   */
  readonly renamePolicy: (name: string, newName: string) => void;
  /**
   * Drops a row security policy.
   *
   * @example
   * t.dropPolicy("own");
   * // DROP POLICY own ON city;
   * @see https://www.postgresql.org/docs/current/sql-droppolicy.html
   */
  readonly dropPolicy: (name: string, options?: Omit<DropPolicyOptions, "schema">) => void;
}
