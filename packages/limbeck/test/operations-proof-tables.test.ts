import { tableCases } from "./operation-cases/tables.ts";
import { proveOperations } from "./prove-operations.ts";

proveOperations(tableCases);
