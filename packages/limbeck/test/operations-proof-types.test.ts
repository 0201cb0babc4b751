import { typeCases } from "./operation-cases/types.ts";
import { proveOperations } from "./prove-operations.ts";

proveOperations(typeCases);
