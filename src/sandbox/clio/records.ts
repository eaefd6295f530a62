/** What the firm's Clio remembers. Amounts are cents of the record's currency; dates 'YYYY-MM-DD'; instants milliseconds. */
export interface Stamp {
  id: number;
  /** Rises with each change; the etag is made of it. */
  version: number;
  createdAt: number;
  updatedAt: number;
}

export interface UserRecord extends Stamp {
  firstName: string;
  lastName: string;
  email: string;
  enabled: boolean;
  owner: boolean;
  roles: string[];
  subscription: 'Attorney' | 'NonAttorney';
  jobTitle: string | null;
}

export interface AddressRecord {
  id: number;
  name: 'Work' | 'Home' | 'Billing' | 'Other';
  street: string | null;
  city: string | null;
  province: string | null;
  postalCode: string | null;
  country: string | null;
}

export interface ContactPoint {
  id: number;
  name: string;
  value: string;
  primary: boolean;
}

export interface ContactRecord extends Stamp {
  type: 'Company' | 'Person';
  name: string;
  firstName: string | null;
  lastName: string | null;
  isClient: boolean;
  emails: ContactPoint[];
  phones: ContactPoint[];
  addresses: AddressRecord[];
  salesTaxNumber: string | null;
  paymentTermDays: number | null;
  companyId: number | null;
}

export interface MatterRecord extends Stamp {
  number: number;
  displayNumber: string;
  description: string;
  clientId: number;
  practiceAreaId: number | null;
  responsibleAttorneyId: number | null;
  originatingAttorneyId: number | null;
  currencyId: number;
  status: 'Pending' | 'Open' | 'Closed';
  openDate: string;
  closeDate: string | null;
  clientReference: string | null;
  /** The office, as the firm writes it. */
  location?: string;
}

export interface Discount {
  /** Percent, or whole units of money. */
  rate: number;
  type: 'percentage' | 'money';
  note: string | null;
}

export type BillState = 'draft' | 'awaiting_approval' | 'awaiting_payment' | 'paid' | 'void' | 'deleted';
export type BillKind =
  'revenue_kind' | 'summary_kind' | 'trust_kind' | 'aggregate_all' | 'aggregate_split' | 'aggregate_services' | 'aggregate_expenses';

export interface BillRecord extends Stamp {
  number: string;
  type: 'MatterBill' | 'ClientBill';
  kind: BillKind;
  state: BillState;
  subject: string | null;
  purchaseOrder: string | null;
  memo: string | null;
  issuedAt: string | null;
  dueAt: string | null;
  startAt: string | null;
  endAt: string | null;
  lastSentAt: number | null;
  paidAt: number | null;
  /** Percent. */
  taxRate: number;
  secondaryTaxRate: number;
  secondaryTaxRule: 'Pre' | 'Post';
  discount: Discount | null;
  discountServicesOnly: boolean;
  /** Percent and days; what has been charged stands in the interest charges. */
  interestRate: number;
  interestPeriod: number;
  interestType: 'simple' | 'compound';
  clientId: number;
  matterIds: number[];
  currencyId: number;
  userId: number;
  destinationAccountId: number | null;
  originalBillId: number | null;
  split: SplitRecord | null;
  legalAid: boolean;
  /** Set by PATCH state `paid` where that moves the state alone (C2). */
  paidByStateOnly: boolean;
}

/** One payer's part of a split bill, or (with no portion) the bill that was split. */
export interface SplitRecord {
  id: number;
  connectionId: string;
  ofBillId: number;
  /** Percent. */
  portion: number | null;
}

export type LineType = 'ActivityLineItem' | 'LineItem' | 'NoChargeLineItem' | 'SummaryLineItem';

export interface LineRecord extends Stamp {
  billId: number;
  matterId: number;
  activityId: number | null;
  userId: number | null;
  type: LineType;
  kind: 'Service' | 'Expense';
  description: string | null;
  note: string | null;
  date: string;
  /** Whole units per unit of quantity, may have more than two decimals. */
  price: number;
  /** Hours for time. */
  quantity: number;
  discount: Discount | null;
  taxable: boolean;
  secondaryTaxable: boolean;
  order: number;
}

export interface ActivityRecord extends Stamp {
  type: 'TimeEntry' | 'ExpenseEntry' | 'HardCostEntry' | 'SoftCostEntry';
  date: string;
  /** Seconds for time, pieces otherwise, null for hard costs. */
  quantity: number | null;
  price: number;
  note: string | null;
  reference: string | null;
  nonBillable: boolean;
  noCharge: boolean;
  taxSetting: 'no_tax' | 'tax_1_only' | 'tax_2_only' | 'tax_1_and_tax_2' | null;
  matterId: number | null;
  userId: number;
  billId: number | null;
  expenseCategoryId: number | null;
  activityDescriptionId: number | null;
  vendorId: number | null;
  utbmsExpenseId?: number;
}

export interface ExpenseCategoryRecord extends Stamp {
  name: string;
  rate: number | null;
  entryType: 'hard_cost' | 'soft_cost' | null;
  xeroExpenseCode: string | null;
  taxSetting: string | null;
  utbmsCodeId?: number;
}

export interface ActivityDescriptionRecord extends Stamp {
  name: string;
  rate: number;
  xeroServiceCode: string | null;
  utbmsTaskId?: number;
  utbmsActivityId?: number;
}

export interface UtbmsCodeRecord extends Stamp {
  code: string;
  name: string;
  type: 'UtbmsTask' | 'UtbmsActivity' | 'UtbmsExpense';
}

export interface PracticeAreaRecord extends Stamp {
  name: string;
  code: string | null;
  category: string | null;
}

export interface CurrencyRecord extends Stamp {
  code: string;
  sign: string;
}

export interface TaxRateConfigurationRecord extends Stamp {
  name: string;
  /** A fraction: 0.05 is five percent. */
  rate: number;
  country: string | null;
  isSystem: boolean;
}

export interface BankAccountRecord extends Stamp {
  name: string;
  type: 'Operating' | 'Trust';
  currencyId: number;
  institution: string;
  isDefault: boolean;
  openingBalance: number;
}

export interface PaymentRecord extends Stamp {
  contactId: number | null;
  date: string;
  amount: number;
  reference: string | null;
  sourceAccountId: number | null;
  destinationAccountId: number | null;
  voidedAt: number | null;
}

export interface CreditMemoRecord extends Stamp {
  date: string;
  amount: number;
  description: string | null;
  kind: 'credit_note' | 'write_off';
  discount: boolean;
  contactId: number;
  userId: number;
  voidedAt: number | null;
}

export interface AllocationRecord extends Stamp {
  date: string;
  amount: number;
  interest: boolean;
  billId: number | null;
  matterId: number | null;
  contactId: number | null;
  parent: { type: 'Payment' | 'CreditMemo'; id: number };
  sourceAccountId: number | null;
  destinationAccountId: number | null;
  description: string | null;
  /** Paid through Clio's page, and how; null when recorded by hand. */
  online: string | null;
  voidedAt: number | null;
}

export interface BankTransactionRecord extends Stamp {
  accountId: number;
  date: string;
  /** Positive: money in. */
  amount: number;
  source: string | null;
  confirmation: string | null;
  description: string | null;
  transactionType: string | null;
  clientId: number | null;
  matterId: number | null;
  billId: number | null;
  allocationId: number | null;
}

export interface InterestChargeRecord extends Stamp {
  billId: number;
  date: string;
  amount: number;
  description: string;
}

export interface TaskRecord extends Stamp {
  name: string;
  status: 'pending' | 'in_progress' | 'in_review' | 'complete' | 'draft';
  description: string;
  priority: 'High' | 'Normal' | 'Low';
  dueAt: string | null;
  permission: string;
  completedAt: number | null;
  notifyCompletion: boolean;
  assignee: { type: 'User' | 'Contact'; id: number };
  assignerId: number;
  matterId: number | null;
}

export interface NoteRecord extends Stamp {
  type: 'Matter' | 'Contact';
  subject: string | null;
  detail: string | null;
  date: string;
  matterId: number | null;
  contactId: number | null;
  authorId: number;
}

export interface CustomActionRecord extends Stamp {
  label: string;
  targetUrl: string;
  uiReference: string;
  clientId: string;
  userId: number;
}

export interface WebhookRecord extends Stamp {
  url: string;
  model: string;
  fields: string;
  events: string[];
  sharedSecret: string;
  status: 'pending' | 'enabled' | 'suspended';
  expiresAt: number;
  clientId: string;
  userId: number;
  /** Per record: the payload last seen. Absent means no event was ever sent for it. */
  seen: Map<number, string>;
}

export interface BillingSettingsRecord extends Stamp {
  taxName: string | null;
  taxRate: number;
  useSecondaryTax: boolean;
  secondaryTaxName: string | null;
  secondaryTaxRate: number;
  secondaryTaxRule: 'Pre' | 'Post';
  multiCurrency: boolean;
}
