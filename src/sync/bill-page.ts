/** The bill's page with us: what each of its invoices carries as its link back. */
export const pageOfBill = (appUrl: string, billId: string): string => `${appUrl}/bills/${billId}`;

/** The bill of such a page; null for any other address. */
export function billOfPage(appUrl: string, url: string): string | null {
  const billId = url.slice(pageOfBill(appUrl, '').length);
  return url === pageOfBill(appUrl, billId) && /^\d+$/.test(billId) ? billId : null;
}
