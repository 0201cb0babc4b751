import { addColumnDefinition, type AddColumn } from "../add-column.ts";
import { addIdentityDefinition, type AddIdentity } from "../add-identity.ts";
import { alterColumnDefinition, type AlterColumn } from "../alter-column.ts";
import { alterIdentityDefinition, type AlterIdentity } from "../alter-identity.ts";
import { dropColumnDefinition, type DropColumn } from "../drop-column.ts";
import { dropExpressionDefinition, type DropExpression } from "../drop-expression.ts";
import { dropIdentityDefinition, type DropIdentity } from "../drop-identity.ts";
import { renameColumnDefinition, type RenameColumn } from "../rename-column.ts";
import { setExpressionDefinition, type SetExpression } from "../set-expression.ts";
import type { DefinitionsOf } from "../language/definition.ts";

export type ColumnOperation =
  | AddColumn
  | AlterColumn
  | RenameColumn
  | DropColumn
  | AddIdentity
  | AlterIdentity
  | DropIdentity
  | SetExpression
  | DropExpression;

export const columns = {
  addColumn: addColumnDefinition,
  alterColumn: alterColumnDefinition,
  renameColumn: renameColumnDefinition,
  dropColumn: dropColumnDefinition,
  addIdentity: addIdentityDefinition,
  alterIdentity: alterIdentityDefinition,
  dropIdentity: dropIdentityDefinition,
  setExpression: setExpressionDefinition,
  dropExpression: dropExpressionDefinition,
} satisfies DefinitionsOf<ColumnOperation>;
