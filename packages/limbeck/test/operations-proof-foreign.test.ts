import { foreignCases } from "./operation-cases/foreign.ts";
import { proveOperations } from "./prove-operations.ts";

proveOperations(foreignCases);
