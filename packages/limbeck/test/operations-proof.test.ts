import { expect, test } from "testkit";
import { definitions } from "../src/operations/catalogue.ts";
import { attachmentCases } from "./operation-cases/attachments.ts";
import { foreignCases } from "./operation-cases/foreign.ts";
import { objectCases } from "./operation-cases/objects.ts";
import { tableCases } from "./operation-cases/tables.ts";
import { typeCases } from "./operation-cases/types.ts";

test("every kind of operation has its cases in one of the files, which run each example of it", () => {
  const kinds = [tableCases, typeCases, attachmentCases, foreignCases, objectCases].flatMap((cases) =>
    Object.keys(cases),
  );
  expect(kinds.toSorted()).toEqual(Object.keys(definitions).toSorted());
});
