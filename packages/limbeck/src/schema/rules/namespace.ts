import { alterExtension } from "../../operations/alter-extension.ts";
import { createCollation } from "../../operations/create-collation.ts";
import { createExtension } from "../../operations/create-extension.ts";
import { createSchema } from "../../operations/create-schema.ts";
import { dropCollation } from "../../operations/drop-collation.ts";
import { dropExtension } from "../../operations/drop-extension.ts";
import { dropSchema } from "../../operations/drop-schema.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import { quote } from "../../operations/language/literals.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Fact } from "../fact.ts";
import { changedNames, flag, onlyChanged, reference, text } from "./attributes.ts";
import { qualifiedSql } from "./names.ts";
import { inPlace, REPLACE, type Rule } from "./rule.ts";
import { collatedAgain, heldUncollated } from "./type-swap.ts";

export const schemaRule: Rule = {
  create: (fact) => [createSchema(fact.identity.name)],
  drop: (fact) => [dropSchema(fact.identity.name)],
};

export const extensionRule: Rule = {
  create: (fact, context) => [
    createExtension(fact.identity.name, frozen({ schema: context.schemaNamed(text(fact, "schema")) })),
  ],
  drop: (fact) => [dropExtension(fact.identity.name)],
  change(live, target) {
    const changed = changedNames(live, target);
    if (!onlyChanged(changed, "schema", "relocatable") || !flag(live, "relocatable")) return REPLACE;
    return inPlace(alterExtension(target.identity.name, { schema: text(target, "schema")! }));
  },
};

export const languageRule: Rule = {
  create(fact) {
    const [handler, inline, validator] = ["handler", "inline", "validator"].map((name) => reference(fact, name));
    return [
      execute(
        [
          `CREATE ${flag(fact, "trusted") ? "TRUSTED " : ""}LANGUAGE ${identifier(fact.identity.name)}`,
          handler && ` HANDLER ${qualifiedSql(handler)}`,
          inline && ` INLINE ${qualifiedSql(inline)}`,
          validator && ` VALIDATOR ${qualifiedSql(validator)}`,
        ]
          .filter(Boolean)
          .join(""),
      ),
    ];
  },
  drop: (fact) => [execute(`DROP LANGUAGE ${identifier(fact.identity.name)}`)],
};

export const accessMethodRule: Rule = {
  create: (fact) => [
    execute(
      `CREATE ACCESS METHOD ${identifier(fact.identity.name)} TYPE ${text(fact, "type")!.toUpperCase()} HANDLER ${qualifiedSql(reference(fact, "handler")!)}`,
    ),
  ],
  drop: (fact) => [execute(`DROP ACCESS METHOD ${identifier(fact.identity.name)}`)],
};

export const collationRule: Rule = {
  create(fact, context) {
    const provider = text(fact, "provider") as "icu" | "libc" | "builtin";
    const [collate, ctype] = [text(fact, "lcCollate"), text(fact, "lcCtype")];
    const isOne = collate !== undefined && collate === ctype;
    const options = {
      schema: context.schema(fact.identity),
      provider,
      locale: text(fact, "locale") ?? (isOne ? collate : undefined),
      lcCollate: provider === "icu" || isOne ? undefined : collate,
      lcCtype: provider === "icu" || isOne ? undefined : ctype,
      rules: text(fact, "rules"),
      deterministic: fact.attributes["deterministic"] === false ? false : undefined,
    };
    return [createCollation(fact.identity.name, frozen(options)), ...collatedAgain(fact, context)];
  },
  drop: (fact, context) => [...heldUncollated(fact, context), dropCollation(fact.identity.name, context.at(fact))],
};

export const conversionRule: Rule = {
  create(fact): Operation[] {
    const words = `${flag(fact, "default") ? "DEFAULT " : ""}CONVERSION`;
    const [from, to] = [quote(text(fact, "from")!), quote(text(fact, "to")!)];
    const called = qualifiedSql(reference(fact, "function")!);
    return [execute(`CREATE ${words} ${qualifiedSql(fact.identity)} FOR ${from} TO ${to} FROM ${called}`)];
  },
  drop: (fact: Fact) => [execute(`DROP CONVERSION ${qualifiedSql(fact.identity)}`)],
};
