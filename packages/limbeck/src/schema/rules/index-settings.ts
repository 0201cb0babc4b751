import { clusterOn } from "../../operations/cluster-on.ts";
import type { Operation } from "../../operations/operation.ts";
import { setReplicaIdentity } from "../../operations/set-replica-identity.ts";
import { setTablespace } from "../../operations/set-tablespace.ts";
import { execute } from "../../operations/execute.ts";
import type { Fact } from "../fact.ts";
import { flag, text } from "./attributes.ts";
import { wholeOf } from "../slots.ts";
import { qualifiedSql } from "./names.ts";
import { attach, staysAttached } from "./partition-index.ts";
import type { RuleContext } from "./rule.ts";
import { stays } from "./sequence-owner.ts";

/** What an index is to its table and to other indexes, for indexes and for constraints that have one. */
export function indexSettings(live: Fact | undefined, target: Fact, context: RuleContext): Operation[] {
  const { name } = target.identity;
  const at = context.at(target);
  const table = relationOf(target);
  const operations: Operation[] = [];
  if (isAttachedByHand(live, target, context)) operations.push(attach(target, context));
  const was = (flagName: string): boolean => live !== undefined && flag(live, flagName);
  if (flag(target, "clustered") !== was("clustered") && (flag(target, "clustered") || !hasOther(target, context))) {
    operations.push(
      isOnMaterializedView(target)
        ? execute(
            `ALTER MATERIALIZED VIEW ${qualifiedSql({ schema: target.identity.schema, name: table })} ${flag(target, "clustered") ? `CLUSTER ON ${name}` : "SET WITHOUT CLUSTER"}`,
          )
        : clusterOn(table, flag(target, "clustered") ? name : null, at),
    );
  }
  if (flag(target, "replicaIdentity") && !was("replicaIdentity")) {
    operations.push(setReplicaIdentity(table, { index: name }, at));
  }
  if (live !== undefined && text(live, "tablespace") !== text(target, "tablespace")) {
    operations.push(setTablespace("index", name, text(target, "tablespace") ?? "pg_default", at));
  }
  return operations;
}

/** A table is clustered on one index: it leaves the old one for the new one. */
function hasOther({ parents }: Fact, { target }: RuleContext): boolean {
  return target.partsOf(parents[0]!).some((part) => flag(part, "clustered"));
}

function isOnMaterializedView(fact: Fact): boolean {
  return fact.parents.some((key) => key.startsWith("materialized view "));
}

/** The name of the relation that an index or a constraint is on. */
export function relationOf({ identity, parents }: Fact): string {
  if (identity.relation !== undefined) return identity.relation;
  const key = parents.find((parent) => /^(?:table|materialized view|foreign table) /.test(parent))!;
  return NAME.exec(key)![1]?.replaceAll('""', '"') ?? NAME.exec(key)![2]!;
}

/** The last name of a key. */
const NAME = /(?:"((?:[^"]|"")+)"|([^."]+))$/;

/** An index that was there by itself joins the whole one, which was there as well, and so is the partition. */
function isAttachedByHand(live: Fact | undefined, target: Fact, context: RuleContext): boolean {
  const whole = wholeOf(target);
  if (whole === undefined || (live !== undefined && wholeOf(live) === whole)) return false;
  return stays(whole, context) && stays(target.parents[0]!, context) && staysAttached(target, context);
}
