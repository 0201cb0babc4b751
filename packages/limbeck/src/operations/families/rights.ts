import { alterPolicyDefinition, type AlterPolicy } from "../alter-policy.ts";
import { createPolicyDefinition, type CreatePolicy } from "../create-policy.ts";
import { dropPolicyDefinition, type DropPolicy } from "../drop-policy.ts";
import { grantDefinition, type Grant } from "../grant.ts";
import { grantDefaultPrivilegesDefinition, type GrantDefaultPrivileges } from "../grant-default-privileges.ts";
import { renamePolicyDefinition, type RenamePolicy } from "../rename-policy.ts";
import { revokeDefinition, type Revoke } from "../revoke.ts";
import { revokeDefaultPrivilegesDefinition, type RevokeDefaultPrivileges } from "../revoke-default-privileges.ts";
import { setOwnerDefinition, type SetOwner } from "../set-owner.ts";
import { setRowSecurityDefinition, type SetRowSecurity } from "../set-row-security.ts";
import type { DefinitionsOf } from "../language/definition.ts";

export type RightOperation =
  | Grant
  | Revoke
  | GrantDefaultPrivileges
  | RevokeDefaultPrivileges
  | SetOwner
  | SetRowSecurity
  | CreatePolicy
  | AlterPolicy
  | RenamePolicy
  | DropPolicy;

export const rights = {
  grant: grantDefinition,
  revoke: revokeDefinition,
  grantDefaultPrivileges: grantDefaultPrivilegesDefinition,
  revokeDefaultPrivileges: revokeDefaultPrivilegesDefinition,
  setOwner: setOwnerDefinition,
  setRowSecurity: setRowSecurityDefinition,
  createPolicy: createPolicyDefinition,
  alterPolicy: alterPolicyDefinition,
  renamePolicy: renamePolicyDefinition,
  dropPolicy: dropPolicyDefinition,
} satisfies DefinitionsOf<RightOperation>;
