import type { Call, Route } from '../call.js';
import { envelope } from '../envelope.js';
import { elementsOf, readBody, type Incoming, type Json } from '../incoming.js';
import { NotFound, Refusal, refuseIf } from '../refusal.js';
import { list } from './listing.js';
import type { Line, Organisation, TrackingCategory } from './organisation.js';
import { writeBatch } from './write.js';

const scope = 'accounting.settings';
const plural = 'TrackingCategories';

export const trackingRoutes: Route[] = [
  {
    method: 'GET',
    path: '/TrackingCategories',
    scope,
    handle: (call) => {
      const archived = call.query.get('includeArchived')?.toLowerCase() === 'true';
      return list(call, { plural, rows: call.organisation.trackingCategories.all().filter((each) => archived || each.status === 'ACTIVE'), fields: trackingView, view: trackingView, paged: false });
    },
  },
  { method: 'GET', path: '/TrackingCategories/*', scope, handle: (call) => envelope(call, plural, [trackingView(known(call))]) },
  { method: 'PUT', path: '/TrackingCategories', scope, handle: (call) => writeBatch(call, { plural, idName: 'TrackingCategoryID', summarises: false, write: (element) => ({ json: trackingView(create(call, element)) }) }) },
  { method: 'PUT', path: '/TrackingCategories/*/Options', scope, handle: createOptions },
];

export function trackingView(category: TrackingCategory): Json {
  return {
    Name: category.name,
    Status: category.status,
    TrackingCategoryID: category.id,
    Options: category.options.map((option) => optionView(option)),
  };
}

function optionView(option: TrackingCategory['options'][number]): Json {
  return { TrackingOptionID: option.id, Name: option.name, Status: option.status, HasValidationErrors: false, IsDeleted: false, IsArchived: option.status === 'ARCHIVED', IsActive: option.status === 'ACTIVE' };
}

function known(call: Call): TrackingCategory {
  const category = call.organisation.trackingCategories.get((call.params[0] ?? '').toLowerCase());
  if (!category) throw new NotFound();
  return category;
}

function create(call: Call, element: Incoming): TrackingCategory {
  const name = element.filled('Name');
  const all = call.organisation.trackingCategories.all();
  if (name === undefined || name.length > 100) throw new Refusal(['Tracking category name must have 1 to 100 characters.']);
  refuseIf(all.some((each) => each.name.toLowerCase() === name.toLowerCase()), 'Tracking category name must be unique.');
  refuseIf(all.filter((each) => each.status === 'ACTIVE').length >= 2, 'At most 2 tracking categories can be active.');
  return call.organisation.trackingCategories.put({ id: call.world.newId(), name, status: 'ACTIVE', options: [] });
}

function createOptions(call: Call): ReturnType<Route['handle']> {
  const category = known(call);
  const added = elementsOf(readBody(call.body), 'Options').map((element) => {
    const name = element.filled('Name');
    if (name === undefined || name.length > 100) throw new Refusal(['Tracking option name must have 1 to 100 characters.']);
    refuseIf(category.options.some((each) => each.name.toLowerCase() === name.toLowerCase()), 'Tracking option name must be unique.');
    return { id: call.world.newId(), name, status: 'ACTIVE' as const };
  });
  call.organisation.trackingCategories.put({ ...category, options: [...category.options, ...added] });
  return envelope(call, 'Options', added.map(optionView));
}

/** A line's pairs, by ids or by names; at most two, each of an active category and option. */
export function readTracking({ organisation, world }: Pick<Call, 'organisation' | 'world'>, pairs: Incoming[]): Line['tracking'] {
  refuseIf(pairs.length > 2, 'A line item can have at most 2 tracking elements.');
  return pairs.map((pair) => {
    const category = organisation.trackingCategories.all().find((each) => matches(pair, 'TrackingCategoryID', 'Name', each));
    const words = (what: string): string => (world.switches.trackingRefusal === 'names-it' ? `The ${what} does not exist or is not active.` : 'A dimension of the line cannot be used.');
    if (!category || category.status !== 'ACTIVE') throw new Refusal([words('TrackingCategory')]);
    const option = category.options.find((each) => matches(pair, 'TrackingOptionID', 'Option', each));
    if (!option || option.status !== 'ACTIVE') throw new Refusal([words('TrackingOption')]);
    return { categoryId: category.id, optionId: option.id };
  });
}

function matches(pair: Incoming, idName: string, name: string, row: { id: string; name: string }): boolean {
  const id = pair.filled(idName);
  return id === undefined ? row.name.toLowerCase() === pair.filled(name)?.toLowerCase() : row.id === id.toLowerCase();
}

/** Answers carry all four members. */
export function trackingPairs(organisation: Organisation, pairs: Line['tracking']): Json[] {
  return pairs.map(({ categoryId, optionId }) => {
    const category = organisation.trackingCategories.get(categoryId);
    const option = category?.options.find((each) => each.id === optionId);
    return { Name: category?.name ?? '', Option: option?.name ?? '', TrackingCategoryID: categoryId, TrackingOptionID: optionId };
  });
}
