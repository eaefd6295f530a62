import type { CostDocument } from '../../src/core/cost-document.js';
import type { Expense, ExpenseLink } from '../../src/core/expense.js';
import type { ExpensePlan, ExpenseStep, ExpenseTruth } from '../../src/core/expense-plan.js';
import type { NewCostDocument } from '../../src/core/expense-to-document.js';
import { planExpense } from '../../src/core/plan-expense.js';
import type { Settings } from '../../src/core/settings.js';
import { account, books, client, contact, settings, taxRate } from './law-firm.js';

/** A hard cost of the invented firm, and a Xero that does as it is told. */

export const costBooks = {
  ...books,
  accounts: [...books.accounts, account('620', 'Disbursements advanced', { class: 'asset' }), account('400', 'Court fees', { class: 'expense' })],
  taxRates: [taxRate('OUTPUT2', '20'), taxRate('NONE', '0', { classes: ['revenue', 'asset', 'expense', 'liability'] })],
};

export const costSettings = (costs: Partial<Settings['costs']> = {}, change: Partial<Settings> = {}): Settings => ({ ...settings, costs: { hard: 'spend', account: '620', bankAccount: 'bank-office', importFromXero: false, ...costs }, ...change });

export function anExpense(change: Partial<Expense> = {}): Expense {
  return {
    clioId: '8801', isHardCost: true, date: '2026-10-14', amount: 11_900, currency: 'GBP', category: { clioId: '62', name: 'Court fees' }, vendor: { clioId: '41', name: 'Northgate Fabrication Ltd' },
    matter: { clioId: '31', number: '00042-Northgate', description: 'Lease dispute', practiceArea: 'Litigation', responsibleAttorney: null, office: null },
    reference: '55120', note: 'Filing of the claim', onBill: false, createdAt: '2026-10-14T10:00:00Z', ...change,
  };
}

export function aCost(change: Partial<ExpenseTruth> = {}): ExpenseTruth {
  return { expense: anExpense(), link: null, vendor: client, supplier: contact, documents: [], since: '2026-10-02T08:00:00Z', mayUseBanks: true, settings: costSettings(), books: costBooks, ...change };
}

export interface CostWorld {
  truth: ExpenseTruth;
  done: ExpenseStep['do'][];
}

export const costWorld = (truth: ExpenseTruth): CostWorld => ({ truth: structuredClone(truth), done: [] });

export function settleCost(at: CostWorld, rounds = 6): ExpensePlan {
  for (let round = 0; round < rounds; round += 1) {
    const plan = planExpense(at.truth);
    if (plan.steps.length === 0) return plan;
    for (const step of plan.steps) carryOutCost(at, step);
  }
  throw new Error(`No rest: ${at.done.join(', ')}`);
}

export function costInStep(change: Partial<ExpenseTruth> = {}): CostWorld {
  const at = costWorld(aCost(change));
  settleCost(at);
  at.done = [];
  return at;
}

export function onlyDocument(at: CostWorld): CostDocument {
  const [document, ...others] = at.truth.documents;
  if (!document || others.length > 0) throw new Error(`${at.truth.documents.length} documents`);
  return document;
}

export function carryOutCost(at: CostWorld, step: ExpenseStep): void {
  const { truth } = at;
  at.done.push(step.do);
  const link: ExpenseLink = truth.link ?? { id: 'expense:c8801', origin: 'clio', expenseId: '8801', kind: 'spend', documentId: null, lineId: null, reference: null, agreed: null, ended: false };
  switch (step.do) {
    case 'ensure-supplier':
      truth.supplier = contact;
      return;
    case 'create-document': {
      const document = written(step.document, `doc-${truth.documents.length + 1}`, `line-${truth.documents.length + 1}`);
      truth.documents.push(document);
      truth.link = { ...link, kind: document.kind, documentId: document.xeroId, reference: document.reference, agreed: step.agreed };
      return;
    }
    case 'adopt-document':
      truth.link = { ...link, kind: step.kind, documentId: step.documentId, reference: step.reference, agreed: step.agreed };
      return;
    case 'update-document': {
      const old = truth.documents.find((each) => each.xeroId === step.documentId);
      if (!old?.live || old.final) throw new Error('Xero refuses the change');
      Object.assign(old, { ...written(step.document, old.xeroId, step.lineIds[0] ?? ''), draft: old.draft });
      truth.link = { ...link, agreed: step.agreed };
      return;
    }
    case 'agree':
      truth.link = { ...link, agreed: step.agreed };
      return;
    case 'remove-document': {
      const old = truth.documents.find((each) => each.xeroId === step.documentId);
      if (!old?.live || old.final || old.draft !== step.asDraft) throw new Error('Xero refuses to remove it');
      old.live = false;
      truth.link = { ...link, ended: true };
      return;
    }
    case 'end-link':
      truth.link = { ...link, ended: true };
  }
}

function written(from: NewCostDocument, xeroId: string, lineId: string): CostDocument {
  const { contactXeroId: contactId, date, currency, total, lines } = from.kind === 'spend' ? from.transaction : from.bill;
  const reference = from.kind === 'spend' ? from.transaction.reference : from.bill.number;
  return { kind: from.kind, xeroId, reference, contactId, date, currency, total, lines: lines.map((line) => ({ ...line, xeroId: lineId })), live: true, draft: from.kind === 'bill' && from.bill.status === 'draft', final: false };
}
