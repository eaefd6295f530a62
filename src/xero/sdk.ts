/**
 * What is used of Xero's SDK. Its front door also loads payroll of four countries, assets, files, projects, bank feeds and an OpenID client:
 * a fifth of the time a process takes to start.
 */
export { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
export * from 'xero-node/dist/gen/model/accounting/models.js';
