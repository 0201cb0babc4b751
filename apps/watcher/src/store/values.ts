const bigint = 20;
const asText = [114, 1082, 1114, 1184, 3802];

/** How the values of a result become JavaScript's, by the type's number in PostgreSQL's catalog. */
export const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [bigint]: parseBigint,
  ...Object.fromEntries(asText.map((type) => [type, (text: string) => text])),
};

function parseBigint(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}
