import { objectCases } from "./operation-cases/objects.ts";
import { proveOperations } from "./prove-operations.ts";

proveOperations(objectCases);
