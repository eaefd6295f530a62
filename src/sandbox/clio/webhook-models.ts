/** Webhook models and the schema their payload is cut from. */
export const MODELS: Readonly<Record<string, string>> = {
  matter: 'Matter', activity: 'Activity', bill: 'Bill', calendar_entry: '', communication: '', contact: 'Contact', task: 'Task', document: '', folder: '',
  clio_payments_payment: 'ClioPaymentsPayment',
};

/** Numbers that may stand for the names, in the documented order from 1. */
const NUMBERED = ['matter', 'activity', 'bill', 'calendar_entry', 'communication', 'contact', 'task', 'document', 'folder', 'clio_payments_payment'];

export function modelNamed(model: string | number): string | null {
  const name = typeof model === 'number' ? NUMBERED[model - 1] : model;
  return name !== undefined && name in MODELS ? name : null;
}

export function eventsOf(model: string): string[] {
  if (model === 'matter') return ['created', 'updated', 'deleted', 'matter_opened', 'matter_pended', 'matter_closed'];
  return model === 'clio_payments_payment' ? ['created', 'updated'] : ['created', 'updated', 'deleted'];
}

export const MODEL_PERMISSIONS: Readonly<Record<string, string>> = {
  matter: 'Matters', activity: 'Activities', bill: 'Billing', calendar_entry: 'Calendars', communication: 'Communications', contact: 'Contacts',
  task: 'Tasks', document: 'Documents', folder: 'Documents', clio_payments_payment: 'Clio Payments',
};
