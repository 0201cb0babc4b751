import { LimbeckError } from "../errors/limbeck-error.ts";
import { nearest } from "../errors/suggest.ts";
import type { Levels } from "../lint/lint.ts";
import { RULES } from "../lint/rules.ts";
import type { Context } from "./context.ts";

/** The severities that the configuration gives to rules. Throws CONFIG_INVALID for a rule that there is not. */
export function lintLevels({ config }: Context): Levels {
  const names = RULES.map(({ name }) => name);
  const unknown = Object.keys(config.lint.rules).find((name) => !names.includes(name));
  if (unknown === undefined) return config.lint.rules;
  const meant = nearest(unknown, names);
  throw new LimbeckError("CONFIG_INVALID", {
    message: `The configuration gives a severity to ${unknown}, and there is no such rule${meant === undefined ? "" : `; ${meant} may be meant`}.`,
    hint: "docs/reference/lint.md lists the rules.",
    ...(config.file === undefined ? {} : { where: { file: config.file } }),
  });
}
