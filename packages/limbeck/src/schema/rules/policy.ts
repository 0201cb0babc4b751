import { alterPolicy } from "../../operations/alter-policy.ts";
import { createPolicy } from "../../operations/create-policy.ts";
import { dropPolicy } from "../../operations/drop-policy.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { Fact } from "../fact.ts";
import { changedNames, condition, flag, text, texts } from "./attributes.ts";
import { inPlace, REPLACE, type Rule } from "./rule.ts";

export const policyRule: Rule = {
  create(fact, context) {
    const command = text(fact, "command") as "all";
    const { name, relation } = fact.identity;
    return [
      createPolicy(
        name,
        relation!,
        frozen({
          schema: context.schema(fact.identity),
          as: flag(fact, "permissive") ? undefined : "restrictive",
          for: command === "all" ? undefined : command,
          ...attributes(fact),
        }),
      ),
    ];
  },
  drop: (fact, context) => [dropPolicy(fact.identity.name, fact.identity.relation!, context.at(fact))],
  change(live, target, context) {
    const changed = changedNames(live, target);
    const loses = ["using", "check"].some((name) => changed.has(name) && text(target, name) === undefined);
    if (changed.has("command") || changed.has("permissive") || loses) return REPLACE;
    const { to, using, withCheck } = attributes(target);
    const { name, relation } = target.identity;
    const changes = frozen({
      schema: context.schema(target.identity),
      to: changed.has("roles") ? (to ?? ["public"]) : undefined,
      using: changed.has("using") ? using : undefined,
      withCheck: changed.has("check") ? withCheck : undefined,
    });
    return inPlace(alterPolicy(name, relation!, changes));
  },
};

function attributes(fact: Fact): {
  readonly to: readonly string[] | undefined;
  readonly using: ReturnType<typeof condition>;
  readonly withCheck: ReturnType<typeof condition>;
} {
  const roles = texts(fact, "roles");
  const isForAll = roles.length === 1 && roles[0] === "public";
  return { to: isForAll ? undefined : roles, using: condition(fact, "using"), withCheck: condition(fact, "check") };
}
