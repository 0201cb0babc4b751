import picocolors from "picocolors";

/** Colours for the parts of an answer; all of them plain when colours are off. */
export interface Paint {
  readonly id: (text: string) => string;
  readonly mark: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

export function paint(enabled: boolean): Paint {
  const { yellow, cyan, green, red, dim, bold } = picocolors.createColors(enabled);
  return { id: yellow, mark: cyan, good: green, bad: red, dim, strong: bold };
}
