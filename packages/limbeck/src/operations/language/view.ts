export interface ViewSecurity {
  /** The view's own conditions come before those of its reader, so that no function of the reader's sees hidden rows. */
  readonly securityBarrier?: boolean;
  /** The tables are read with the rights of the view's reader, not of its owner (PostgreSQL 15). */
  readonly securityInvoker?: boolean;
}

/** What a row that is written through a view has to fulfil: the view's conditions, or also those of views beneath. */
export type CheckOption = "local" | "cascaded";

/** The options of a view as CREATE VIEW has them. */
export function viewOptions({ securityBarrier, securityInvoker }: ViewSecurity): string[] {
  return [
    ...(securityBarrier === undefined ? [] : [`security_barrier = ${securityBarrier}`]),
    ...(securityInvoker === undefined ? [] : [`security_invoker = ${securityInvoker}`]),
  ];
}
