import type { Drop } from "./action.ts";
import { displayName } from "./names.ts";
import type { Loss, Match, Rule, RuleContext } from "./rule.ts";
import { subjectOf } from "./subject.ts";

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
      const objects = action.objects.filter((name) => !isMadeHere(action, name, context));
      const [first] = objects;
      if (first === undefined) return undefined;
      const isRelation = ["table", "view", "materialized view"].includes(action.objectType);
      return {
        message: say(objects.map(displayName).join(", ")),
        ...(isRelation && { relation: first, lock: "ACCESS EXCLUSIVE" as const }),
        evidence: subjectOf(first, context).evidence,
        loses: objects.flatMap((name) => lossOf(action.objectType, name)),
      };
    },
  };
}

function lossOf(type: Drop["objectType"], name: Drop["objects"][number]): Loss[] {
  return type === "table" || type === "schema" ? [{ kind: type, name }] : [];
}

function isMadeHere({ objectType }: Drop, name: Drop["objects"][number], context: RuleContext): boolean {
  if (objectType === "type" || objectType === "domain") {
    return context.state.madeTypes.some((made) => made.name.name === name.name);
  }
  return subjectOf(name, context).isNew;
}
