/** Values of the unique keys, for `findUnique`. Each carries what makes it unique over all firms. */

/** Link by its Clio side: one per firm, kind, role and Clio id. */
export const clioKey = (link: { firm: string; kind: string; role: string; clioId: string }): string =>
  [link.firm, link.kind, link.role, link.clioId].join('|');

/** Link by its Xero side: one per organisation, kind and Xero id, whichever firm claims it. */
export const xeroKey = (link: { organisationId: string; kind: string; xeroId: string }): string =>
  [link.organisationId, link.kind, link.xeroId].join('|');

/** Clio connection by its user. Clio numbers users per region; a firm's id starts with its region (`us:100234`). */
export const userKey = (connection: { firm: string; userId: string }): string =>
  `${connection.firm.slice(0, connection.firm.indexOf(':'))}:${connection.userId}`;
