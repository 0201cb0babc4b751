import { LimbeckError, type Location } from "../errors/limbeck-error.ts";
import { nearest } from "../errors/suggest.ts";
import type { RevisionInfo } from "./revision.ts";

/** The errors of a graph that cannot be built: each names the revisions, their files and the cure. */

export function badName(info: RevisionInfo, what: "revision id" | "branch label", name: string): LimbeckError {
  const on = what === "branch label" ? ` of ${named(info)}` : at(info.where);
  return new LimbeckError("REVISION_ID_INVALID", {
    message: `The ${what} ${JSON.stringify(name)}${on} ${whyBad(name)}.`,
    hint: `Choose another ${what}: letters, digits and underscores always work.`,
    ...placed(info),
    details: { [what === "branch label" ? "label" : "revision"]: name },
  });
}

function whyBad(name: unknown): string {
  if (typeof name !== "string") return "is not a string";
  if (name === "") return "is empty";
  const character = /[@:+\-\s\p{Cc}]/u.exec(name)?.[0];
  if (character === undefined) return "is a word that targets use for themselves";
  return `has the character ${JSON.stringify(character)}, which targets need for themselves (@ - + : and white space)`;
}

export function duplicateRevision(first: RevisionInfo, second: RevisionInfo): LimbeckError {
  const both = first.where && second.where ? `: ${text(first.where)} and ${text(second.where)}` : "";
  return new LimbeckError("REVISION_DUPLICATE", {
    message: `Two files have the revision id ${second.revision}${both}.`,
    hint: "Give one of them another id, in its metadata, in its file name and in what names it as downRevision.",
    ...placed(second),
    details: { revision: second.revision, files: [first, second].flatMap(({ where }) => where?.file ?? []) },
  });
}

export function duplicateLabel(label: string, first: RevisionInfo, second: RevisionInfo): LimbeckError {
  return new LimbeckError("LABEL_DUPLICATE", {
    message: `The branch label ${label} is written on two revisions: ${named(first)} and ${named(second)}.`,
    hint: "Keep it on the revision where the branch begins: all that follows inherits it.",
    ...placed(second),
    details: { label, revisions: [first.revision, second.revision] },
  });
}

export function labelIsRevision(label: string, labelled: RevisionInfo, namesake: RevisionInfo): LimbeckError {
  return new LimbeckError("LABEL_DUPLICATE", {
    message: `The branch label ${label} of ${named(labelled)} is also the id of a revision${at(namesake.where)}.`,
    hint: "Choose another branch label, so that a target can only mean one of the two.",
    ...placed(labelled),
    details: { label, revisions: [labelled.revision, namesake.revision] },
  });
}

export function missing(
  info: RevisionInfo,
  key: "downRevision" | "dependsOn",
  name: string,
  candidates: readonly string[],
): LimbeckError {
  const others = candidates.filter((candidate) => candidate !== info.revision);
  const suggestion = nearest(name, others);
  const what = key === "dependsOn" ? "revision or branch label" : "revision";
  return new LimbeckError("PARENT_NOT_FOUND", {
    message: `${capital(named(info))} has ${JSON.stringify(name)} as ${key}, and no file has that ${what}.`,
    hint: suggestion
      ? `Did you mean ${suggestion}? Otherwise restore the missing file, or correct ${key}.`
      : `Restore the missing file, or correct ${key}: it takes whole ids.`,
    ...placed(info),
    details: { revision: info.revision, [key]: name, ...(suggestion ? { suggestion } : {}) },
  });
}

/** `members`: each stands on the next, the last on the first. */
export function cycle(members: readonly RevisionInfo[]): LimbeckError {
  const ids = members.map(({ revision }) => revision);
  const first = members[0]!;
  const shown = members.slice(0, 10).map((member, place) => link(member, ids[(place + 1) % ids.length]!));
  const more = members.length > shown.length ? [`and ${members.length - shown.length} more`] : [];
  return new LimbeckError("REVISION_CYCLE", {
    message:
      members.length === 1
        ? `${capital(named(first))} stands on itself: ${link(first, first.revision)}.`
        : `${members.length} revisions stand on each other in a circle: ${[...shown, ...more].join(", ")}.`,
    hint: "Correct downRevision or dependsOn in one of them, so that the chain ends in a revision whose downRevision is null.",
    ...placed(first),
    details: { revisions: ids },
  });
}

function link(member: RevisionInfo, next: string): string {
  const key = [member.downRevision].flat().includes(next) ? "downRevision" : "dependsOn";
  return `${named(member)} has ${key} ${next}`;
}

function named(info: RevisionInfo): string {
  return `revision ${info.revision}${info.where ? ` (${text(info.where)})` : ""}`;
}

function at(where: Location | undefined): string {
  return where ? ` at ${text(where)}` : "";
}

function text({ file, line }: Location): string {
  return line === undefined ? file : `${file}:${line}`;
}

function placed(info: RevisionInfo): { where?: Location } {
  return info.where ? { where: info.where } : {};
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
