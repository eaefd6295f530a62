/**
 * A person's zone as Clio's user record names it (Ruby on Rails' names, clio-api 6.1: "Pacific Time (US & Canada)") → IANA, for the places Clio sells to.
 * Rails: ActiveSupport::TimeZone::MAPPING.
 */
const IANA: Record<string, string> = {
  Hawaii: 'Pacific/Honolulu',
  Alaska: 'America/Juneau',
  'Pacific Time (US & Canada)': 'America/Los_Angeles',
  Arizona: 'America/Phoenix',
  'Mountain Time (US & Canada)': 'America/Denver',
  'Central Time (US & Canada)': 'America/Chicago',
  Saskatchewan: 'America/Regina',
  'Eastern Time (US & Canada)': 'America/New_York',
  'Indiana (East)': 'America/Indiana/Indianapolis',
  'Atlantic Time (Canada)': 'America/Halifax',
  'Puerto Rico': 'America/Puerto_Rico',
  Newfoundland: 'America/St_Johns',
  Dublin: 'Europe/Dublin',
  Edinburgh: 'Europe/London',
  Lisbon: 'Europe/Lisbon',
  London: 'Europe/London',
  Amsterdam: 'Europe/Amsterdam',
  Berlin: 'Europe/Berlin',
  Brussels: 'Europe/Brussels',
  Copenhagen: 'Europe/Copenhagen',
  Madrid: 'Europe/Madrid',
  Paris: 'Europe/Paris',
  Rome: 'Europe/Rome',
  Stockholm: 'Europe/Stockholm',
  Vienna: 'Europe/Vienna',
  Warsaw: 'Europe/Warsaw',
  Athens: 'Europe/Athens',
  Helsinki: 'Europe/Helsinki',
  Perth: 'Australia/Perth',
  Adelaide: 'Australia/Adelaide',
  Darwin: 'Australia/Darwin',
  Brisbane: 'Australia/Brisbane',
  Canberra: 'Australia/Sydney',
  Hobart: 'Australia/Hobart',
  Melbourne: 'Australia/Melbourne',
  Sydney: 'Australia/Sydney',
  Auckland: 'Pacific/Auckland',
  Wellington: 'Pacific/Auckland',
};

/** For Intl; UTC for a zone nobody knows. */
export function ianaZone(clioZone: string): string {
  const zone = IANA[clioZone] ?? clioZone;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
