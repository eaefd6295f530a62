/** An amount ("1,250.00 USD"), a date ("12 May 2026"), a count, a currency: no room for a name. */
const NOBODYS_NAME = /^(-?[\d.,]{1,20}( [A-Z]{3})?|[A-Z]{3}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{4}-\d\d-\d\d)$/;

/** Of a hold's facts those that may leave the house: mail is read by whoever gets hold of it, so no client, matter or text of anybody's goes into one. */
export const discreet = (facts: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(facts).filter(([, value]) => NOBODYS_NAME.test(value)));
