import { ServiceError } from '../http/service-error.js';

/**
 * What is asked of each resource, richest first. One name that an account may not use fails the whole request with 400, so each
 * further entry leaves out names that depend on features. Names inside braces must be the nested record's own, never its associations.
 */
export const fields = {
  whoAmI: ['id,name,email,enabled,roles,time_zone,account{id,name}'],
  users: ['id,name,email,enabled,roles,time_zone'],
  bills: withOptional(
    'id,etag,number,kind,state,available_state_transitions,subject,issued_at,due_at,created_at,updated_at,tax_rate,secondary_tax_rate,' +
      'sub_total,tax_sum,secondary_tax_sum,total_tax,total,due,paid,pending,balance,credits_issued,discount_services_only,' +
      'client{id,name},matters{id,display_number},currency{id,code},discount{rate,type,note},interest{total},original_bill{id}',
    ['billing_setting{tax_name,secondary_tax_name,secondary_tax_rule}', 'split_invoice{id,bill_id,linked_invoices_ids,split_portion}', 'legal_aid_uk_bill{id}'],
  ),
  billIds: ['id'],
  billCurrency: ['id,currency{id,code}'],
  billGuard: ['id,state,balance,currency{id,code}'],
  lines: withOptional(
    'id,type,kind,description,note,date,quantity,sub_total,tax,secondary_tax,total,taxable,secondary_taxable,group_ordering,' +
      'bill{id},activity{id,type},matter{id},user{id,name},discount{rate,type}',
    ['tax_settings{tax_rate_configuration_id,name,rate,formatted_rate,rule,amount,order}'],
  ),
  activities: withOptional('id,type,activity_description{id,name,xero_service_code,utbms_activity_id,utbms_task_id},expense_category{id,name,entry_type,xero_expense_code}', ['utbms_expense{id}']),
  expenses: ['id,type,date,price,quantity,total,note,reference,billed,on_bill,non_billable,no_charge,created_at,bill{id,number},matter{id,display_number},expense_category{id,name},vendor{id,name},currency{id,code}'],
  matterNumbers: ['id,display_number'],
  matters: ['id,display_number,description,location,client{id,name},practice_area{id,name},responsible_attorney{id,name}'],
  allocations: [
    'id,date,amount,interest,voided_at,updated_at,description,payment_type,has_online_payment,bill{id},source_bank_account{id,name,type},' +
      'destination_bank_account{id,name,type},parent{id,type}',
  ],
  allocationIds: ['id'],
  creditMemos: ['id,discount'],
  contacts: [
    'id,etag,type,name,first_name,last_name,primary_email_address,primary_phone_number,sales_tax_number,' +
      'addresses{name,street,city,province,postal_code,country,primary}',
  ],
  bankAccounts: ['id,name,type,currency'],
  billingSettings: [
    'currency,multi_currency_billing,tax_name,tax_rate,use_secondary_tax,secondary_tax_name,secondary_tax_rate,secondary_tax_rule',
  ],
  taxRates: ['id,name,rate,rate_as_percentage,active'],
  expenseCategories: withOptional('id,name,entry_type,xero_expense_code', ['utbms_code{id,code,name}']),
  workCategories: withOptional('id,name,xero_service_code', ['utbms_activity{id,code,name},utbms_task{id,code,name}']),
  practiceAreas: ['id,name'],
  openMatters: ['id,display_number,description,location'],
  tasks: ['id,etag,status,description'],
  webhooks: ['id,url,model,status,expires_at'],
  newWebhook: ['id,url,model,status,expires_at,shared_secret'],
  customActions: ['id,label,target_url,ui_reference'],
} satisfies Record<string, [string, ...string[]]>;

export type FieldsOf = keyof typeof fields;

/** Asks with the richest list that this connection accepts, and remembers what was refused. Only the first call of a kind finds it out. */
export type AskWithFields = <T>(resource: FieldsOf, ask: (fields: string) => Promise<T>) => Promise<T>;

/** Which list of each resource this connection accepts; a client that is given one does not find out again. */
export type AcceptedFields = Map<FieldsOf, number>;

export function createAskWithFields(accepted: AcceptedFields = new Map()): AskWithFields {
  const trials = new Map<FieldsOf, Promise<unknown>>();

  const asksFromRichest: AskWithFields = async (resource, ask) => {
    const lists: readonly string[] = fields[resource];
    for (let at = accepted.get(resource) ?? 0; ; at += 1) {
      try {
        const answer = await ask(lists[at] ?? '');
        accepted.set(resource, Math.max(at, accepted.get(resource) ?? 0));
        return answer;
      } catch (error) {
        // `InvalidFields` is only known from others' recordings, so any 400 to a list that can be shortened counts.
        const refused = error instanceof ServiceError && error.status === 400;
        if (!refused || at + 1 >= lists.length) throw error;
      }
    }
  };

  return async (resource, ask) => {
    if (fields[resource].length === 1 || accepted.has(resource)) return asksFromRichest(resource, ask);
    const trial = trials.get(resource);
    // Whatever came of the trial, the next call asks for itself.
    if (trial) await trial.catch(() => undefined);
    const asking = asksFromRichest(resource, ask);
    trials.set(resource, asking);
    return asking;
  };
}

/** All options, all but the last, … down to none. */
function withOptional(core: string, options: string[]): [string, ...string[]] {
  const shorter = options.map((_, dropped) => [core, ...options.slice(0, options.length - 1 - dropped)].join(','));
  return [[core, ...options].join(','), ...shorter];
}
