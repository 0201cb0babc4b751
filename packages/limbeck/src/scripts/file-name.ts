import { LimbeckError } from "../errors/limbeck-error.ts";
import { slugOf } from "./slug.ts";

/** How new revision files are named. */
export interface FileNaming {
  /** `{revision}` and `{slug}`, and of the time `{year}` `{month}` `{day}` `{hour}` `{minute}` `{second}` `{epoch}`. */
  readonly template: string;
  /** The longest slug, in characters. */
  readonly slugLength: number;
  /** The IANA name of the time zone of the parts of the time; the machine's own when undefined. */
  readonly timezone: string | undefined;
}

/** The name of a new revision's file without its extension; with `/` in it, it lies in a folder of its own. */
export function fileNameOf(naming: FileNaming, revision: string, message: string, now: Date): string {
  const parts: Readonly<Record<string, string>> = {
    revision,
    slug: slugOf(message, naming.slugLength),
    epoch: String(Math.floor(now.getTime() / 1000)),
    ...timeParts(now, naming.timezone),
  };
  const name = naming.template.replace(/\{(\w+)\}/g, (placeholder, part: string) => {
    const value = Object.hasOwn(parts, part) ? parts[part] : undefined;
    if (value !== undefined) return value;
    throw new LimbeckError("TEMPLATE_INVALID", {
      message: `fileTemplate has ${placeholder}, which means nothing.`,
      hint: `Use ${Object.keys(parts)
        .map((known) => `{${known}}`)
        .join(", ")}.`,
    });
  });
  // A message without a word in it leaves nothing behind the id.
  return name.replace(/[_-]+$/, "");
}

function timeParts(now: Date, timezone: string | undefined): Record<string, string> {
  const format = new Intl.DateTimeFormat("en-US", {
    ...(timezone === undefined ? {} : { timeZone: timezone }),
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
}
