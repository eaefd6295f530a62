import type { Api } from './api.js';
import type { Clio } from './clio.js';
import type { Query } from './query.js';
import { billIdWire, taskWire } from './wire.js';

const resource = { fields: 'tasks', record: taskWire } as const;

/** Tasks for the person who records payments; Clio has no external id on them, so a marker in the description finds ours again. */
export function taskPart(api: Api): Pick<Clio, 'ensureTask' | 'completeTask' | 'task'> {
  const taskAt = (id: string) => ({ ...resource, path: `tasks/${id}.json` });
  return {
    async ensureTask(task) {
      // `assignee_type` goes with `assignee_id`; filter values are lower case, body values are not (documented).
      const mine: Query = [['assignee_id', task.assigneeId], ['assignee_type', 'user'], ['status', 'pending'], ...ofMatter(task.matterId)];
      const { records } = await api.list({ ...resource, path: 'tasks.json', query: mine });
      const open = records.find(({ description }) => description?.includes(task.marker));
      if (open) return { clioId: open.id };
      const text = task.description.includes(task.marker) ? task.description : `${task.description}\n\n${task.marker}`;
      const data = {
        name: task.name,
        description: text,
        description_text_type: 'plain_text',
        assignee: { id: Number(task.assigneeId), type: 'User' },
        due_at: task.dueOn,
        ...(task.matterId === null ? {} : { matter: { id: Number(task.matterId) } }),
      };
      const made = await api.write({ method: 'POST', path: 'tasks.json', fields: 'billIds', record: billIdWire, data });
      return { clioId: made.id };
    },

    async completeTask(taskId, note) {
      const task = await api.find(taskAt(taskId));
      if (!task || task.status === 'complete') return;
      const words = note === null ? {} : { description: `${task.description ?? ''}\n\n${note}`.trim() };
      await api.write({ ...taskAt(taskId), method: 'PATCH', data: { status: 'complete', ...words } });
    },

    async task(taskId) {
      const task = await api.find(taskAt(taskId));
      return task && { clioId: task.id, done: task.status === 'complete' };
    },
  };
}

const ofMatter = (matterId: string | null): Query => (matterId === null ? [] : [['matter_id', matterId]]);
