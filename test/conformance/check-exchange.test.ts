import type { Exchange } from '../../src/sandbox/exchange.js';
import { checkExchange } from './check-exchange.js';
import { describeWithFiles, descriptions } from './described.js';

const base = { at: 0, query: '', requestHeaders: { 'xero-tenant-id': 'x' }, requestBody: '', status: 200, responseHeaders: {}, responseBody: '' };
const clio = (facts: Partial<Exchange>): Exchange => ({ vendor: 'clio', method: 'GET', path: '/api/v4/bills.json', ...base, ...facts });
const xero = (facts: Partial<Exchange>): Exchange => ({ vendor: 'xero', method: 'GET', path: '/api.xro/2.0/Invoices', ...base, ...facts });
const found = (exchange: Exchange) => checkExchange(descriptions(), exchange).map((each) => `${each.part} ${each.pointer} ${each.name}`.replace('  ', ' ')).sort();

describeWithFiles('an exchange held against the vendors\' files', () => {
  test('a plain list of bills passes, nulls and all', () => {
    const responseBody = JSON.stringify({ data: [{ id: 1, number: '1043', total: 12.5, paid_at: null, issued_at: '2026-11-20', client: { id: 4, name: 'Ann' } }] });
    expect(found(clio({ query: 'fields=id,number,total,client{id,name}&ids[]=1&ids[]=2&order=id(asc)', responseBody }))).toEqual([]);
  });

  test('what Clio does not know is named', () => {
    expect(found(clio({ path: '/api/v4/payments.json', method: 'POST' }))).toEqual(['path path']);
    expect(found(clio({ method: 'POST' }))).toEqual(['path method']);
    expect(found(clio({ query: 'matter=1&fields=id,grand_total,client{id,matters{id}}&limit=x', responseBody: '{"data":[]}' }))).toEqual([
      'query fields=client{matters}', 'query fields=grand_total', 'query limit', 'query matter',
    ]);
    expect(found(clio({ responseBody: JSON.stringify({ data: [{ id: '1', grand_total: 3, client: { nickname: 'A' }, matters: [{ colour: 'red' }] }] }) }))).toEqual([
      'response /data/* grand_total', 'response /data/*/client nickname', 'response /data/*/id id', 'response /data/*/matters/* colour',
    ]);
    expect(found(clio({ status: 418, responseBody: '{}' }))).toEqual(['status 418']);
  });

  test('what may be written to a bill is only what the file lists', () => {
    const patch = (body: object) => clio({ method: 'PATCH', path: '/api/v4/bills/7.json', requestBody: JSON.stringify(body), responseBody: '{"data":{"id":7}}' });
    expect(found(patch({ data: { state: 'paid' } }))).toEqual([]);
    expect(found(patch({ data: { paid: 20 } }))).toEqual(['request /data paid']);
    expect(found(patch({ state: 'paid' }))).toEqual(['request data', 'request state']);
  });

  test('Xero: unknown keys, wrong dates, numbers as text and read-only keys are faults', () => {
    const invoice = { Type: 'ACCREC', InvoiceID: '9f6f0a52-3c0e-4d5f-8a55-2a4f0c9e7b11', Date: '/Date(1793577600000+0000)/', Total: 12.5 };
    const answer = (Invoices: object[]) => xero({ responseBody: JSON.stringify({ Invoices }) });
    expect(found(answer([invoice]))).toEqual([]);
    expect(found(answer([{ ...invoice, Colour: 1, Total: '12.50' }]))).toEqual(['response /Invoices/* Colour', 'response /Invoices/*/Total Total']);
    expect(found(answer([{ ...invoice, Date: '2026-11-02' }]))).toEqual(['response /Invoices/*/Date Date']);
    expect(found(answer([{ ...invoice, Date: '/Date(1793577600001+0000)/' }]))).toEqual(['response /Invoices/*/Date Date']);
    const put = xero({ method: 'PUT', requestBody: JSON.stringify({ Invoices: [{ Type: 'ACCREC', Date: '2026-11-02', AmountDue: 5 }] }), responseBody: '{"Invoices":[]}' });
    expect(found(put)).toEqual(['request /Invoices/* AmountDue']);
    expect(found({ ...put, requestBody: '{"Invoices":[]}', requestHeaders: {} })).toEqual(['header xero-tenant-id']);
  });

  test('the connections list is found whatever its case', () => {
    expect(found(xero({ path: '/connections', query: 'authEventId=d2a86c1b-7e34-4b90-a5f1-3c9e60d7824a', responseBody: '[{"tenantType":7}]' }))).toEqual(['response /*/tenantType tenantType']);
  });
});
