import { attachmentCases } from "./operation-cases/attachments.ts";
import { proveOperations } from "./prove-operations.ts";

proveOperations(attachmentCases);
