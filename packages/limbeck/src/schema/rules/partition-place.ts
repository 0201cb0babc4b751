import { attachPartition } from "../../operations/attach-partition.ts";
import { detachPartition } from "../../operations/detach-partition.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { PartitionBounds } from "../../operations/language/partition.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Fact } from "../fact.ts";
import { reference, text } from "./attributes.ts";
import type { RuleContext } from "./rule.ts";

export function boundsOf(table: Fact): PartitionBounds {
  const bound = text(table, "partitionBound")!;
  return bound === "DEFAULT" ? "default" : sql.raw(bound);
}

export function attach(table: Fact, context: RuleContext): Operation {
  const parent = reference(table, "partitionOf")!;
  return attachPartition(
    parent.name,
    table.identity.name,
    boundsOf(table),
    frozen({
      schema: context.schemaNamed(parent.schema),
      partitionSchema: context.schemaBeside(table.identity.schema!, parent.schema),
    }),
  );
}

export function detach(table: Fact, context: RuleContext): Operation {
  const parent = reference(table, "partitionOf")!;
  return detachPartition(
    parent.name,
    table.identity.name,
    frozen({
      schema: context.schemaNamed(parent.schema),
      partitionSchema: context.schemaBeside(table.identity.schema!, parent.schema),
    }),
  );
}
