/**
 * The names each record has, taken from Clio's OpenAPI file (Manage v4, 2026-04); `TaxRateConfiguration` and `tax_settings`
 * from the 2026-09 edition. What is not here is refused in `fields` with 400.
 */
export interface Schema {
  names: ReadonlySet<string>;
  /** Name of the nested record's schema; `[]` when there are several. */
  nested: Readonly<Record<string, string>>;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' ').filter((word) => word !== ''));
}

export function schemaOf(name: string): Schema {
  const schema = schemas[name];
  if (!schema) throw new Error(`No schema called ${name}`);
  return schema;
}

const schemas: Readonly<Record<string, Schema>> = {
  Account: {
    names: words(`id etag name state created_at updated_at`),
    nested: {owner: 'User_base'},
  },
  AccountBalance_base: {
    names: words(`id balance type name currency_id`),
    nested: {},
  },
  Account_base: {
    names: words(`id etag name state created_at updated_at`),
    nested: {},
  },
  Activity: {
    names: words(`id etag type date quantity_in_hours rounded_quantity_in_hours quantity rounded_quantity quantity_redacted price note flat_rate billed on_bill total contingency_fee created_at updated_at reference non_billable non_billable_total no_charge tax_setting`),
    nested: {activity_description: 'ActivityDescription_base', expense_category: 'ExpenseCategory_base', bill: 'Bill_base', communication: 'Communication_base', client_portal: 'ClientPortal_base', matter: 'Matter_base', matter_note: 'Note_base', contact_note: 'Note_base', subject: 'PolymorphicObject_base', timer: 'Timer_base', user: 'User_base', utbms_expense: 'UtbmsCode_base', vendor: 'Contact_base', calendar_entry: 'Activity_CalendarEntry_base', task: 'Activity_Task_base', text_message_conversation: 'Activity_TextMessageConversation_base', document_version: 'DocumentVersion_base', legal_aid_uk_activity: 'LegalAidUkActivity_base', currency: 'Currency_base'},
  },
  ActivityDescription: {
    names: words(`id etag name visible_to_co_counsel created_at updated_at default type utbms_activity_id utbms_task_name utbms_task_id xero_service_code accessible_to_user category_type`),
    nested: {groups: 'Group_base[]', rate: 'ActivityDescriptionRate_base', utbms_task: 'UtbmsCode_base', utbms_activity: 'UtbmsCode_base', currency: 'Currency_base'},
  },
  ActivityDescriptionRate_base: {
    names: words(`amount non_billable_amount type hierarchy`),
    nested: {},
  },
  ActivityDescription_base: {
    names: words(`id etag name visible_to_co_counsel created_at updated_at default type utbms_activity_id utbms_task_name utbms_task_id xero_service_code accessible_to_user category_type currency`),
    nested: {},
  },
  ActivityRate_base: {
    names: words(`id etag rate flat_rate created_at updated_at contact_id co_counsel_contact_id`),
    nested: {},
  },
  Activity_CalendarEntry_base: {
    names: words(`id etag calendar_owner_id`),
    nested: {},
  },
  Activity_Task_base: {
    names: words(`id etag`),
    nested: {},
  },
  Activity_TextMessageConversation_base: {
    names: words(`id etag`),
    nested: {},
  },
  Activity_base: {
    names: words(`id etag type date quantity_in_hours rounded_quantity_in_hours quantity rounded_quantity quantity_redacted price note flat_rate billed on_bill total contingency_fee created_at updated_at reference non_billable non_billable_total no_charge tax_setting currency`),
    nested: {},
  },
  Address_base: {
    names: words(`id etag street city province postal_code country name created_at updated_at primary`),
    nested: {},
  },
  Allocation: {
    names: words(`id etag date amount interest voided_at created_at updated_at description has_online_payment destroyable payment_type`),
    nested: {bill: 'Bill_base', source_bank_account: 'BankAccount_base', destination_bank_account: 'BankAccount_base', matter: 'Matter_base', contact: 'Contact_base', parent: 'PolymorphicObject_base'},
  },
  Allocation_base: {
    names: words(`id etag date amount interest voided_at created_at updated_at description has_online_payment destroyable payment_type`),
    nested: {},
  },
  AttorneyAllocation_base: {
    names: words(`id etag account_id resource_id resource_type originating_attorney_allocation responsible_attorney_allocation created_at updated_at`),
    nested: {},
  },
  Avatar_base: {
    names: words(`id etag created_at updated_at url _destroy`),
    nested: {},
  },
  Balance_base: {
    names: words(`id amount type interest_amount due`),
    nested: {},
  },
  BankAccount: {
    names: words(`account_number balance bank_transactions_count clio_payment_page_link clio_payment_page_qr_code clio_payments_enabled controlled_account created_at currency currency_symbol currency_id default_account domicile_branch etag general_ledger_number holder id institution name swift transit_number type updated_at`),
    nested: {user: 'User_base'},
  },
  BankAccount_base: {
    names: words(`account_number balance bank_transactions_count clio_payment_page_link clio_payment_page_qr_code clio_payments_enabled controlled_account created_at currency currency_symbol currency_id default_account domicile_branch etag general_ledger_number holder id institution name swift transit_number type updated_at`),
    nested: {},
  },
  BankTransaction: {
    names: words(`id type etag created_at updated_at bank_account_id source confirmation date amount currency currency_id description exchange_rate transaction_type funds_in funds_out clio_payments_transaction current_account_balance read_only_confirmation`),
    nested: {client: 'Contact_base', matter: 'Matter_base', bank_account: 'BankAccount_base', bill: 'Bill_base', allocation: 'Allocation_base'},
  },
  BankTransaction_base: {
    names: words(`id type etag created_at updated_at bank_account_id source confirmation date amount currency currency_id description exchange_rate transaction_type funds_in funds_out clio_payments_transaction current_account_balance read_only_confirmation`),
    nested: {},
  },
  Bill: {
    names: words(`id etag number issued_at created_at due_at tax_rate secondary_tax_rate updated_at subject purchase_order type memo start_at end_at balance state kind total paid paid_at pending due discount_services_only can_update credits_issued shared last_sent_at services_secondary_tax services_sub_total services_tax services_taxable_sub_total services_secondary_taxable_sub_total taxable_sub_total secondary_taxable_sub_total sub_total tax_sum secondary_tax_sum total_tax available_state_transitions`),
    nested: {user: 'User_base', client: 'Contact_base', discount: 'Discount_base', interest: 'Interest_base', matters: 'Matter_base[]', group: 'Group_base', bill_theme: 'BillTheme_base', original_bill: 'Bill_base', destination_account: 'BankAccount_base', balances: 'Balance_base[]', matter_totals: 'MatterBalance_base[]', currency: 'Currency_base', billing_setting: 'BillingSetting_base', client_addresses: 'Address_base[]', legal_aid_uk_bill: 'LegalAidUkBill_base', split_invoice: 'SplitInvoice_base'},
  },
  BillTheme_base: {
    names: words(`id etag created_at updated_at account_id default name config`),
    nested: {},
  },
  Bill_base: {
    names: words(`id etag number issued_at created_at due_at tax_rate secondary_tax_rate updated_at subject purchase_order type memo start_at end_at balance state kind total paid paid_at pending due discount_services_only can_update credits_issued shared last_sent_at services_secondary_tax services_sub_total services_tax services_taxable_sub_total services_secondary_taxable_sub_total taxable_sub_total secondary_taxable_sub_total sub_total tax_sum secondary_tax_sum total_tax available_state_transitions`),
    nested: {},
  },
  BillingSetting: {
    names: words(`id etag rounded_duration rounding use_decimal_rounding currency currency_sign tax_rate tax_name apply_tax_by_default apply_secondary_tax_by_default time_on_flat_rate_contingency_matters_is_non_billable use_secondary_tax secondary_tax_rate secondary_tax_rule secondary_tax_name notify_after_bill_created use_utbms_codes created_at updated_at multi_currency_billing billing_currencies`),
    nested: {},
  },
  BillingSetting_base: {
    names: words(`id etag rounded_duration rounding use_decimal_rounding currency currency_sign tax_rate tax_name apply_tax_by_default apply_secondary_tax_by_default time_on_flat_rate_contingency_matters_is_non_billable use_secondary_tax secondary_tax_rate secondary_tax_rule secondary_tax_name notify_after_bill_created use_utbms_codes created_at updated_at multi_currency_billing billing_currencies`),
    nested: {},
  },
  ClientPortal_base: {
    names: words(`id etag created_at updated_at unread_count unread_notifiable_count`),
    nested: {},
  },
  ClioPaymentsLink_base: {
    names: words(`active amount created_at currency description email_address etag expires_at id is_allocated_as_revenue redirect_url url`),
    nested: {},
  },
  ClioPaymentsPayment: {
    names: words(`amount confirmation_number created_at currency deposit_as_revenue description email_address id state updated_at`),
    nested: {bank_transaction: 'BankTransaction_base', clio_payments_link: 'ClioPaymentsLink_base', contact: 'Contact_base', destination_account: 'BankAccount_base', user: 'User_base', allocations: 'Allocation_base[]', bills: 'Bill_base[]', matters: 'Matter_base[]'},
  },
  Communication_base: {
    names: words(`id etag subject body type date time_entries_count created_at updated_at received_at`),
    nested: {},
  },
  Contact: {
    names: words(`id etag name first_name middle_name last_name date_of_birth type created_at updated_at prefix title initials clio_connect_email locked_clio_connect_email client_connect_user_id primary_email_address secondary_email_address primary_phone_number secondary_phone_number ledes_client_id has_clio_for_clients_permission is_client is_clio_for_client_user is_co_counsel is_bill_recipient sales_tax_number`),
    nested: {activity_rates: 'ActivityRate_base[]', addresses: 'Address_base[]', custom_field_values: 'CustomFieldValue[]', custom_field_set_associations: 'CustomFieldSetAssociation_base[]', email_addresses: 'EmailAddress_base[]', instant_messengers: 'InstantMessenger_base[]', phone_numbers: 'PhoneNumber_base[]', web_sites: 'WebSite_base[]', notification_methods: 'NotificationMethod_base[]', account_balances: 'AccountBalance_base[]', related_contacts: 'Contact_base[]', kyc_field_values: 'KycFieldValue_base[]', primary_work_address: 'Address_base', primary_address: 'Address_base', secondary_address: 'Address_base', company: 'Contact_base', avatar: 'Avatar_base', payment_profile: 'PaymentProfile_base', folder: 'Folder_base', co_counsel_rate: 'ActivityRate_base', primary_web_site: 'WebSite_base', legal_aid_uk_contact: 'LegalAidUkContact_base', currency: 'Currency_base'},
  },
  Contact_base: {
    names: words(`id etag name first_name middle_name last_name date_of_birth type created_at updated_at prefix title initials clio_connect_email locked_clio_connect_email client_connect_user_id primary_email_address secondary_email_address primary_phone_number secondary_phone_number ledes_client_id has_clio_for_clients_permission is_client is_clio_for_client_user is_co_counsel is_bill_recipient sales_tax_number currency`),
    nested: {},
  },
  ContingencyFee_base: {
    names: words(`id etag created_at updated_at show_contingency_award`),
    nested: {},
  },
  CreditMemo: {
    names: words(`id etag date amount description discount voided_at created_at updated_at`),
    nested: {user: 'User_base', contact: 'Contact_base', allocations: 'Allocation_base[]'},
  },
  Currency: {
    names: words(`id etag code sign created_at updated_at`),
    nested: {},
  },
  Currency_base: {
    names: words(`id etag code sign created_at updated_at`),
    nested: {},
  },
  CustomAction: {
    names: words(`id etag created_at updated_at label target_url ui_reference`),
    nested: {},
  },
  CustomField: {
    names: words(`id etag created_at updated_at name parent_type field_type displayed deleted required display_order`),
    nested: {picklist_options: 'PicklistOption_base[]'},
  },
  CustomFieldMatterSelection_base: {
    names: words(`id display_number`),
    nested: {},
  },
  CustomFieldSetAssociation_base: {
    names: words(`id etag display_order created_at updated_at`),
    nested: {},
  },
  CustomFieldValue: {
    names: words(`id etag field_name created_at updated_at field_type field_required field_displayed field_display_order value soft_deleted`),
    nested: {custom_field: 'CustomField', picklist_option: 'PicklistOption', matter: 'CustomFieldMatterSelection_base', contact: 'Contact_base'},
  },
  Discount_base: {
    names: words(`rate type note early_payment_rate early_payment_period`),
    nested: {},
  },
  DocumentVersion_base: {
    names: words(`id document_id etag uuid created_at updated_at filename size version_number content_type received_at put_url fully_uploaded`),
    nested: {},
  },
  EmailAddress_base: {
    names: words(`id etag address name primary created_at updated_at`),
    nested: {},
  },
  EvergreenRetainer_base: {
    names: words(`id created_at updated_at etag minimum_threshold`),
    nested: {},
  },
  ExpenseCategory: {
    names: words(`id etag name rate entry_type created_at updated_at xero_expense_code accessible_to_user tax_setting`),
    nested: {groups: 'Group_base[]', utbms_code: 'UtbmsCode_base', currency: 'Currency_base'},
  },
  ExpenseCategory_base: {
    names: words(`id etag name rate entry_type created_at updated_at xero_expense_code accessible_to_user currency tax_setting`),
    nested: {},
  },
  Folder_base: {
    names: words(`id etag created_at updated_at deleted_at type locked name root`),
    nested: {},
  },
  Group_base: {
    names: words(`client_connect_user etag id name type updated_at`),
    nested: {},
  },
  InstantMessenger_base: {
    names: words(`id etag address name created_at updated_at`),
    nested: {},
  },
  InterestCharge: {
    names: words(`id etag date description total created_at updated_at`),
    nested: {bill: 'Bill_base', balances: 'Balance_base[]', matters: 'Matter_base[]'},
  },
  Interest_base: {
    names: words(`balance period rate total type`),
    nested: {},
  },
  JobTitle_base: {
    names: words(`id etag name initials`),
    nested: {},
  },
  KycFieldValue_base: {
    names: words(`id etag field_name field_label created_at updated_at field_type field_value field_possible_values group`),
    nested: {},
  },
  LegalAidUkActivity_base: {
    names: words(`activity_sub_category advocacy base_rate bolt_ons bolt_ons_summary court eligible_for_sqm expert form_of_civil_legal_service id is_custom_rate json_key region tax_exclusive uplift user_type`),
    nested: {},
  },
  LegalAidUkBill_base: {
    names: words(`additional_travel_payment adjourned_hearing_fee advocacy_costs advice_time bill_type case_concluded case_stage_level cla_exemption_code cla_reference cmrh_oral cmrh_telephone cost_of_counsel costs_are_those_of court_location date_of_claim designated_accredited_representative detention_travel_and_waiting_costs disbursements_vat exceptional_case_funding_reference exemption_criteria_satisfied fee_code follow_on_work ho_interview ho_ucn id independent_medical_reports_claimed jr_form_filling maat_id meetings_attended mht_ref_no net_disbursements net_profit_costs niat_disbursement_prior_authority_number number_of_attendances outcome_for_the_client profit_costs_ex_vat prior_authority_reference representation_order_date stage_reached substantive_hearing travel_and_waiting_costs travel_time value_of_costs waiting_time`),
    nested: {},
  },
  LegalAidUkContact_base: {
    names: words(`id disability disability_code ethnicity ethnicity_title financially_eligible gender gender_title national_insurance_number`),
    nested: {},
  },
  LegalAidUkMatter_base: {
    names: words(`access_point laa_office_number ait_hearing_centre attended_several_hearings_acting_for_multiple_clients bill_ho_ucn bill_number_of_attendances bill_outcome_for_the_client_code bill_stage_reached_code case_reference case_start_date category category_as_string certificate_effective_date certificate_expiration_date certificate_number certificate_scope certification_type change_of_solicitor client_equal_opportunity_monitoring client_type clr_start_date clr_total_profit_costs cost_limit counsel court court_id court_id_code created_at delivery_location dscc_number duty_solicitor etag exceptional_case_funding_reference expense_limit fee_scheme first_conducting_solicitor id irc_surgery legacy_case legal_representation_number lh_total_disbursements lh_start_date lh_total_profit_costs linked_matter_id local_authority_number maat_id matter_type matter_type_code matter_type_1 matter_type_1_code matter_type_1_title matter_type_2 matter_type_2_code matter_type_2_title matter_types_combined number_of_clients_seen_at_surgery number_of_clients party police_station post_transfer_clients_represented postal_application_accepted prior_authority_reference prison_id prison_law_prior_approval_number procurement_area region related_claims_number representation_order_date schedule_reference_number scheme_id session_type solicitor_type standard_fee_category surgery_clients_resulting_in_a_legal_help_matter_opened surgery_clients surgery_date transfer_date type_of_advice type_of_service ucn ufn undesignated_area_court updated_at user_type youth_court`),
    nested: {},
  },
  LineItem: {
    names: words(`id etag type description date price taxable kind note secondary_taxable total tax secondary_tax sub_total quantity group_ordering created_at updated_at`),
    nested: {bill: 'Bill_base', activity: 'Activity_base', matter: 'Matter_base', user: 'User_base', discount: 'Discount_base', included_line_item_totals: 'LineItemTotals_base', tax_settings: 'TaxSetting_base[]'},
  },
  LineItemTotals_base: {
    names: words(`quantity price discount_percent total sub_total`),
    nested: {},
  },
  Matter: {
    names: words(`id etag number display_number custom_number description status location client_reference client_id billable maildrop_address billing_method open_date close_date pending_date created_at updated_at shared has_tasks last_activity_date matter_stage_updated_at`),
    nested: {client: 'Contact_base', contingency_fee: 'ContingencyFee_base', custom_rate: 'MatterCustomRate', evergreen_retainer: 'EvergreenRetainer_base', folder: 'Folder_base', group: 'Group_base', matter_budget: 'MatterBudget_base', matter_stage: 'MatterStage_base', originating_attorney: 'User_base', practice_area: 'PracticeArea_base', responsible_attorney: 'User_base', responsible_staff: 'User_base', statute_of_limitations: 'Task_base', user: 'User_base', legal_aid_uk_matter: 'LegalAidUkMatter_base', attorney_allocation: 'AttorneyAllocation_base', currency: 'Currency_base', account_balances: 'AccountBalance_base[]', custom_field_values: 'CustomFieldValue[]', custom_field_set_associations: 'CustomFieldSetAssociation_base[]', matter_bill_recipients: 'MatterBillRecipient[]', relationships: 'Relationship_base[]', task_template_list_instances: 'TaskTemplateListInstace_base[]', kyc_field_values: 'KycFieldValue_base[]', split_invoice_payers: 'SplitInvoicePayer_base[]'},
  },
  MatterBalance_base: {
    names: words(`id amount`),
    nested: {},
  },
  MatterBillRecipient: {
    names: words(`created_at etag id updated_at`),
    nested: {recipient: 'Contact_base'},
  },
  MatterBudget_base: {
    names: words(`id etag budget include_expenses notification_threshold notify_users created_at updated_at`),
    nested: {},
  },
  MatterCustomRate: {
    names: words(`type on_invoice`),
    nested: {rates: 'PolymorphicCustomRate[]'},
  },
  MatterStage_base: {
    names: words(`id etag practice_area_id name order created_at updated_at`),
    nested: {},
  },
  Matter_base: {
    names: words(`id etag number display_number custom_number currency description status location client_reference client_id billable maildrop_address billing_method open_date close_date pending_date created_at updated_at shared has_tasks last_activity_date matter_stage_updated_at`),
    nested: {},
  },
  Note: {
    names: words(`id etag type subject detail detail_text_type date created_at updated_at time_entries_count`),
    nested: {matter: 'Matter_base', contact: 'Contact_base', author: 'User_base', time_entries: 'Activity_base[]', notification_event_subscribers: 'NotificationEventSubscriber_base[]'},
  },
  Note_base: {
    names: words(`id etag type subject detail detail_text_type date created_at updated_at time_entries_count`),
    nested: {},
  },
  NotificationEventSubscriber_base: {
    names: words(`id etag user_id name created_at updated_at`),
    nested: {},
  },
  NotificationMethod_base: {
    names: words(`id etag type email_address is_default_email_address created_at updated_at`),
    nested: {},
  },
  OutstandingClientBalance: {
    names: words(`associated_matter_ids etag id last_payment_date last_shared_date newest_issued_bill_due_date pending_payments_total reminders_enabled total_outstanding_balance created_at updated_at`),
    nested: {outstanding_bills: 'Bill_base[]', contact: 'Contact_base', currency: 'Currency_base'},
  },
  Participant: {
    names: words(`id etag created_at updated_at type identifier secondary_identifier enabled name initials job_title_name`),
    nested: {avatar: 'Avatar_base'},
  },
  PaymentProfile_base: {
    names: words(`id etag created_at updated_at billing_setting_id name terms discount_rate discount_period interest_rate interest_period interest_type`),
    nested: {},
  },
  PhoneNumber_base: {
    names: words(`id etag number name primary created_at updated_at`),
    nested: {},
  },
  PicklistOption: {
    names: words(`id etag created_at updated_at option deleted_at`),
    nested: {},
  },
  PicklistOption_base: {
    names: words(`id etag created_at updated_at option deleted_at`),
    nested: {},
  },
  PolymorphicCustomRate: {
    names: words(`id etag created_at updated_at rate award note date`),
    nested: {user: 'PolymorphicCustomRate_User_base', group: 'PolymorphicCustomRate_Group_base', activity_description: 'PolymorphicCustomRate_ActivityDescription_base'},
  },
  PolymorphicCustomRate_ActivityDescription_base: {
    names: words(`id etag name`),
    nested: {},
  },
  PolymorphicCustomRate_Group_base: {
    names: words(`etag id name`),
    nested: {},
  },
  PolymorphicCustomRate_User_base: {
    names: words(`enabled etag id name`),
    nested: {},
  },
  PolymorphicObject_base: {
    names: words(`id type identifier secondary_identifier tertiary_identifier`),
    nested: {},
  },
  PracticeArea: {
    names: words(`id etag created_at updated_at name category code`),
    nested: {},
  },
  PracticeArea_base: {
    names: words(`id etag created_at updated_at name category code`),
    nested: {},
  },
  Relationship_base: {
    names: words(`id etag description created_at updated_at`),
    nested: {},
  },
  Reminder_base: {
    names: words(`id etag duration next_delivery_at state created_at updated_at`),
    nested: {},
  },
  SplitInvoicePayer_base: {
    names: words(`id contact_id matter_id send_to_bill_recipients split_portion etag created_at updated_at`),
    nested: {},
  },
  SplitInvoice_base: {
    names: words(`id bill_id linked_invoices_display_numbers linked_invoices_ids split_connection_id split_portion etag created_at updated_at`),
    nested: {},
  },
  Task: {
    names: words(`id etag name status description description_text_type priority due_at permission completed_at notify_completion statute_of_limitations time_estimated created_at updated_at time_entries_count`),
    nested: {time_entries: 'Activity_base[]', task_type: 'TaskType_base', assigner: 'User_base', matter: 'Matter_base', assignee: 'Participant', reminders: 'Reminder_base[]'},
  },
  TaskTemplateListInstace_base: {
    names: words(`id etag created_at updated_at`),
    nested: {},
  },
  TaskType_base: {
    names: words(`id etag name deleted_at created_at updated_at`),
    nested: {},
  },
  Task_base: {
    names: words(`id etag name status description description_text_type priority due_at permission completed_at notify_completion statute_of_limitations time_estimated created_at updated_at time_entries_count`),
    nested: {},
  },
  Timer_base: {
    names: words(`id etag start_time elapsed_time created_at updated_at`),
    nested: {},
  },
  TrustLineItem: {
    names: words(`id etag date total note created_at updated_at`),
    nested: {bill: 'Bill_base', matter: 'Matter_base', client: 'Contact_base'},
  },
  User: {
    names: words(`account_owner clio_connect court_rules_default_attendee created_at default_calendar_id email enabled etag first_name id initials last_name name phone_number rate roles subscription_type time_zone updated_at`),
    nested: {default_activity_description: 'ActivityDescription_base', notification_methods: 'NotificationMethod_base[]', account: 'Account_base', avatar: 'Avatar_base', contact: 'Contact_base', job_title: 'JobTitle_base', groups: 'Group_base[]'},
  },
  User_base: {
    names: words(`account_owner clio_connect court_rules_default_attendee created_at default_calendar_id email enabled etag first_name id initials last_name name phone_number rate roles subscription_type time_zone updated_at`),
    nested: {},
  },
  UtbmsCode_base: {
    names: words(`id etag name code description type utbms_set_id created_at updated_at`),
    nested: {},
  },
  WebSite_base: {
    names: words(`id etag address name default_web_site created_at updated_at`),
    nested: {},
  },
  Webhook: {
    names: words(`id etag url fields shared_secret model status events expires_at created_at updated_at`),
    nested: {user: 'User_base'},
  },
  TaxRateConfiguration: {
    names: words(`id etag name rate rate_as_percentage formatted_rate_as_percentage country region is_system active created_at updated_at`),
    nested: {},
  },
  TaxSetting_base: {
    names: words(`id etag tax_rate_configuration_id name rate formatted_rate rule amount order created_at updated_at`),
    nested: {},
  },
};
