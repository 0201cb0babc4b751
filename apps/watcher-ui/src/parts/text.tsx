import { useNow } from "../api/live.ts";
import { elided } from "../model/format.ts";
import { ago, inUtc, local } from "../model/moments.ts";

/** A name that somebody else chose: of any script and length, and never more than text. */
export function Name({ text, href, most = 60 }: { text: string; href?: string; most?: number }) {
  const shown = elided(text, most);
  const name = <bdi title={shown === text ? undefined : text}>{shown}</bdi>;
  return href === undefined ? (
    <span class="name">{name}</span>
  ) : (
    <a class="name" href={href}>
      {name}
    </a>
  );
}

/** A moment in the zone of whoever looks; in UTC when pointed at. */
export function Moment({ at }: { at: string | null }) {
  if (at === null) return <>–</>;
  return (
    <time dateTime={at} title={inUtc(at)}>
      {local(at, Date.now())}
    </time>
  );
}

/** How long ago a moment was, kept true. */
export function Ago({ at }: { at: string | null }) {
  const now = useNow(10_000);
  if (at === null) return <>–</>;
  return (
    <time dateTime={at} title={`${local(at, now)} · ${inUtc(at)}`}>
      {ago(at, now)}
    </time>
  );
}

/** Something that was written by machines for machines. */
export function Code({ text, most = 80 }: { text: string | null; most?: number }) {
  if (text === null) return <>–</>;
  const shown = elided(text, most);
  return <code title={shown === text ? undefined : text}>{shown}</code>;
}
