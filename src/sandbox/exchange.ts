/** One request and its answer on a vendor's API path, as it crossed the wire; handed to whoever observes the sandbox. */
export interface Exchange {
  vendor: 'clio' | 'xero';
  at: number;
  method: string;
  /** Path without query, percent-decoded where the vendor does so. */
  path: string;
  query: string;
  requestHeaders: Record<string, string>;
  /** Raw body text; empty when there was none. */
  requestBody: string;
  status: number;
  responseHeaders: Record<string, string>;
  responseBody: string;
}
