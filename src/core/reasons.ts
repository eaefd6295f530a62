/**
 * Why something waits, is left out or was refused: the one table pages, log and tests read. `{name}` stands for a fact.
 * `whatToDo` says what happened where the title cannot, and what helps. `who` can do it. `retry`: `auto` goes on by itself
 * after a while, `heal` once the cause is gone, `no` after a person chose.
 */
export const REASONS = {
  // Left out on purpose
  NOT_APPROVED_YET: entry('Not approved in Clio yet', 'Nothing to do. The bill goes to Xero once it is approved.', 'nobody', 'heal'),
  ZERO_BILL: entry('Nothing to pay on this bill', 'Nothing to do. Bills of zero are not sent to Xero.', 'nobody', 'heal'),
  TRUST_REQUEST: entry('This is a request for trust money', 'Nothing to do. Money held for clients is never sent as an invoice.', 'nobody', 'no'),
  SPLIT_PARENT: entry('Billed to several payers', "Nothing to do. Each payer's part is a bill of its own and goes to Xero as an invoice of its own.", 'nobody', 'heal'),
  BEFORE_CUTOFF: entry('Issued before the start date {startOn}', 'Nothing to do. To bring it over, import older bills from the History page.', 'nobody', 'no'),
  VOIDED_IN_CLIO: entry('Voided in Clio', 'Nothing to do. There is no invoice in Xero for it.', 'nobody', 'heal'),
  LEFT_OUT_BY_PERSON: entry('Left out by a person', 'Nothing to do. Choose "Include again" to bring it back.', 'nobody', 'no'),
  ACCEPTED_DIFFERENCE: entry('A difference was accepted', 'Nothing to do. It is listed in the tie-out and asked again when either side changes.', 'nobody', 'no'),
  READY_FOR_REVIEW: entry('Prepared for your review', 'Look at what would be written to Xero and approve it.', 'bookkeeper', 'no'),

  // Connections and services
  SETUP_NOT_FINISHED: entry('Set-up is not finished', 'Bills are shown but nothing is sent. Finish the steps on the Set-up page.', 'administrator', 'heal'),
  ORG_NOT_CONNECTED: entry('No Xero organisation is connected', 'Nothing can be sent. Connect Xero on the Set-up page.', 'administrator', 'heal'),
  NATIVE_SYNC_ACTIVE: entry('Clio’s own Xero sync seems to be on', 'Xero has an invoice that is numbered like a new bill and that Tieout did not make, so everything is paused. Switch Clio’s own sync off, then resume on the Settings page.', 'administrator', 'no'),
  PAUSED: entry('Syncing is paused', 'Nothing is sent while paused. Resume on the Settings page.', 'administrator', 'heal'),
  CONN_CLIO_LOST: entry('Clio is disconnected', 'Clio no longer accepts our access. Connect Clio again; nothing is lost meanwhile.', 'administrator', 'heal'),
  CONN_CLIO_RIGHTS: entry('The Clio user lacks rights', 'Clio refuses billing or accounting data to this user. Reconnect as a user who may see them.', 'administrator', 'heal'),
  CONN_XERO_EXPIRED: entry('The Xero sign-in has expired', 'Xero asks for a new sign-in. Connect the same organisation again.', 'administrator', 'heal'),
  CONN_XERO_REMOVED: entry('Xero was disconnected on its side', 'Somebody removed the connection in Xero. Connect the same organisation again.', 'administrator', 'heal'),
  CONN_XERO_RIGHTS: entry('A Xero permission is missing', 'Xero refuses part of the work to the connected user. Connect again as somebody with the standard or adviser role, and allow everything that is asked for.', 'administrator', 'heal'),
  CONN_XERO_UNUSED: entry('The Xero sign-in has not been renewed for {days} days', 'Xero ends a sign-in after 60 days without use, and Tieout could not renew this one. Connect the same organisation again.', 'administrator', 'heal'),
  CONN_XERO_COSTS: entry('Xero has not allowed us to see money spent', 'Costs need one more permission. Connect the same organisation again on the Set-up page; Xero then asks for it.', 'administrator', 'heal'),
  CONN_ORG_RESET: entry('The organisation seems to have been reset', 'Xero no longer knows what was sent there, as after a demo company starts afresh, so nothing is read or written. Look at it in Xero. If these are the right books all the same, connect them again: what is gone is then asked about bill by bill.', 'administrator', 'no'),
  CONN_NO_ORG: entry('No organisation was chosen in Xero', 'Xero gave access to no organisation. Connect again and tick the one whose books the firm keeps.', 'administrator', 'no'),
  CONN_WRONG_ORG: entry('This is a different organisation', 'The firm is linked to {expected}, not {found}. Choose the earlier one, or set up anew.', 'administrator', 'no'),
  CONN_ORG_SHARED: entry('Another firm uses this organisation', 'Two firms in one set of books would mix their bills. Choose another organisation.', 'administrator', 'no'),
  ROUTE_UNCLEAR: entry('Which organisation gets this bill?', 'It goes to none yet: {why}. Add a rule on the Organisations page; it then goes by itself.', 'administrator', 'heal'),
  NOTICES_LAPSED: entry('Clio has stopped announcing changes', 'Nothing to do. Changes are looked for every ten minutes instead, and the announcements are being set up again.', 'nobody', 'auto'),
  SERVICE_BUSY: entry('{service} asks us to slow down', 'Nothing to do. It continues by itself in a moment.', 'nobody', 'auto'),
  XERO_DAY_FULL: entry("Today's Xero allowance is used up", 'Nothing to do. It continues by itself at {time}.', 'nobody', 'auto'),
  SERVICE_DOWN: entry('{service} is not answering', 'Nothing to do. It is tried again until it answers.', 'nobody', 'auto'),
  RESULT_UNKNOWN: entry('Checking whether Xero saved it', 'The answer to our last request was lost. Nothing to do; nothing is sent twice.', 'nobody', 'auto'),
  CHANGED_MEANWHILE: entry('It changed while we worked on it', 'Nothing to do. It is looked at again with the newer figures.', 'nobody', 'auto'),
  XERO_PLAN_LIMIT: entry("Your Xero plan's limit is reached", 'Xero accepts no more approved invoices this month. Upgrade the plan or wait for the next month.', 'administrator', 'heal'),
  UNEXPECTED: entry('Something we did not expect', 'It is tried again a few times. If it stays, send us what stands under Details.', 'support', 'auto'),

  // The bill
  BILL_DOES_NOT_ADD_UP: entry('The lines do not add up to the bill', '{part}: the lines come to {computed}, Clio shows {stated}. Open and save the bill in Clio; if it stays, contact us.', 'bookkeeper', 'heal'),
  BILL_KIND_UNKNOWN: entry('A kind of bill we have not met', 'It could be money held for clients, so it is not sent. Contact us with the bill number.', 'support', 'no'),
  BILL_NO_CLIENT: entry("We cannot see this bill's client", 'The connected Clio user may not see the contact. Give access to it, then try again.', 'administrator', 'heal'),
  BILL_NEGATIVE: entry('The bill is below zero', 'Xero takes no invoice of {amount}. Give a credit in Clio instead, or correct the bill.', 'bookkeeper', 'heal'),
  BILL_LEGAL_AID: entry('Who pays this legal aid bill?', 'Legal aid pays bill {number} by rules of its own, so it is not sent by itself. Send it to {client} like any other bill, or enter it in Xero by hand.', 'accountant', 'no'),
  SPLIT_INCOMPLETE: entry('Part of a split bill is missing', 'Bill {number} is one part of several: {why}. Approve all parts in Clio, or send this part alone.', 'bookkeeper', 'heal'),
  SPLIT_IN_XERO: entry('The whole of a split bill is in Xero', 'Bill {number} was split after its invoice was made, so its parts would be income twice. Void that invoice in Xero; the parts then go by themselves.', 'bookkeeper', 'heal'),
  BILL_REOPENED: entry('The bill went back to draft in Clio', 'Invoice {number} stays in Xero as it is. Approve the bill again, or void it in Clio.', 'bookkeeper', 'heal'),
  BILL_TOO_FINE: entry('Xero cannot keep amounts this fine', 'Xero keeps two decimals, the bill in {currency} has more. Round the lines in Clio.', 'bookkeeper', 'heal'),

  // The invoice
  NUMBER_TAKEN: entry('Xero already has invoice {number}', 'Xero refuses the number, though no invoice of this bill carries it. Give the other invoice another number and try again, or use the next free one.', 'bookkeeper', 'no'),
  ADOPT_CONFLICT: entry('An existing invoice may be this bill', 'Xero has {number}, but {difference}. Link it, or change one of the two numbers.', 'bookkeeper', 'no'),
  INVOICE_FROZEN: entry('Xero no longer lets this invoice change', 'The bill now says {clio}, the invoice {xero}, and it is paid, credited or in a closed period. Correct it in Xero with a credit note or a second invoice.', 'bookkeeper', 'heal'),
  VOID_BLOCKED: entry('Invoice {number} cannot be voided', 'The bill was voided in Clio, but the invoice still carries {blocker}. Undo that in Xero, or pay the money back there; what is then left is done by itself.', 'bookkeeper', 'heal'),
  INVOICE_STRAY: entry('Invoice {stray} in Xero is linked to nothing', 'It was made for this bill, but {why}. Void {stray} in Xero; this closes by itself.', 'bookkeeper', 'heal'),
  REMOVED_IN_XERO: entry('The invoice was removed in Xero', 'Invoice {number} was voided or deleted in Xero while the bill stands in Clio: {clio} of it is open there, {xero} in Xero. Create it again, or accept that it is gone.', 'bookkeeper', 'no'),
  DRIFT_AMOUNT: entry('Figures were changed in Xero', '{field}: Clio has {clio}, Xero has {xero}, last agreed was {base}. Choose which one holds.', 'bookkeeper', 'no'),
  DRIFT_LINES: entry('Lines were rearranged in Xero', 'The bill changed in Clio, and the invoice lines no longer match ours. Replace the lines, or change the invoice by hand.', 'bookkeeper', 'no'),
  DRIFT_TAX: entry('Tax was changed in Xero', '{field}: Clio has {clio}, Xero has {xero}, last agreed was {base}. Compare both, then choose which one holds.', 'accountant', 'no'),
  DRIFT_CONTACT: entry('Someone else now owes this in Xero', 'Invoice {number} was moved to another contact. Confirm who owes it.', 'bookkeeper', 'no'),
  STUCK_DRAFT: entry('The invoice is still a draft in Xero', 'The bill is approved in Clio, invoice {number} is not approved in Xero. Approve it now.', 'bookkeeper', 'heal'),
  TOTAL_MISMATCH: entry('Xero differs from the bill by {amount}', 'Clio has {clio}, Xero made it {xero}. Check the tax map and the rounding account in the settings.', 'bookkeeper', 'heal'),

  // Mapping
  ACCOUNT_UNMAPPED: entry('No account for {what}', 'No rule says where this income belongs. Choose an account in the settings.', 'bookkeeper', 'heal'),
  ACCOUNT_GONE: entry('Account {code} no longer works', 'It was archived or removed in Xero. Choose another one for {what} in the settings.', 'bookkeeper', 'heal'),
  ACCOUNT_WRONG_KIND: entry('Account {code} cannot be used here', 'Bank and system accounts cannot stand on an invoice line. Choose another one for {what}.', 'bookkeeper', 'heal'),
  TAX_UNMAPPED: entry('No tax code for {tax}', 'Clio taxes {what} with it, and the settings do not say what that is in Xero. Choose a tax code.', 'bookkeeper', 'heal'),
  TAX_TAG_NEEDED: entry('Is {category} a disbursement or a recharge?', 'A disbursement is passed on without tax, a recharge is taxed like fees. Decide once in the settings, under costs and tax.', 'accountant', 'heal'),
  TAX_TAG_DIFFERS: entry('Clio taxes {category} although it is a disbursement', 'Disbursements are outside the scope of tax. Take the tax off in Clio, or make it a recharge in the settings.', 'accountant', 'heal'),
  TAX_GONE: entry('Tax code {code} no longer works', 'It is missing or inactive in Xero. Choose another one for {tax}.', 'bookkeeper', 'heal'),
  TAX_NOT_ALLOWED: entry('Tax code and account do not fit', 'Xero does not allow {code} on account {account}. Change one of them in the settings.', 'accountant', 'heal'),
  TAX_RATE_DIFFERS: entry('The tax rates differ', '{tax} is {clio} % in Clio, but {code} is {xero} % in Xero. Choose a tax code with the same rate.', 'accountant', 'heal'),
  TRACKING_OPTION: entry('A tracking option is missing in Xero', '{category} has no active option {option}. Create it in Xero, or change the tracking setting.', 'bookkeeper', 'heal'),
  BANK_UNMAPPED: entry('No Xero bank for {account}', 'The payment of {amount} cannot be placed. Choose a Xero account in the settings.', 'bookkeeper', 'heal'),
  BANK_NOT_PAYABLE: entry('Payments cannot go to {account}', 'It is not an active bank account and payments to it are not enabled. Enable them in Xero, or choose another.', 'bookkeeper', 'heal'),
  CURRENCY_NOT_ENABLED: entry('{currency} is not set up in Xero', 'The organisation does not hold this currency. Add it in Xero; the bill then goes by itself.', 'administrator', 'heal'),
  PERIOD_CLOSED: entry('{date} is in a closed period', 'The books are locked through {lockedThrough}. It goes on when the lock moves, or choose the first open day in the settings.', 'accountant', 'heal'),

  // Contacts
  CONTACT_PARTIAL: entry('Is this the same client?', '{client} in Clio is like {contact} in Xero: same {same}. Link them, or create a new contact.', 'bookkeeper', 'no'),
  CONTACT_CONFLICT: entry('The contact is not clear', '{client}: {why}. Choose the right contact, or restore or correct it in Xero.', 'bookkeeper', 'no'),
  CONTACT_NAME_TAKEN: entry('Xero has another contact of this name', '{client} cannot be created under this name. Link the existing contact, or take the offered name.', 'bookkeeper', 'no'),
  CONTACT_REFUSED: entry("Xero refuses this contact's details", 'An address, e-mail or name is not accepted. Correct it in Clio.', 'bookkeeper', 'heal'),
  SUPPLIER_UNKNOWN: entry('Who is the supplier?', 'The cost names nobody we can find in Xero. Link a contact or create one.', 'bookkeeper', 'no'),

  // Payments
  PAY_INVOICE_NOT_READY: entry('A payment waits for its invoice', 'Xero takes payments only on approved invoices. Approve invoice {number} in Xero; {amount} follows by itself.', 'bookkeeper', 'heal'),
  PAY_TOO_MUCH: entry('A payment exceeds what is owed', 'Clio has a payment of {amount}, in Xero only {due} is open. Compare the payments on both sides.', 'bookkeeper', 'heal'),
  PAY_MANY_CANDIDATES: entry('Several payments could be this one', 'The payment of {amount} of {date} may already be on the other side: {candidates}. Pick the right one.', 'bookkeeper', 'no'),
  PAY_TWIN: entry('A payment is in Xero twice', 'Two payments of invoice {number} carry the same mark {marker}. Delete the later one in Xero.', 'bookkeeper', 'heal'),
  PAY_RECONCILED: entry('This payment is final in Xero', 'Clio no longer has the payment of {amount} of {date}, but in Xero it is reconciled or part of a batch. Undo it there, or record a refund.', 'bookkeeper', 'heal'),
  PAY_BEFORE_CUTOFF: entry('A payment for a bill before the start date', 'Bill {number} is older than {startOn} and not in Xero, but was paid since. Create the invoice, or leave it out.', 'bookkeeper', 'no'),
  PAY_RECORD_IN_CLIO: entry('Record this payment in Clio', 'Xero received {amount} on {date} for this bill. Record it in Clio as a direct payment to operating; this closes by itself.', 'bookkeeper', 'heal'),
  PAY_DELETED_IN_XERO: entry('A payment was removed in Xero', 'The payment of {amount} of {date} still stands in Clio. Send it again, or remove it in Clio.', 'bookkeeper', 'no'),
  PAY_REMOVE_IN_CLIO: entry('Remove this payment in Clio', 'The payment of {amount} of {date} was deleted in Xero, where it came from. Void it in Clio too; this closes by itself.', 'bookkeeper', 'heal'),
  PAY_REMOVED_IN_CLIO: entry('A payment from Xero was removed in Clio', 'The payment of {amount} of {date} still stands in Xero, where it came from. Record it in Clio again, or delete it in Xero.', 'bookkeeper', 'heal'),
  PAY_CHANGED_IN_XERO: entry('A payment differs between both sides', 'Clio has {clio}, Xero has {xero}. Correct the side that is wrong.', 'bookkeeper', 'heal'),
  PAY_CURRENCY: entry('This bank cannot take {currency}', '{account} is held in another currency. Choose another bank for these payments.', 'bookkeeper', 'heal'),
  PAY_FROM_HELD_MONEY: entry('Paid out of money the firm already held', 'Put {amount} of the client\'s over- or prepayment on the invoice in Xero; it is linked by itself. If the money is not in Xero yet, send it as a payment of {date}.', 'bookkeeper', 'heal'),
  REFUND_UNCLEAR: entry('Money returned, or an entry corrected?', 'A payment of {was} is now {now} in Clio. Choose what happened.', 'bookkeeper', 'no'),
  REFUND_NEEDS_CREDIT: entry('A refund waits for its credit in Clio', 'Give a credit of {amount} on this bill in Clio; where there is one already, void it and give it again. The refund then goes to Xero by itself.', 'bookkeeper', 'heal'),
  REFUND_UNMATCHED: entry('Was this refund made in Xero by hand?', 'Clio shows {amount} given back on {date}; somebody made credit note {numbers} over as much in Xero. Say whether that is it; a draft has to be approved in Xero first.', 'bookkeeper', 'no'),
  REFUND_REMOVED_IN_XERO: entry('A refund was removed in Xero', '{amount} was paid back out of credit note {number}, and that payment is gone. Send it again, or leave Xero without it.', 'bookkeeper', 'no'),

  // Credits and costs
  CREDIT_TREATMENT_NEEDED: entry('Reduction or bad debt?', 'Clio has a {kind} of {amount} on bill {number}. A reduction lowers income and tax, a bad debt leaves both: choose here, or once for all in the settings.', 'accountant', 'no'),
  CREDIT_OVER_BALANCE: entry('The credit exceeds what is owed', 'The credit is {amount}, in Xero only {due} was open. The rest of {rest} stays on credit note {number}: use it on another invoice or pay it out in Xero, then this closes by itself.', 'bookkeeper', 'heal'),
  CREDIT_IN_XERO: entry('Write this off in Clio too', 'Xero holds a credit of {amount} on invoice {number} that Clio does not have. Enter it in Clio; this closes by itself.', 'bookkeeper', 'heal'),
  ADVANCE_IN_XERO: entry('Record this earlier payment in Clio', 'Xero holds {amount} that the client paid earlier on invoice {number}. Record it in Clio as a payment out of operating; this closes by itself.', 'bookkeeper', 'heal'),
  CREDIT_INVOICE_NOT_READY: entry('A credit waits for its invoice', 'Xero takes credits only on approved invoices. Approve invoice {number} in Xero; {amount} follows by itself.', 'bookkeeper', 'heal'),
  CREDIT_BY_HAND: entry('Was this credit made in Xero by hand?', 'Clio has a credit of {amount} of {date}; somebody made credit note {numbers} over as much in Xero and put it on no invoice. Say whether that is it; a draft has to be approved in Xero first.', 'bookkeeper', 'no'),
  CREDIT_UNMATCHED: entry('Is this credit already in Xero?', 'Clio has a credit of {amount} of {date}, Xero has {candidates} that Clio lacks. Make them equal, or say that it is another one.', 'bookkeeper', 'no'),
  CREDIT_DIFFERS: entry('A credit differs between both sides', 'Clio has {clio}, credit note {number} in Xero has {xero}. Correct the side that is wrong.', 'bookkeeper', 'heal'),
  CREDIT_REMOVED_IN_XERO: entry('A credit was removed in Xero', 'The credit of {amount} of {date} still stands in Clio. Send it again, or leave Xero without it.', 'bookkeeper', 'no'),
  CREDIT_FINAL: entry('This credit cannot be undone by itself', 'Clio no longer has the credit of {amount}, but credit note {number} in Xero was {why}. Undo that in Xero, then it is voided by itself.', 'bookkeeper', 'heal'),
  COST_SIDE_MISMATCH: entry('Costs and recovery use different accounts', 'Costs go to {cost}, their recovery to {recovery}, so neither comes out. Align them in the settings.', 'accountant', 'heal'),
  COST_FINAL: entry('This cost is final in Xero', 'Clio has {clio}, in Xero {xero} is reconciled, paid or credited. Undo that there, or enter the difference by hand.', 'bookkeeper', 'heal'),
  COST_CHANGED_IN_XERO: entry('A cost differs between both sides', 'Clio has {clio}, Xero has {xero}. Correct the side that is wrong; this closes once they agree.', 'bookkeeper', 'heal'),
  COST_REMOVED_IN_XERO: entry('A cost was removed in Xero', 'The cost of {cost} still stands in Clio. Enter it in Xero again, or accept that it is gone.', 'bookkeeper', 'no'),
  COST_TWIN: entry('A cost is in Xero twice', 'Two entries carry the mark {marker}. Delete one of them in Xero.', 'bookkeeper', 'heal'),
  COST_NEGATIVE: entry('A cost below zero', 'A cost of {amount} is money coming back. Enter it on the other side by hand.', 'bookkeeper', 'heal'),
  COST_CURRENCY: entry('This cost is in another currency', 'The cost is {amount}, but {where} is kept in {currency}. Enter it on the other side by hand.', 'bookkeeper', 'heal'),
  COST_MATTER_UNCLEAR: entry('Which matter does this cost belong to?', 'A line of {amount} is tagged with {matters}. Leave one of the tags in Xero.', 'bookkeeper', 'heal'),
  COST_BILLED: entry('This cost is already billed in Clio', 'It changed in Xero after it was billed. Change the bill line in Clio.', 'bookkeeper', 'no'),

  // Money held for clients
  TRUST_NOT_SET_UP: entry('Trust account {account} is not set up', 'A payment of {amount} came out of money held for the client. Enter it in Xero by hand until trust set-up is complete; it is linked by itself.', 'trust', 'heal'),
  TRUST_BY_HAND: entry('Money left trust account {account}', 'A payment of {amount} came out of money held for the client, and Tieout enters nothing about trust. Enter both sides in Xero by hand; the payment is linked by itself.', 'trust', 'heal'),
  TRUST_ACCOUNT_UNFIT: entry('Trust account {account} no longer stands apart', 'Money held for clients must touch nothing else, but {why}. Choose other accounts on the trust page.', 'trust', 'heal'),
  TRUST_NOT_OPERATING: entry('{account} holds money for clients', 'The firm’s own money and money of clients never stand on one account. Correct the payment in Clio, or take the account out of the bank settings.', 'trust', 'heal'),
} as const;

/** Key of the one table that pages, log and tests read. */
export type Reason = keyof typeof REASONS;

export interface ReasonEntry {
  title: string;
  whatToDo: string;
  who: Who;
  retry: Retry;
}

type Who = 'bookkeeper' | 'administrator' | 'accountant' | 'trust' | 'support' | 'nobody';
type Retry = 'auto' | 'heal' | 'no';

/** What happened, and what to do: one line for pages and log. A missing fact leaves "…" rather than a brace. */
export function sentence(reason: Reason, facts: Record<string, string>): string {
  const title = titleOf(reason, facts);
  return `${title}${title.endsWith('?') ? '' : '.'} ${adviceOf(reason, facts)}`;
}

export const titleOf = (reason: Reason, facts: Record<string, string>): string => filled(REASONS[reason].title, facts);
export const adviceOf = (reason: Reason, facts: Record<string, string>): string => filled(REASONS[reason].whatToDo, facts);

/** Whether a stored text is a key of the table. */
export const isReason = (text: string): text is Reason => Object.hasOwn(REASONS, text);

const filled = (text: string, facts: Record<string, string>): string => text.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '…');

function entry(title: string, whatToDo: string, who: Who, retry: Retry): ReasonEntry {
  return { title, whatToDo, who, retry };
}
