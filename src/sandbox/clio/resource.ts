import type { View } from './fields.js';
import type { Grant } from './grants.js';
import { listPage, type ListRules, type Page } from './listing.js';
import type { Stamp, UserRecord } from './records.js';
import type { ClioSwitches } from './switches.js';
import type { Incoming } from './wire.js';

/** One authorised API call. */
export interface Call {
  user: UserRecord;
  grant: Grant;
  incoming: Incoming;
  switches: ClioSwitches;
}

/** How one resource behaves; what is absent answers 404. Writers may throw `ClioRefusal`. */
export interface ResourceRules<T extends Stamp> {
  path: string;
  schema: string;
  permission: string;
  view: (row: T) => View;
  list?: ListRules<T> & { rows: (call: Call) => T[] };
  find?: (id: number, call: Call) => T | undefined;
  /** PATCH and DELETE find records that GET by id does not offer (line items). */
  showable?: boolean;
  create?: (data: unknown, call: Call) => T;
  /** What must happen between creation and the answer. */
  created?: (row: T) => Promise<void>;
  patch?: (row: T, data: unknown, call: Call) => void;
  remove?: (row: T, call: Call) => void;
}

export interface Found {
  view: () => View;
  updatedAt: () => number;
  patch: ((data: unknown) => void) | null;
  remove: (() => void) | null;
}

/** The same with the record's type hidden, so that all resources fit one table. */
export interface Resource {
  path: string;
  schema: string;
  permission: string;
  showable: boolean;
  list: ((call: Call) => Page) | null;
  find: ((id: number, call: Call) => Found | null) | null;
  create: ((data: unknown, call: Call) => Promise<View>) | null;
}

export function resource<T extends Stamp>(rules: ResourceRules<T>): Resource {
  const { list, find, create, patch, remove } = rules;
  return {
    path: rules.path, schema: rules.schema, permission: rules.permission, showable: rules.showable ?? true,
    list: list ? (call) => listPage(list.rows(call), rules.view, list, call) : null,
    find: find
      ? (id, call) => {
          const row = find(id, call);
          if (!row) return null;
          return {
            view: () => rules.view(row),
            updatedAt: () => row.updatedAt,
            patch: patch ? (data) => { patch(row, data, call); } : null,
            remove: remove ? () => { remove(row, call); } : null,
          };
        }
      : null,
    create: create
      ? async (data, call) => {
          const row = create(data, call);
          await rules.created?.(row);
          return rules.view(row);
        }
      : null,
  };
}
