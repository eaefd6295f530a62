import type { Books } from './books.js';
import type { Instant } from './calendar.js';
import type { Client, Contact } from './contact.js';
import type { CostDocument } from './cost-document.js';
import type { AgreedCost, Expense, ExpenseLink } from './expense.js';
import type { NewCostDocument } from './expense-to-document.js';
import type { Answer, Hold } from './plan.js';
import type { Settings } from './settings.js';

/** All that is known about one cost entered in Clio, read fresh on both sides. The only input of `planExpense`. */
export interface ExpenseTruth {
  /** Null when Clio no longer has it. */
  expense: Expense | null;
  link: ExpenseLink | null;
  /** Who was paid, where Clio shows it and no contact is linked yet. */
  vendor: Client | null;
  /** The Xero contact the vendor is linked to. */
  supplier: Contact | null;
  /** The linked document, and whatever carries this cost's marker; removed ones included. */
  documents: CostDocument[];
  /** Costs entered earlier are the firm's own to enter in Xero; null while costs are off. */
  since: Instant | null;
  /** The organisation allowed us to read and write money spent. */
  mayUseBanks: boolean;
  settings: Settings;
  books: Books;
  answers?: Answer[];
}

/** As for bills: planning again after carrying out a plan yields no steps. */
export interface ExpensePlan {
  steps: ExpenseStep[];
  holds: Hold[];
}

export type ExpenseStep =
  | { do: 'ensure-supplier'; vendor: Client }
  | { do: 'create-document'; document: NewCostDocument; agreed: AgreedCost }
  /** Xero has it already, made by us before we lost the answer. */
  | { do: 'adopt-document'; kind: CostDocument['kind']; documentId: string; reference: string; agreed: AgreedCost }
  | { do: 'update-document'; documentId: string; document: NewCostDocument; lineIds: string[]; agreed: AgreedCost }
  /** Both sides show the same though they last agreed on something else: remember, write nothing. */
  | { do: 'agree'; agreed: AgreedCost }
  | { do: 'remove-document'; kind: CostDocument['kind']; documentId: string; asDraft: boolean }
  | { do: 'end-link' };
