import { createHash } from 'node:crypto';
import { billSums, lineSums } from './bill-arithmetic.js';
import { canUpdate, offeredTransitions } from './bill-states.js';
import { inUnits, productInCents } from './decimal.js';
import type { View } from './fields.js';
import type { Firm } from './firm.js';
import type * as R from './records.js';
import { timestamp } from './timestamps.js';

/** How each record of a firm looks on the wire: every name it can show, with Clio's names, units and clocks. */
export class Views {
  constructor(private readonly firm: Firm) {}

  user(user: R.UserRecord): View {
    const { facts } = this.firm;
    return {
      ...this.stamps('user', user), name: `${user.firstName} ${user.lastName}`, first_name: user.firstName, last_name: user.lastName,
      initials: `${user.firstName.charAt(0)}${user.lastName.charAt(0)}`, email: user.email, enabled: user.enabled, account_owner: user.owner,
      clio_connect: false, court_rules_default_attendee: false, roles: user.roles, subscription_type: user.subscription,
      time_zone: facts.railsTimeZone,
      job_title: () => (user.jobTitle === null ? null : { id: 77, etag: etagOf('job_title', { id: 77, version: 1 }), name: user.jobTitle }),
      account: () => ({
        id: facts.accountId, etag: etagOf('account', { id: facts.accountId, version: 1 }), name: facts.name, state: 'active',
        created_at: this.when(this.firm.billingSettings.createdAt), updated_at: this.when(this.firm.billingSettings.createdAt),
      }),
      groups: () => [],
    };
  }

  contact(contact: R.ContactRecord): View {
    const primaryEmail = contact.emails.find((each) => each.primary) ?? contact.emails[0];
    const primaryPhone = contact.phones.find((each) => each.primary) ?? contact.phones[0];
    const small = (kind: string, id: number) => ({
      id, etag: etagOf(kind, { id, version: contact.version }), created_at: this.when(contact.createdAt), updated_at: this.when(contact.updatedAt),
    });
    const address = (each: R.AddressRecord, index: number): View => ({
      ...small('address', each.id), name: each.name, street: each.street, city: each.city, province: each.province, postal_code: each.postalCode,
      country: each.country, primary: index === 0,
    });
    return {
      ...this.stamps('contact', contact), type: contact.type, name: contact.name, first_name: contact.firstName, last_name: contact.lastName,
      is_client: contact.isClient, is_bill_recipient: contact.isClient, is_co_counsel: false, is_clio_for_client_user: false,
      has_clio_for_clients_permission: false, locked_clio_connect_email: false, initials: initialsOf(contact.name),
      primary_email_address: primaryEmail?.value ?? null, primary_phone_number: primaryPhone?.value ?? null,
      sales_tax_number: contact.salesTaxNumber,
      addresses: () => contact.addresses.map(address),
      primary_address: () => contact.addresses.slice(0, 1).map(address)[0] ?? null,
      email_addresses: () => contact.emails.map((each) => ({ ...small('email', each.id), name: each.name, address: each.value, primary: each.primary })),
      phone_numbers: () => contact.phones.map((each) => ({ ...small('phone', each.id), name: each.name, number: each.value, primary: each.primary })),
      web_sites: () => [],
      company: () => this.maybe(this.firm.contacts.get(contact.companyId), (row) => this.contact(row)),
      payment_profile: () =>
        contact.paymentTermDays === null
          ? null
          : {
              ...small('payment_profile', contact.id + 40_000_000), name: `Net ${contact.paymentTermDays}`, terms: contact.paymentTermDays, discount_rate: 0,
              discount_period: 0, interest_rate: 0, interest_period: 30, interest_type: 'simple', billing_setting_id: this.firm.billingSettings.id,
            },
      currency: () => this.currency(this.firm.currencies.at(this.firm.facts.homeCurrencyId)),
      account_balances: () => [],
      custom_field_values: () => [],
    };
  }

  matter(matter: R.MatterRecord): View {
    const user = (id: number | null) => () => this.maybe(this.firm.users.get(id), (row) => this.user(row));
    return {
      ...this.stamps('matter', matter), number: matter.number, display_number: matter.displayNumber, description: matter.description,
      status: matter.status, billable: true, billing_method: 'hourly', client_reference: matter.clientReference, client_id: matter.clientId,
      open_date: matter.openDate, close_date: matter.closeDate, location: matter.location ?? null, shared: false, has_tasks: false,
      client: () => this.contact(this.firm.contacts.at(matter.clientId)),
      practice_area: () => this.maybe(this.firm.practiceAreas.get(matter.practiceAreaId), (row) => this.practiceArea(row)),
      responsible_attorney: user(matter.responsibleAttorneyId),
      originating_attorney: user(matter.originatingAttorneyId),
      currency: () => this.currency(this.firm.currencies.at(matter.currencyId)),
      account_balances: () => this.trustBalances(matter),
      custom_field_values: () => [],
      matter_bill_recipients: () => [],
    };
  }

  bill(bill: R.BillRecord): View {
    const { firm } = this;
    const sums = billSums(bill, firm);
    const subTotal = (cents: number) => (firm.switches.taxableSubTotals === 'integer' ? Math.round(cents / 100) : inUnits(cents));
    const interestPaid = firm.allocationsOf(bill.id).filter((each) => each.interest && each.voidedAt === null).reduce((total, each) => total + each.amount, 0);
    const interestOpen = bill.state === 'void' ? 0 : Math.max(0, Math.min(sums.interest - interestPaid, sums.balance));
    return {
      ...this.stamps('bill', bill), number: bill.number, type: bill.type, kind: bill.kind, state: bill.state,
      available_state_transitions: offeredTransitions(bill, firm), can_update: canUpdate(bill, firm), subject: bill.subject,
      purchase_order: bill.purchaseOrder, memo: bill.memo, issued_at: bill.issuedAt, due_at: bill.dueAt, start_at: bill.startAt, end_at: bill.endAt,
      last_sent_at: this.when(bill.lastSentAt), paid_at: this.when(bill.paidAt), tax_rate: bill.taxRate, secondary_tax_rate: bill.secondaryTaxRate,
      sub_total: inUnits(sums.subTotal), services_sub_total: inUnits(sums.servicesSubTotal), services_tax: inUnits(sums.servicesTax),
      services_secondary_tax: inUnits(sums.servicesSecondaryTax), taxable_sub_total: subTotal(sums.taxable),
      secondary_taxable_sub_total: subTotal(sums.secondaryTaxable), services_taxable_sub_total: subTotal(sums.servicesTaxable),
      services_secondary_taxable_sub_total: subTotal(sums.servicesSecondaryTaxable), tax_sum: inUnits(sums.tax),
      secondary_tax_sum: inUnits(sums.secondaryTax), total_tax: inUnits(sums.tax + sums.secondaryTax), total: inUnits(sums.total), due: inUnits(sums.due),
      paid: inUnits(sums.paid), pending: 0, balance: inUnits(sums.balance), credits_issued: inUnits(sums.credits), shared: false,
      discount_services_only: String(bill.discountServicesOnly),
      client: () => this.contact(firm.contacts.at(bill.clientId)),
      matters: () => bill.matterIds.map((id) => this.matter(firm.matters.at(id))),
      user: () => this.user(firm.users.at(bill.userId)),
      currency: () => this.currency(firm.currencies.at(bill.currencyId)),
      discount: () => ({ rate: bill.discount?.rate ?? 0, type: bill.discount?.type ?? 'percentage', note: bill.discount?.note ?? null, early_payment_rate: null, early_payment_period: null }),
      interest: () => ({ balance: inUnits(interestOpen), total: inUnits(sums.interest), rate: bill.interestRate, type: bill.interestType, period: bill.interestPeriod }),
      original_bill: () => this.maybe(firm.bills.get(bill.originalBillId), (row) => this.bill(row)),
      destination_account: () => this.maybe(firm.bankAccounts.get(bill.destinationAccountId), (row) => this.bankAccount(row)),
      balances: () => [
        { id: bill.id - 8_369_000, type: bill.type === 'ClientBill' ? 'Client' : 'Matter', amount: inUnits(sums.balance - interestOpen), interest_amount: inUnits(interestOpen), due: inUnits(sums.balance) },
      ],
      matter_totals: () => this.matterTotals(bill, sums.due),
      billing_setting: () => ({
        ...this.billingSetting(),
        secondary_tax_rule: firm.switches.secondaryTaxRule === 'of-bill' ? bill.secondaryTaxRule : firm.billingSettings.secondaryTaxRule,
      }),
      client_addresses: () => [],
      bill_theme: () => null, group: () => null, split_invoice: () => this.splitInvoice(bill),
      legal_aid_uk_bill: () => (bill.legalAid ? { id: bill.id - 5_000_000, bill_type: 'legal_help' } : null),
    };
  }

  /** Whether the whole is among `linked_invoices_ids` is not documented: here only its parts are. */
  private splitInvoice(bill: R.BillRecord): View | null {
    const { split } = bill;
    if (!split) return null;
    const linked = this.firm.bills.where((each) => each.id !== bill.id && each.split?.connectionId === split.connectionId && each.split.portion !== null);
    return {
      id: split.id, bill_id: split.ofBillId, linked_invoices_ids: linked.map((each) => each.id), linked_invoices_display_numbers: linked.map((each) => each.number),
      split_connection_id: split.connectionId, split_portion: split.portion, etag: `"split-${split.id}"`, created_at: this.when(bill.createdAt), updated_at: this.when(bill.updatedAt),
    };
  }

  line(line: R.LineRecord): View {
    const bill = this.firm.bills.at(line.billId);
    const sums = lineSums(line, bill, this.firm);
    return {
      ...this.stamps('line_item', line), type: line.type, kind: line.kind, description: line.description, note: line.note, date: line.date,
      price: line.price, quantity: line.quantity, sub_total: inUnits(sums.subTotal), tax: inUnits(sums.tax), secondary_tax: inUnits(sums.secondaryTax),
      total: inUnits(sums.total), taxable: line.taxable, secondary_taxable: line.secondaryTaxable, group_ordering: line.order,
      bill: () => this.bill(bill),
      activity: () => this.maybe(this.firm.activities.get(line.activityId), (row) => this.activity(row)),
      matter: () => this.matter(this.firm.matters.at(line.matterId)),
      user: () => this.maybe(this.firm.users.get(line.userId), (row) => this.user(row)),
      discount: () => ({ rate: line.discount?.rate ?? 0, type: line.discount?.type ?? 'percentage', note: line.discount?.note ?? null, early_payment_rate: null, early_payment_period: null }),
      included_line_item_totals: () => null,
      tax_settings: () => this.taxSettings(line, bill),
    };
  }

  allocation(allocation: R.AllocationRecord): View {
    const { firm } = this;
    const account = (id: number | null) => () => this.maybe(firm.bankAccounts.get(id), (row) => this.bankAccount(row));
    return {
      ...this.stamps('allocation', allocation), date: allocation.date, amount: inUnits(allocation.amount), interest: allocation.interest,
      voided_at: this.when(allocation.voidedAt), description: allocation.description, has_online_payment: allocation.online !== null, payment_type: allocation.online,
      destroyable: allocation.voidedAt === null,
      bill: () => this.maybe(firm.bills.get(allocation.billId), (row) => this.bill(row)),
      matter: () => this.maybe(firm.matters.get(allocation.matterId), (row) => this.matter(row)),
      contact: () => this.maybe(firm.contacts.get(allocation.contactId), (row) => this.contact(row)),
      source_bank_account: account(allocation.sourceAccountId), destination_bank_account: account(allocation.destinationAccountId),
      parent: () => ({ id: allocation.parent.id, type: allocation.parent.type, identifier: null, secondary_identifier: null, tertiary_identifier: null }),
    };
  }

  creditMemo(memo: R.CreditMemoRecord): View {
    return {
      ...this.stamps('credit_memo', memo), date: memo.date, amount: inUnits(memo.amount), description: memo.description, discount: memo.discount,
      voided_at: this.when(memo.voidedAt),
      user: () => this.user(this.firm.users.at(memo.userId)),
      contact: () => this.contact(this.firm.contacts.at(memo.contactId)),
      allocations: () =>
        this.firm.allocations.where((each) => each.parent.type === 'CreditMemo' && each.parent.id === memo.id).map((row) => this.allocation(row)),
    };
  }

  bankAccount(account: R.BankAccountRecord): View {
    const currency = this.firm.currencies.at(account.currencyId);
    const rows = this.firm.bankTransactions.where((row) => row.accountId === account.id);
    return {
      ...this.stamps('bank_account', account), name: account.name, type: account.type, currency: currency.code, currency_id: currency.id,
      currency_symbol: currency.sign, default_account: account.isDefault, controlled_account: false, clio_payments_enabled: false,
      institution: account.institution, bank_transactions_count: rows.length,
      balance: inUnits(rows.reduce((total, row) => total + row.amount, account.openingBalance)),
    };
  }

  bankTransaction(row: R.BankTransactionRecord): View {
    const { firm } = this;
    const account = firm.bankAccounts.at(row.accountId);
    return {
      ...this.stamps('bank_transaction', row), type: account.type === 'Trust' ? 'liability' : 'asset', date: row.date, amount: inUnits(row.amount),
      funds_in: inUnits(Math.max(row.amount, 0)), funds_out: inUnits(Math.max(-row.amount, 0)), currency: firm.currencies.at(account.currencyId).code,
      currency_id: account.currencyId, exchange_rate: 1, transaction_type: row.transactionType, source: row.source, confirmation: row.confirmation,
      description: row.description, bank_account_id: account.id, clio_payments_transaction: false, read_only_confirmation: false,
      bank_account: () => this.bankAccount(account),
      client: () => this.maybe(firm.contacts.get(row.clientId), (each) => this.contact(each)),
      matter: () => this.maybe(firm.matters.get(row.matterId), (each) => this.matter(each)),
      bill: () => this.maybe(firm.bills.get(row.billId), (each) => this.bill(each)),
      allocation: () => this.maybe(firm.allocations.get(row.allocationId), (each) => this.allocation(each)),
    };
  }

  interestCharge(charge: R.InterestChargeRecord): View {
    const bill = this.firm.bills.at(charge.billId);
    return {
      ...this.stamps('interest_charge', charge), date: charge.date, description: charge.description, total: inUnits(charge.amount),
      bill: () => this.bill(bill),
      balances: () => [],
      matters: () => bill.matterIds.map((id) => this.matter(this.firm.matters.at(id))),
    };
  }

  activity(activity: R.ActivityRecord): View {
    const { firm } = this;
    const bill = firm.bills.get(activity.billId);
    const hours = activity.type === 'TimeEntry' ? (activity.quantity ?? 0) / 3600 : null;
    const total = activity.noCharge ? 0 : productInCents(activity.price, hours ?? activity.quantity ?? 1);
    return {
      ...this.stamps('activity', activity), type: activity.type, date: activity.date, quantity: activity.quantity, rounded_quantity: activity.quantity,
      quantity_in_hours: hours, rounded_quantity_in_hours: hours, quantity_redacted: false, price: activity.price, total: inUnits(total),
      note: activity.note, reference: activity.reference, flat_rate: false, contingency_fee: false, non_billable: activity.nonBillable,
      non_billable_total: activity.nonBillable ? inUnits(total) : 0, no_charge: activity.noCharge, tax_setting: activity.taxSetting,
      billed: bill?.state === 'awaiting_payment' || bill?.state === 'paid',
      on_bill: bill !== undefined && bill.state !== 'void' && bill.state !== 'deleted',
      bill: () => this.maybe(bill, (row) => this.bill(row)),
      matter: () => this.maybe(firm.matters.get(activity.matterId), (row) => this.matter(row)),
      user: () => this.user(firm.users.at(activity.userId)),
      activity_description: () => this.maybe(firm.activityDescriptions.get(activity.activityDescriptionId), (row) => this.activityDescription(row)),
      expense_category: () => this.maybe(firm.expenseCategories.get(activity.expenseCategoryId), (row) => this.expenseCategory(row)),
      vendor: () => this.maybe(firm.contacts.get(activity.vendorId), (row) => this.contact(row)),
      utbms_expense: () => this.utbmsCode(activity.utbmsExpenseId),
      currency: () => this.homeCurrency(),
    };
  }

  expenseCategory(category: R.ExpenseCategoryRecord): View {
    return {
      ...this.stamps('expense_category', category), name: category.name, rate: category.rate, entry_type: category.entryType,
      xero_expense_code: category.xeroExpenseCode, tax_setting: category.taxSetting, accessible_to_user: true, currency: () => this.homeCurrency(),
      utbms_code: () => this.utbmsCode(category.utbmsCodeId), groups: () => [],
    };
  }

  activityDescription(description: R.ActivityDescriptionRecord): View {
    return {
      ...this.stamps('activity_description', description), name: description.name, type: 'ActivityDescription', category_type: 'hourly', default: false,
      xero_service_code: description.xeroServiceCode, accessible_to_user: true, visible_to_co_counsel: false,
      utbms_task_id: description.utbmsTaskId ?? null, utbms_activity_id: description.utbmsActivityId ?? null,
      utbms_task_name: this.firm.utbmsCodes.get(description.utbmsTaskId ?? null)?.name ?? null,
      utbms_task: () => this.utbmsCode(description.utbmsTaskId), utbms_activity: () => this.utbmsCode(description.utbmsActivityId),
      rate: () => ({ amount: description.rate, non_billable_amount: 0, type: 'User', hierarchy: 'Default' }), currency: () => this.homeCurrency(),
    };
  }

  private utbmsCode(id: number | undefined): View | null {
    return this.maybe(this.firm.utbmsCodes.get(id ?? null), (code) => ({ ...this.stamps('utbms_code', code), code: code.code, name: code.name, description: code.name, type: code.type, utbms_set_id: 1 }));
  }

  practiceArea(area: R.PracticeAreaRecord): View {
    return { ...this.stamps('practice_area', area), name: area.name, code: area.code, category: area.category };
  }

  currency(currency: R.CurrencyRecord): View {
    return { ...this.stamps('currency', currency), code: currency.code, sign: currency.sign };
  }

  taxRateConfiguration(row: R.TaxRateConfigurationRecord): View {
    const percent = Number((row.rate * 100).toFixed(6));
    return {
      ...this.stamps('tax_rate_configuration', row), name: row.name, rate: row.rate, rate_as_percentage: percent,
      formatted_rate_as_percentage: `${percent}%`, country: row.country, region: null, is_system: row.isSystem, active: true,
    };
  }

  billingSetting(): View {
    const settings = this.firm.billingSettings;
    const home = this.firm.currencies.at(this.firm.facts.homeCurrencyId);
    return {
      ...this.stamps('billing_setting', settings), currency: home.code, currency_sign: home.sign, multi_currency_billing: settings.multiCurrency,
      billing_currencies: [], tax_name: settings.taxName, tax_rate: settings.taxRate, apply_tax_by_default: settings.taxName !== null,
      use_secondary_tax: settings.useSecondaryTax, secondary_tax_name: settings.secondaryTaxName, secondary_tax_rate: settings.secondaryTaxRate,
      secondary_tax_rule: settings.secondaryTaxRule, apply_secondary_tax_by_default: settings.useSecondaryTax, rounding: 6, use_decimal_rounding: false,
      use_utbms_codes: false, notify_after_bill_created: false, time_on_flat_rate_contingency_matters_is_non_billable: false,
    };
  }

  outstandingBalance(contact: R.ContactRecord, bills: R.BillRecord[]): View {
    const { firm } = this;
    const ids = new Set(bills.map((bill) => bill.id));
    const payments = firm.allocations.where((each) => each.billId !== null && ids.has(each.billId) && each.parent.type === 'Payment' && each.voidedAt === null);
    return {
      id: contact.id - 1_113_000, etag: etagOf('outstanding', contact), created_at: this.when(contact.createdAt), updated_at: this.when(contact.updatedAt),
      total_outstanding_balance: inUnits(bills.reduce((total, bill) => total + billSums(bill, firm).balance, 0)), pending_payments_total: 0,
      last_payment_date: payments.map((each) => each.date).sort().at(-1) ?? null,
      newest_issued_bill_due_date: bills.map((bill) => bill.dueAt ?? '').sort().at(-1) ?? null, reminders_enabled: false,
      associated_matter_ids: [...new Set(bills.flatMap((bill) => bill.matterIds))],
      contact: () => this.contact(contact),
      outstanding_bills: () => bills.map((bill) => this.bill(bill)),
      currency: () => this.homeCurrency(),
    };
  }

  task(task: R.TaskRecord): View {
    return {
      ...this.stamps('task', task), name: task.name, status: task.status, description: task.description, description_text_type: 'plain_text',
      priority: task.priority, due_at: task.dueAt, permission: task.permission, completed_at: this.when(task.completedAt),
      notify_completion: task.notifyCompletion, statute_of_limitations: false, time_entries_count: 0,
      assignee: () => this.participant(task),
      assigner: () => this.user(this.firm.users.at(task.assignerId)),
      matter: () => this.maybe(this.firm.matters.get(task.matterId), (row) => this.matter(row)),
      reminders: () => [], time_entries: () => [],
    };
  }

  note(note: R.NoteRecord): View {
    return {
      ...this.stamps('note', note), type: note.type, subject: note.subject, detail: note.detail, detail_text_type: 'plain_text', date: note.date,
      time_entries_count: 0,
      matter: () => this.maybe(this.firm.matters.get(note.matterId), (row) => this.matter(row)),
      contact: () => this.maybe(this.firm.contacts.get(note.contactId), (row) => this.contact(row)),
      author: () => this.user(this.firm.users.at(note.authorId)),
    };
  }

  customAction(action: R.CustomActionRecord): View {
    return { ...this.stamps('custom_action', action), label: action.label, target_url: action.targetUrl, ui_reference: action.uiReference };
  }

  webhook(hook: R.WebhookRecord): View {
    return {
      ...this.stamps('webhook', hook), url: hook.url, fields: hook.fields, shared_secret: hook.sharedSecret, model: hook.model, status: hook.status,
      events: hook.events, expires_at: this.when(hook.expiresAt), user: () => this.user(this.firm.users.at(hook.userId)),
    };
  }

  private when(instant: number): string;
  private when(instant: number | null): string | null;
  private when(instant: number | null): string | null {
    return instant === null ? null : timestamp(instant, this.firm.facts.timeZone);
  }

  private stamps(kind: string, row: R.Stamp) {
    return { id: row.id, etag: etagOf(kind, row), created_at: this.when(row.createdAt), updated_at: this.when(row.updatedAt) };
  }

  private maybe<T>(row: T | undefined, view: (row: T) => View): View | null {
    return row === undefined ? null : view(row);
  }

  private homeCurrency(): View {
    return this.currency(this.firm.currencies.at(this.firm.facts.homeCurrencyId));
  }

  private participant(task: R.TaskRecord): View | null {
    if (task.assignee.type === 'User') {
      const user = this.firm.users.get(task.assignee.id);
      return user ? { ...this.user(user), type: 'User' } : null;
    }
    return this.maybe(this.firm.contacts.get(task.assignee.id), (row) => this.contact(row));
  }

  private matterTotals(bill: R.BillRecord, due: number): View[] {
    const lines = this.firm.linesOf(bill.id);
    const totals = bill.matterIds.map((id) => ({
      id, cents: lines.filter((line) => line.matterId === id).reduce((total, line) => total + lineSums(line, bill, this.firm).total, 0),
    }));
    const rest = due - totals.reduce((total, each) => total + each.cents, 0);
    return totals.map((each, index) => ({ id: each.id, amount: inUnits(each.cents + (index === 0 ? rest : 0)) }));
  }

  private trustBalances(matter: R.MatterRecord): View[] {
    return this.firm.bankAccounts
      .where((account) => account.type === 'Trust')
      .map((account) => ({
        id: account.id, name: account.name, type: 'Trust', currency_id: account.currencyId,
        balance: inUnits(this.firm.bankTransactions.where((row) => row.accountId === account.id && row.matterId === matter.id).reduce((total, row) => total + row.amount, 0)),
      }));
  }

  private taxSettings(line: R.LineRecord, bill: R.BillRecord): View[] {
    const sums = lineSums(line, bill, this.firm);
    const taxes = [
      { rate: bill.taxRate, amount: sums.tax, rule: 'Pre', applies: line.taxable },
      { rate: bill.secondaryTaxRate, amount: sums.secondaryTax, rule: bill.secondaryTaxRule, applies: line.secondaryTaxable },
    ].filter((tax) => tax.applies && tax.rate !== 0);
    return taxes.map((tax, index) => {
      const configuration = this.firm.taxRateConfigurations.where((row) => Math.abs(row.rate * 100 - tax.rate) < 1e-9)[0];
      return {
        ...this.stamps('tax_setting', { ...line, id: line.id * 2 + index }), tax_rate_configuration_id: configuration?.id ?? null,
        name: configuration?.name ?? null, rate: tax.rate / 100, formatted_rate: `${tax.rate}%`, rule: tax.rule, amount: inUnits(tax.amount), order: index + 1,
      };
    });
  }
}

/** Clio's etags carry their quote characters inside the value. */
export function etagOf(kind: string, row: { id: number; version: number }): string {
  return `"${createHash('md5').update(`${kind}/${row.id}/${row.version}`).digest('hex')}"`;
}

function initialsOf(name: string): string {
  return name.split(' ').map((word) => word.charAt(0)).join('').slice(0, 3);
}
