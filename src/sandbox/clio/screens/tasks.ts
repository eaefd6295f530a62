import type { Express } from 'express';
import type { TaskRecord } from '../records.js';
import { idOf } from './form.js';
import { doing, showing } from './guard.js';
import { html } from './page.js';
import type { ScreenParts } from './screens.js';

export function taskScreens(app: Express, parts: ScreenParts): void {
  const { firm, control } = parts;
  const assignee = (task: TaskRecord) => {
    if (task.assignee.type === 'Contact') return firm.contacts.get(task.assignee.id)?.name ?? '';
    const user = firm.users.get(task.assignee.id);
    return user ? `${user.firstName} ${user.lastName}` : '';
  };

  app.get('/nc/tasks', showing(parts, () => {
    const rows = firm.tasks.all().map((task) => html`<tr><td>${task.name}</td><td class="note">${task.description}</td><td>${assignee(task)}</td><td>${task.dueAt}</td><td>${
      task.status === 'complete' ? 'complete' : html`<form method="post" action="/nc/tasks/${task.id}/complete"><button>Complete</button></form>`
    }</td></tr>`);
    const table = html`<table><thead><tr><th>Task</th><th>Description</th><th>For</th><th>Due</th><th></th></tr></thead><tbody>${rows}</tbody></table>`;
    return { title: 'Tasks', body: rows.length === 0 ? html`<p>No tasks yet.</p>` : table };
  }));

  app.post('/nc/tasks/:id/complete', doing(parts, () => '/nc/tasks', (request) => {
    control.completeTask(idOf(request));
    return 'Task completed.';
  }));
}
