import type { Drop } from "./action.ts";
import { displayName, type ObjectName } from "./names.ts";
import type { Loss, Match, Rule, RuleContext } from "./rule.ts";
import { isAbsent, subjectOf } from "./subject.ts";

interface DropRule {
  readonly name: string;
  readonly types: readonly Drop["objectType"][];
  readonly severity: Rule["severity"];
  readonly summary: string;
  readonly docs: Rule["docs"];
  readonly say: (said: string) => string;
}

/** The rule about dropping objects of some types. What the run itself made may go. */
export function dropRule({ types, say, ...rest }: DropRule): Rule {
  return {
    ...rest,
    group: "destructive",
    check(action, context): Match | undefined {
      if (action.kind !== "drop" || !types.includes(action.objectType)) return undefined;
      const isRelation = ["table", "view", "materialized view"].includes(action.objectType);
      const isThere = (name: ObjectName): boolean => !(isRelation && action.ifExists && isAbsent(name, context));
      const objects = action.objects.filter((name) => !isMadeHere(action, name, context) && isThere(name));
      const [first] = objects;
      if (first === undefined) return undefined;
      return {
        message: say(objects.map(displayName).join(", ")),
        ...(isRelation && { relation: first, lock: "ACCESS EXCLUSIVE" as const }),
        evidence: subjectOf(first, context).evidence,
        loses: objects.flatMap((name) => lossOf(action.objectType, name)),
      };
    },
  };
}

function lossOf(type: Drop["objectType"], name: ObjectName): Loss[] {
  return type === "table" || type === "schema" ? [{ kind: type, name }] : [];
}

/** Whether the run itself has made it. */
export function isMadeHere({ objectType }: Drop, name: ObjectName, context: RuleContext): boolean {
  const { madeTypes, madeSchemas } = context.state;
  if (objectType === "schema") return madeSchemas.includes(name.name);
  if (objectType === "type" || objectType === "domain") {
    return madeTypes.some((made) => made.name.name === name.name);
  }
  return subjectOf(name, context).isNew;
}
