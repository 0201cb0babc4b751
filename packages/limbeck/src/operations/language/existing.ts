import { notReversible, type Reversal } from "./definition.ts";

type NotReversible = Extract<Reversal, { notReversible: string }>;

/**
 * What changes an object back: of each attribute that a call changes, what it is before. Where that is not known, the
 * reason why the call cannot be reversed.
 */
export function changedBack<Attributes extends object>(
  changes: Attributes,
  existing: NoInfer<Partial<Attributes>>,
  subject: string,
): { readonly back: Partial<Attributes>; readonly existing: Attributes } | NotReversible {
  const names = Object.keys(changes);
  const unknown = names.find((name) => !Object.hasOwn(existing, name));
  if (unknown !== undefined) {
    const reason = `What the ${subject}'s ${unknown} is before, \`existing: { ${unknown}: … }\` would have to say.`;
    return notReversible(reason) as NotReversible;
  }
  const back = Object.fromEntries(Object.entries(existing).filter(([name]) => names.includes(name)));
  return { back: back as Partial<Attributes>, existing: changes };
}
