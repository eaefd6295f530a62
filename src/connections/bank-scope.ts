/** What Xero calls the right to read and write money spent; firms that carry costs are asked for it. */
export const BANK_SCOPE = 'accounting.banktransactions';
