import { z } from 'zod';
import { invalid } from './errors.js';
import type { Firm } from './firm.js';
import { byNumber, containing, oneOf } from './listing.js';
import { parsed } from './parsed.js';
import type { TaskRecord } from './records.js';
import { resource, type Resource } from './resource.js';
import type { Views } from './views.js';

const reference = z.object({ id: z.number().int() });
const STATUSES = ['pending', 'in_progress', 'in_review', 'complete', 'draft'] as const;
const Changes = z.object({
  name: z.string().min(1).optional(),
  description: z.string().optional(),
  assignee: z.object({ id: z.number().int(), type: z.enum(['User', 'Contact']) }).optional(),
  matter: reference.nullish(),
  /** A date, though typed date-time. */
  due_at: z.string().nullish(),
  priority: z.enum(['High', 'Normal', 'Low']).optional(),
  status: z.enum(STATUSES).optional(),
  permission: z.enum(['public', 'private']).optional(),
  notify_completion: z.boolean().optional(),
  notify_assignee: z.boolean().optional(),
});
const Creation = Changes.required({ name: true, description: true, assignee: true });

export function tasks(firm: Firm, views: Views): Resource {
  return resource<TaskRecord>({
    path: 'tasks', schema: 'Task', permission: 'Tasks', view: (task) => views.task(task),
    list: {
      rows: () => firm.tasks.all(),
      filters: {
        status: oneOf([...STATUSES], (task) => task.status), assignee_id: byNumber((task) => task.assignee.id),
        assignee_type: oneOf(['user', 'contact'], (task) => task.assignee.type.toLowerCase()), matter_id: byNumber((task) => task.matterId),
        priority: oneOf(['high', 'normal', 'low'], (task) => task.priority.toLowerCase()), query: containing((task) => `${task.name} ${task.description}`),
      },
      orders: { due_at: (task) => task.dueAt ?? '', name: (task) => task.name },
    },
    find: (id) => firm.tasks.get(id),
    create: (data, call) => {
      const body = parsed(Creation, data);
      requireExisting(firm, body);
      return firm.tasks.add((stamp) => ({
        ...stamp, name: body.name, description: body.description, assignee: body.assignee, matterId: body.matter?.id ?? null, dueAt: body.due_at?.slice(0, 10) ?? null,
        priority: body.priority ?? 'Normal', status: body.status ?? 'pending', permission: body.permission ?? 'public', notifyCompletion: body.notify_completion ?? false,
        completedAt: body.status === 'complete' ? stamp.createdAt : null, assignerId: call.user.id,
      }));
    },
    patch: (task, data) => {
      const body = parsed(Changes, data);
      requireExisting(firm, body);
      Object.assign(task, {
        name: body.name ?? task.name, description: body.description ?? task.description, assignee: body.assignee ?? task.assignee, priority: body.priority ?? task.priority,
        matterId: body.matter === undefined ? task.matterId : (body.matter?.id ?? null), dueAt: body.due_at === undefined ? task.dueAt : (body.due_at?.slice(0, 10) ?? null),
        permission: body.permission ?? task.permission, notifyCompletion: body.notify_completion ?? task.notifyCompletion,
      });
      if (body.status) setStatus(firm, task, body.status);
      firm.tasks.touch(task);
    },
  });
}

export function completeTask(firm: Firm, task: TaskRecord): void {
  setStatus(firm, task, 'complete');
  firm.tasks.touch(task);
}

function setStatus(firm: Firm, task: TaskRecord, status: TaskRecord['status']): void {
  if (status === 'complete' && task.status !== 'complete') task.completedAt = firm.clock.now();
  if (status !== 'complete') task.completedAt = null;
  task.status = status;
}

function requireExisting(firm: Firm, body: z.infer<typeof Changes>): void {
  if (body.assignee && !(body.assignee.type === 'User' ? firm.users : firm.contacts).get(body.assignee.id)) throw invalid('Assignee not found');
  if (body.matter && !firm.matters.get(body.matter.id)) throw invalid('Matter not found');
}
