import { z } from 'zod';
import { invalid } from './errors.js';
import type { Firm } from './firm.js';
import { parsed } from './parsed.js';
import type { CustomActionRecord } from './records.js';
import { resource, type Call, type Resource } from './resource.js';
import type { Views } from './views.js';

const PLACES = ['activities/show', 'documents/show', 'contacts/show', 'matters/show', 'folders/show'];
const Changes = z.object({ label: z.string().min(1).optional(), target_url: z.string().optional(), ui_reference: z.string().optional() });
const Creation = Changes.required();

/** Unique on app, user, place and label; seen by that user alone. */
export function customActions(firm: Firm, views: Views): Resource {
  const mine = (action: CustomActionRecord, call: Call) => action.userId === call.user.id && action.clientId === call.grant.clientId;
  const check = (wanted: Pick<CustomActionRecord, 'label' | 'uiReference' | 'targetUrl'>, call: Call, self?: CustomActionRecord) => {
    const places = firm.switches.billCustomActions ? [...PLACES, 'bills/show'] : PLACES;
    if (!places.includes(wanted.uiReference)) throw invalid(`An invalid argument was supplied: '${wanted.uiReference}' is not a valid ui_reference`);
    if (!URL.canParse(wanted.targetUrl)) throw invalid('target_url is invalid');
    const taken = firm.customActions.where((each) => each !== self && mine(each, call) && each.label === wanted.label && each.uiReference === wanted.uiReference);
    if (taken.length > 0) throw invalid('label has already been taken');
  };
  return resource<CustomActionRecord>({
    path: 'custom_actions', schema: 'CustomAction', permission: 'Custom Actions', view: (action) => views.customAction(action),
    list: { rows: (call) => firm.customActions.where((action) => mine(action, call)) },
    find: (id, call) => {
      const action = firm.customActions.get(id);
      return action && mine(action, call) ? action : undefined;
    },
    create: (data, call) => {
      const body = parsed(Creation, data);
      const wanted = { label: body.label, targetUrl: body.target_url, uiReference: body.ui_reference };
      check(wanted, call);
      return firm.customActions.add((stamp) => ({ ...stamp, ...wanted, clientId: call.grant.clientId, userId: call.user.id }));
    },
    patch: (action, data, call) => {
      const body = parsed(Changes, data);
      const wanted = { label: body.label ?? action.label, targetUrl: body.target_url ?? action.targetUrl, uiReference: body.ui_reference ?? action.uiReference };
      check(wanted, call, action);
      Object.assign(action, wanted);
      firm.customActions.touch(action);
    },
    remove: (action) => { firm.customActions.remove(action); },
  });
}
