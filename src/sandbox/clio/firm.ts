import type { SandboxClock } from '../clock.js';
import type * as Records from './records.js';
import type { ClioSwitches, Region } from './switches.js';
import { Table, type RowEvent } from './table.js';
import { dateIn } from './timestamps.js';

/** Something happened to a record of a model that webhooks can watch. */
export interface Change {
  model: 'bill' | 'contact' | 'matter' | 'activity' | 'task';
  event: RowEvent;
  id: number;
}

export interface FirmFacts {
  accountId: number;
  name: string;
  /** IANA name, for arithmetic; `railsTimeZone` is how Clio writes it. */
  timeZone: string;
  railsTimeZone: string;
  homeCurrencyId: number;
}

/** One law firm's account in one Clio region: all its records. First ids are the same in every region, as they may be. */
export class Firm {
  readonly users;
  readonly contacts;
  readonly matters;
  readonly bills;
  readonly lines;
  readonly activities;
  readonly expenseCategories;
  readonly activityDescriptions;
  readonly utbmsCodes;
  readonly practiceAreas;
  readonly currencies;
  readonly taxRateConfigurations;
  readonly bankAccounts;
  readonly bankTransactions;
  readonly payments;
  readonly creditMemos;
  readonly allocations;
  readonly interestCharges;
  readonly tasks;
  readonly notes;
  readonly customActions;
  readonly webhooks;
  readonly billingSettings: Records.BillingSettingsRecord;
  onChange: (change: Change) => void = () => undefined;
  private lastSmallId = 2_210_000;
  private lastBillNumber = 1_000;

  constructor(
    readonly region: Region,
    readonly clock: SandboxClock,
    readonly switches: ClioSwitches,
    readonly facts: FirmFacts,
  ) {
    const watched = (model: Change['model']) => (event: RowEvent, row: Records.Stamp) => this.onChange({ model, event, id: row.id });
    this.users = new Table<Records.UserRecord>(350_112, clock);
    this.contacts = new Table<Records.ContactRecord>(1_201_001, clock, watched('contact'));
    this.matters = new Table<Records.MatterRecord>(1_500_201, clock, watched('matter'));
    this.bills = new Table<Records.BillRecord>(9_100_401, clock, watched('bill'));
    this.lines = new Table<Records.LineRecord>(88_120_401, clock, undefined, (line) => line.billId);
    this.activities = new Table<Records.ActivityRecord>(66_120_901, clock, watched('activity'));
    this.expenseCategories = new Table<Records.ExpenseCategoryRecord>(9_001, clock);
    this.activityDescriptions = new Table<Records.ActivityDescriptionRecord>(70_901, clock);
    this.utbmsCodes = new Table<Records.UtbmsCodeRecord>(501, clock);
    this.practiceAreas = new Table<Records.PracticeAreaRecord>(8_110, clock);
    this.currencies = new Table<Records.CurrencyRecord>(1, clock);
    this.taxRateConfigurations = new Table<Records.TaxRateConfigurationRecord>(3_001, clock);
    this.bankAccounts = new Table<Records.BankAccountRecord>(44_021, clock);
    this.bankTransactions = new Table<Records.BankTransactionRecord>(9_923_001, clock);
    this.payments = new Table<Records.PaymentRecord>(5_500_301, clock);
    this.creditMemos = new Table<Records.CreditMemoRecord>(620_051, clock);
    this.allocations = new Table<Records.AllocationRecord>(7_700_901, clock, undefined, (allocation) => allocation.billId);
    this.interestCharges = new Table<Records.InterestChargeRecord>(230_901, clock, undefined, (charge) => charge.billId);
    this.tasks = new Table<Records.TaskRecord>(51_200_901, clock, watched('task'));
    this.notes = new Table<Records.NoteRecord>(7_811_201, clock);
    this.customActions = new Table<Records.CustomActionRecord>(60_551, clock);
    this.webhooks = new Table<Records.WebhookRecord>(3_301_188, clock);
    const now = clock.now();
    this.billingSettings = {
      id: facts.accountId + 747, version: 1, createdAt: now, updatedAt: now, taxName: null, taxRate: 0, useSecondaryTax: false,
      secondaryTaxName: null, secondaryTaxRate: 0, secondaryTaxRule: 'Pre', multiCurrency: false,
    };
  }

  today(): string {
    return dateIn(this.clock.now(), this.facts.timeZone);
  }

  /** Ids of addresses, e-mail addresses and the like, which live inside contacts. */
  smallId(): number {
    this.lastSmallId += 1;
    return this.lastSmallId;
  }

  /** The next whole number; those that people chose are stepped over. */
  nextBillNumber(): string {
    this.lastBillNumber += 1;
    return String(this.lastBillNumber);
  }

  noteBillNumber(number: string): void {
    if (/^\d{1,9}$/.test(number)) this.lastBillNumber = Math.max(this.lastBillNumber, Number(number));
  }

  linesOf(billId: number): Records.LineRecord[] {
    return this.lines.of(billId).sort((a, b) => a.order - b.order || a.id - b.id);
  }

  allocationsOf(billId: number): Records.AllocationRecord[] {
    return this.allocations.of(billId);
  }
}
