/** The name of limbeck's own record of the steps that were run. It stands in the version table's schema. */
export const HISTORY_TABLE = "limbeck_history";
