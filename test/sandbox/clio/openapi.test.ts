import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { ConnectedClio } from './connected-clio.js';

/** Runs where the vendor's OpenAPI files are at hand: OPENAPI_DIR names their folder. */
const folder = process.env['OPENAPI_DIR'];
const whenGiven = folder === undefined ? test.skip : test;

const FIELDS: Record<string, [string, string]> = {
  'users/who_am_i': ['User_Show', 'id,etag,name,first_name,last_name,email,enabled,account_owner,roles,subscription_type,time_zone,created_at,updated_at,account{id,etag,name,state}'],
  users: ['User_List', 'id,etag,name,initials,email,enabled,roles,subscription_type,clio_connect,created_at,job_title{id,name}'],
  bills: ['Bill_List', 'id,etag,number,type,kind,state,available_state_transitions,can_update,subject,purchase_order,memo,issued_at,due_at,start_at,end_at,last_sent_at,created_at,updated_at,tax_rate,secondary_tax_rate,sub_total,services_sub_total,taxable_sub_total,secondary_taxable_sub_total,services_taxable_sub_total,tax_sum,secondary_tax_sum,total_tax,total,due,paid,paid_at,pending,balance,credits_issued,discount_services_only,client{id,etag,name,type},matters{id,display_number},currency{id,code,sign},discount{rate,type,note},interest{balance,total,rate,type,period},original_bill{id,number},balances{id,type,amount,interest_amount,due},matter_totals{id,amount},destination_account{id,name,type},user{id,name},billing_setting{id,tax_name,secondary_tax_rule}'],
  line_items: ['LineItem_List', 'id,etag,type,kind,description,note,date,price,quantity,sub_total,tax,secondary_tax,total,taxable,secondary_taxable,group_ordering,created_at,updated_at,bill{id,number,state},activity{id,type},matter{id,display_number},user{id,name},discount{rate,type},included_line_item_totals{quantity,price}'],
  allocations: ['Allocation_List', 'id,etag,date,amount,interest,voided_at,description,payment_type,has_online_payment,destroyable,created_at,updated_at,bill{id,number,state},matter{id,display_number},contact{id,name},source_bank_account{id,name,type},destination_bank_account{id,name,type},parent{id,type,identifier}'],
  credit_memos: ['CreditMemo_List', 'id,etag,date,amount,description,discount,voided_at,created_at,updated_at,user{id,name},contact{id,name},allocations{id,date,amount,interest,voided_at}'],
  bank_accounts: ['BankAccount_List', 'id,etag,name,type,currency,currency_id,currency_symbol,default_account,controlled_account,clio_payments_enabled,institution,balance,created_at'],
  bank_transactions: ['BankTransaction_List', 'id,etag,type,date,amount,funds_in,funds_out,currency,currency_id,exchange_rate,transaction_type,source,confirmation,description,bank_account_id,bank_account{id,name,type},client{id,name},matter{id},bill{id,number},allocation{id,amount}'],
  contacts: ['Contact_List', 'id,etag,type,name,first_name,last_name,is_client,is_bill_recipient,primary_email_address,primary_phone_number,sales_tax_number,created_at,company{id,name},addresses{id,name,street,city,province,postal_code,country,primary},email_addresses{id,name,address,primary},phone_numbers{id,name,number,primary},web_sites{id},payment_profile{id,name,terms,discount_rate,interest_type},currency{id,code},account_balances{id,balance}'],
  matters: ['Matter_List', 'id,etag,number,display_number,description,status,billable,billing_method,client_reference,open_date,close_date,client{id,name,type},practice_area{id,name,code},responsible_attorney{id,name},originating_attorney{id,name},responsible_staff{id,name},currency{id,code},account_balances{id,name,type,balance,currency_id}'],
  activities: ['Activity_List', 'id,etag,type,date,quantity,quantity_in_hours,quantity_redacted,price,total,note,reference,flat_rate,non_billable,no_charge,billed,on_bill,tax_setting,bill{id,number,state},matter{id},user{id,name},activity_description{id,name,xero_service_code},expense_category{id,name,entry_type,xero_expense_code},vendor{id,name},currency{id,code}'],
  expense_categories: ['ExpenseCategory_List', 'id,etag,name,rate,entry_type,xero_expense_code,tax_setting,accessible_to_user,currency{id,code},utbms_code{id}'],
  activity_descriptions: ['ActivityDescription_List', 'id,etag,name,type,category_type,default,xero_service_code,rate{amount,type,hierarchy}'],
  practice_areas: ['PracticeArea_List', 'id,etag,name,code,category,created_at'],
  currencies: ['Currency_List', 'id,etag,code,sign'],
  interest_charges: ['InterestCharge_List', 'id,etag,date,description,total,bill{id,number},balances{id},matters{id}'],
  outstanding_client_balances: ['OutstandingClientBalance_List', 'id,etag,total_outstanding_balance,pending_payments_total,last_payment_date,last_shared_date,newest_issued_bill_due_date,reminders_enabled,associated_matter_ids,contact{id,name},outstanding_bills{id,number,balance},currency{id,code}'],
  'settings/billing': ['BillingSetting_Show', 'id,etag,currency,currency_sign,multi_currency_billing,billing_currencies,tax_name,tax_rate,use_secondary_tax,secondary_tax_name,secondary_tax_rate,secondary_tax_rule,rounding'],
  tasks: ['Task_List', 'id,etag,name,status,priority,description,due_at,permission,completed_at,assignee{id,type,name},assigner{id,name},matter{id}'],
  custom_actions: ['CustomAction_List', 'id,etag,label,target_url,ui_reference,created_at'],
  webhooks: ['Webhook_List', 'id,etag,url,fields,shared_secret,model,status,events,expires_at,created_at,updated_at,user{id,name}'],
};

const Spec = z.object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) });

/** The file says `nullable` nowhere, though absent values are null. */
function nullable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(nullable);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy: Record<string, unknown> = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === 'enum' ? value : nullable(value)]));
  if (typeof copy['$ref'] === 'string') return { anyOf: [{ $ref: copy['$ref'].replace('#/components/schemas/', 'clio#/$defs/') }, { type: 'null' }] };
  if (typeof copy['type'] === 'string') copy['type'] = [copy['type'], 'null'];
  if (Array.isArray(copy['enum'])) copy['enum'] = [...copy['enum'].map((value: unknown) => value), null];
  return copy;
}

function validator() {
  const spec = Spec.parse(JSON.parse(readFileSync(join(folder ?? '', 'clio-v4.json'), 'utf8')));
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  ajv.addSchema({ $id: 'clio', $defs: Object.fromEntries(Object.entries(spec.components.schemas).map(([name, schema]) => [name, nullable(schema)])) });
  return (schema: string, body: unknown) => {
    const validate = ajv.compile({ $ref: `clio#/$defs/${schema}` });
    validate(body);
    return (validate.errors ?? []).slice(0, 3);
  };
}

whenGiven('a decimal where the file says integer is noticed', async () => {
  const clio = await ConnectedClio.start({ switches: { taxableSubTotals: 'decimal' } });
  const answer = await clio.get('bills.json?fields=id,taxable_sub_total');
  await clio.sandbox.close();
  expect(validator()('Bill_List', answer.body)).not.toEqual([]);
});

whenGiven.each(['us', 'eu'] as const)('every list of the %s seed is what the OpenAPI file says', async (region) => {
  const errorsOf = validator();
  const clio = await ConnectedClio.start({ region });
  await clio.write('POST', 'tasks.json', { name: 'Record payment', description: 'x', assignee: { id: clio.userId(0), type: 'User' }, due_at: '2026-12-01' });
  await clio.write('POST', 'custom_actions.json', { label: 'Open', target_url: 'https://example.com', ui_reference: 'matters/show' });
  await clio.write('POST', 'webhooks.json', { url: 'http://127.0.0.1:1/', model: 'bill', fields: 'id' });
  for (const [path, [schema, fields]] of Object.entries(FIELDS)) {
    const answer = await clio.get(`${path}.json?fields=${fields}`);
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    expect({ path, errors: errorsOf(schema, answer.body) }).toEqual({ path, errors: [] });
  }
  await clio.sandbox.close();
});
