/** What the package limbeck-alembic gives to `limbeck import alembic`: it is bundled by itself, and loaded for nothing else. */
export { EnumTypes } from "./enums.ts";
export { readModule } from "./python/module.ts";
export { NotUnderstood } from "./python/values.ts";
export { isRevision, readHeader, translateRevision } from "./revision.ts";
