/** The fields of one node of the parser's tree. */
export type Tree = Record<string, unknown>;
