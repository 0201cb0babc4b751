import { LimbeckError } from "../errors/limbeck-error.ts";
import { nearest } from "../errors/suggest.ts";
import type { Identifier } from "./identifier.ts";
import type { Scope } from "./scope.ts";
import type { Structure } from "./structure.ts";

/** The errors of identifiers that name nothing, or more than they may: each shows the way out. */

export function notFound({ index, labels }: Structure, name: string): LimbeckError {
  const suggestion = nearest(name, [...labels.keys(), ...index.keys()]);
  return new LimbeckError("REVISION_NOT_FOUND", {
    message: `No revision goes by ${name}: it is no id, no beginning of an id and no branch label.`,
    hint: suggestion ? `Did you mean ${suggestion}?` : "`limbeck history` lists all revisions.",
    details: { identifier: name, ...(suggestion ? { suggestion } : {}) },
  });
}

export function ambiguousPrefix(scope: Scope, prefix: string, candidates: readonly string[]): LimbeckError {
  return new LimbeckError("REVISION_AMBIGUOUS", {
    message: `${prefix} could be any of ${candidates.length} revisions: ${enumerate(candidates)}.`,
    hint: `Add characters until only one is left, for example \`${scope.command(candidates[0]!)}\`.`,
    details: { identifier: prefix, candidates },
  });
}

/** `head`, or `label@head`, and there are several. */
export function multipleHeads(scope: Scope, label: string | undefined, heads: readonly number[]): LimbeckError {
  const text = label === undefined ? "head" : `${label}@head`;
  const ids = idsOf(scope, heads);
  const one = `${branchName(scope, heads[0]!, heads)}@head`;
  const merge = label === undefined ? "limbeck merge" : `limbeck merge ${ids.join(" ")}`;
  return new LimbeckError("MULTIPLE_HEADS", {
    message: `${text} asks for one head, and there are ${ids.length}: ${enumerate(ids)}.`,
    hint: `Join them with \`${merge} -m "..."\`, take all with \`${scope.command(`${text}s`)}\`, or one with \`${scope.command(one)}\`.`,
    details: { heads: ids },
  });
}

export function notOnLine(scope: Scope, label: string, revision: string): LimbeckError {
  return new LimbeckError("TARGET_INVALID", {
    message: `${revision} is not on the line of ${label}: it is neither below nor above it.`,
    hint: `Leave the label out, \`${scope.command(revision)}\`, or see \`limbeck history -r ${label}@base:${label}@heads\` for what is on that line.`,
    details: { label, revision },
  });
}

/** A relative identifier would start from several revisions at once. */
export function severalStarts(scope: Scope, identifier: Identifier, starts: readonly number[]): LimbeckError {
  const ids = idsOf(scope, starts);
  const from =
    identifier.symbol === "heads" ? "there are" : identifier.label ? "the branch is at" : "the database is at";
  return new LimbeckError("RELATIVE_AMBIGUOUS", {
    message: `${identifier.text} could start from any of several revisions: ${from} ${enumerate(ids)}.`,
    hint: `Say which: ${choices(scope, identifier, starts)}, or name the revision to go to.`,
    details: { target: identifier.text, candidates: ids, furthest: 0 },
  });
}

/** After `done` steps there is more than one way on. */
export function fork(scope: Scope, identifier: Identifier, done: number, ways: readonly number[]): LimbeckError {
  const ids = idsOf(scope, ways);
  const up = identifier.offset! > 0;
  const when = done === 0 ? "at once" : `after ${count(done, "step")}`;
  const furthest = done === 0 ? "" : ` Without choosing, ${shifted(identifier, done)} is the furthest.`;
  return new LimbeckError("RELATIVE_AMBIGUOUS", {
    message: `${identifier.text} is ambiguous: the way ${up ? "up" : "down"} divides ${when}, into ${enumerate(ids)}.`,
    hint: `Say which way: ${choices(scope, identifier, ways)}, or name the revision to go to.${furthest}`,
    details: { target: identifier.text, candidates: ids, furthest: done },
  });
}

/** Only `done` steps are possible. */
export function tooFar(scope: Scope, identifier: Identifier, done: number): LimbeckError {
  const { text, label, symbol, offset } = identifier;
  const whose = label ? ` of ${label}` : "";
  const fromCurrent = symbol === undefined || symbol === "current";
  let message: string;
  if (offset! > 0) {
    message = `${text} goes past the head: ${done === 0 ? "no revision follows" : `only ${count(done, "revision")} ${done === 1 ? "follows" : "follow"}`}`;
  } else if (fromCurrent) {
    message = `${text} goes below the base: ${done === 0 ? `nothing${whose} is applied` : `${count(done, "revision")}${whose} ${done === 1 ? "is" : "are"} applied on that line`}`;
  } else {
    message = `${text} goes below the base: only ${count(done, "step")} ${done === 1 ? "leads" : "lead"} down from ${symbol}`;
  }
  return new LimbeckError("RELATIVE_OUT_OF_RANGE", {
    message: `${message}.`,
    hint:
      done === 0
        ? "`limbeck current` shows where the database is, `limbeck history` what there is."
        : `The furthest is \`${scope.command(shifted(identifier, done))}\`.`,
    details: { target: text, furthest: done },
  });
}

/** A relative identifier with a label would undo `place`, on which `sibling`, of another line, stands as well. */
export function shared(
  scope: Scope,
  identifier: Identifier,
  done: number,
  place: number,
  sibling: number,
): LimbeckError {
  const [below, above] = idsOf(scope, [place, sibling]);
  return new LimbeckError("RELATIVE_OUT_OF_RANGE", {
    message: `${identifier.text} would undo ${below}, on which ${above} stands as well, which is not on the line of ${identifier.label}.`,
    hint: `${done === 0 ? "" : `The furthest is \`${scope.command(shifted(identifier, done))}\`. `}To undo ${above} too, name the revision to go down to.`,
    details: { target: identifier.text, furthest: done, sibling: above },
  });
}

function choices(scope: Scope, identifier: Identifier, candidates: readonly number[]): string {
  const rest = identifier.label === undefined ? identifier.text : identifier.text.slice(identifier.label.length + 1);
  const shown = candidates
    .slice(0, 3)
    .map((candidate) => `\`${scope.command(`${branchName(scope, candidate, candidates)}@${rest}`)}\``);
  return shown.join(" or ");
}

/** The same identifier with another number of steps. */
function shifted({ text, offset }: Identifier, steps: number): string {
  return text.replace(/[+-]\d+$/u, (offset! > 0 ? "+" : "-") + steps);
}

/** A branch label that tells this revision from the others, or else its id: both work before an @. */
function branchName(scope: Scope, place: number, others: readonly number[]): string {
  const carried = scope.carriedLabels();
  const own = carried[place]!.find((label) =>
    others.every((other) => other === place || !carried[other]!.includes(label)),
  );
  return own ?? scope.structure.infos[place]!.revision;
}

function idsOf(scope: Scope, places: readonly number[]): string[] {
  return places.map((place) => scope.structure.infos[place]!.revision);
}

function enumerate(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(", ");
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}

function count(amount: number, what: string): string {
  return `${amount} ${what}${amount === 1 ? "" : "s"}`;
}
