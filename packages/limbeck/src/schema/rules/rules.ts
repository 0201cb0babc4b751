import type { Fact, FactKind } from "../fact.ts";
import { aggregateRule } from "./aggregate.ts";
import { commentRule, ownerRule, securityLabelRule } from "./annotations.ts";
import { columnRule } from "./column.ts";
import { baseTypeRule, compositeTypeRule, rangeTypeRule, shellTypeRule } from "./composite-type.ts";
import { constraintRule } from "./constraint.ts";
import { defaultRule } from "./default.ts";
import { domainRule } from "./domain.ts";
import { enumRule } from "./enum.ts";
import { foreignDataWrapperRule, foreignServerRule, foreignTableRule, userMappingRule } from "./foreign.ts";
import { defaultPrivilegesRule, grantRule } from "./grant.ts";
import { indexRule } from "./index.ts";
import {
  accessMethodRule,
  collationRule,
  conversionRule,
  extensionRule,
  languageRule,
  schemaRule,
} from "./namespace.ts";
import { castRule, operatorClassRule, operatorFamilyRule, operatorRule, transformRule } from "./operator.ts";
import { policyRule } from "./policy.ts";
import {
  eventTriggerRule,
  publicationRule,
  publishedSchemaRule,
  publishedTableRule,
  subscriptionRule,
} from "./publication.ts";
import { functionRule, procedureRule } from "./routine.ts";
import type { Rule } from "./rule.ts";
import { sequenceRule } from "./sequence.ts";
import { statisticsRule } from "./statistics.ts";
import { tableRule } from "./table.ts";
import {
  textSearchConfigurationRule,
  textSearchDictionaryRule,
  textSearchParserRule,
  textSearchTemplateRule,
} from "./text-search.ts";
import { ruleRule, triggerRule } from "./trigger.ts";
import { materializedViewRule, viewRule } from "./view.ts";

/** Every kind of fact with its rule. A kind without one does not compile. */
const RULES: Readonly<Record<FactKind, Rule>> = {
  schema: schemaRule,
  extension: extensionRule,
  language: languageRule,
  "access method": accessMethodRule,
  "foreign data wrapper": foreignDataWrapperRule,
  "foreign server": foreignServerRule,
  "user mapping": userMappingRule,
  collation: collationRule,
  conversion: conversionRule,
  "shell type": shellTypeRule,
  "base type": baseTypeRule,
  enum: enumRule,
  domain: domainRule,
  "composite type": compositeTypeRule,
  "range type": rangeTypeRule,
  sequence: sequenceRule,
  table: tableRule,
  "foreign table": foreignTableRule,
  column: columnRule,
  default: defaultRule,
  constraint: constraintRule,
  index: indexRule,
  "statistics object": statisticsRule,
  view: viewRule,
  "materialized view": materializedViewRule,
  function: functionRule,
  procedure: procedureRule,
  aggregate: aggregateRule,
  operator: operatorRule,
  "operator family": operatorFamilyRule,
  "operator class": operatorClassRule,
  cast: castRule,
  transform: transformRule,
  "text search parser": textSearchParserRule,
  "text search template": textSearchTemplateRule,
  "text search dictionary": textSearchDictionaryRule,
  "text search configuration": textSearchConfigurationRule,
  trigger: triggerRule,
  "event trigger": eventTriggerRule,
  policy: policyRule,
  rule: ruleRule,
  publication: publicationRule,
  "published table": publishedTableRule,
  "published schema": publishedSchemaRule,
  subscription: subscriptionRule,
  owner: ownerRule,
  grant: grantRule,
  "default privileges": defaultPrivilegesRule,
  "security label": securityLabelRule,
  comment: commentRule,
};

export function ruleOf(fact: Fact): Rule {
  return RULES[fact.kind];
}
