import { comment } from "../../operations/comment.ts";
import { execute } from "../../operations/execute.ts";
import { literal } from "../../operations/language/literals.ts";
import type { Operation } from "../../operations/operation.ts";
import { setOwner, type OwnedName } from "../../operations/set-owner.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import type { Fact, Identity } from "../fact.ts";
import { text } from "./attributes.ts";
import { objectSql, subjectName } from "./names.ts";
import { isNew, roleOf } from "./sequence-owner.ts";
import { inPlace, type Rule, type RuleContext } from "./rule.ts";

function subjectOf({ identity: { on, role: _, by: __, ...subject } }: Fact): {
  readonly kind: string;
  readonly identity: Identity;
} {
  return { kind: on!, identity: subject };
}

export const commentRule: Rule = {
  create: (fact, context) => [said(fact, text(fact, "text") ?? null, context)],
  drop: (fact, context) =>
    context.fateOf(fact.key) === "replaced" ? [] : [said(fact, text(fact, "usual") ?? null, context)],
  change: (_, target, context) => ({
    ...inPlace(said(target, text(target, "text") ?? null, context)),
    unrelated: true,
  }),
};

function said(fact: Fact, words: string | null, context: RuleContext): Operation {
  const { kind, identity } = subjectOf(fact);
  const name = subjectName(identity, kind, context);
  return name === undefined
    ? execute(`COMMENT ON ${objectSql(identity, kind)} IS ${literal(words)}`)
    : comment(name, words);
}

const UNOWNED = new Set(["extension", "column", "constraint", "trigger", "rule", "policy", "index"]);

/** What is created belongs to who creates it, and a sequence that leaves its column to whom it did. */
export const ownerRule: Rule = {
  create: (fact, context) => {
    const live = context.live.facts.get(fact.parents[0]!);
    const isLeft = live?.kind === "sequence" && !isNew(live.key, context);
    const present = isLeft ? roleOf(live, context.live) : context.user;
    return text(fact, "role") === (present ?? undefined) ? [] : owned(fact, context);
  },
  drop: () => [],
  change: (_, target, context) => ({ operations: owned(target, context) }),
};

function owned(fact: Fact, context: RuleContext): Operation[] {
  const { kind, identity } = subjectOf(fact);
  const role = text(fact, "role");
  if (role === undefined || UNOWNED.has(kind)) return [];
  const name = subjectName(identity, kind, context);
  if (name !== undefined) return [setOwner(name as OwnedName, role)];
  return [execute(`ALTER ${objectSql(identity, kind)} OWNER TO ${identifier(role)}`)];
}

export const securityLabelRule: Rule = {
  create: (fact) => [labelled(fact, text(fact, "label")!)],
  drop: (fact, context) => (context.fateOf(fact.key) === "replaced" ? [] : [labelled(fact, null)]),
  change: (_, target) => ({ ...inPlace(labelled(target, text(target, "label")!)), unrelated: true }),
};

function labelled(fact: Fact, label: string | null): Operation {
  const { kind, identity } = subjectOf(fact);
  return execute(
    `SECURITY LABEL FOR ${identifier(fact.identity.role!)} ON ${objectSql(identity, kind)} IS ${literal(label)}`,
  );
}
