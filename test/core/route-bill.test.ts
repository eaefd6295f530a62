import fc from 'fast-check';
import { routeBill, type Route, type RouteRule } from '../../src/core/route-bill.js';
import { sentence } from '../../src/core/reasons.js';

const matter = (office: string | null, practiceArea: string | null = null) => ({ clioId: '1', number: '00001', description: null, practiceArea, responsibleAttorney: null, office });
const bill = (...matters: ReturnType<typeof matter>[]) => ({ client: { clioId: '41', name: 'Northgate' }, matters });
const rule = (when: RouteRule['when'], value: string, organisationId: string): RouteRule => ({ when, value, organisationId });
const route = (rules: RouteRule[], otherwise: string | null = 'home'): Route => ({ home: 'home', rules, otherwise });
const goal = (facts: ReturnType<typeof bill>, by: Route, sentTo: string | null = null) => {
  const routed = routeBill(facts, by, sentTo, (id) => `Org ${id}`);
  return routed.organisationId === null ? sentence(routed.hold.reason, routed.hold.facts) : `${routed.organisationId}${routed.elsewhere === null ? '' : ` (rules: ${routed.elsewhere})`}`;
};

const LEEDS = rule('office', 'Leeds', 'leeds');
const TAX = rule('practice-area', 'Tax', 'tax');
const NORTHGATE = rule('client', '41', 'own');
const NO_RULE = 'Which organisation gets this bill? It goes to none yet: no rule names its office, practice area or client. Add a rule on the Organisations page; it then goes by itself.';

test.each<[string, ReturnType<typeof bill>, Route, string]>([
  ['no rule at all', bill(matter('Leeds')), route([]), 'home'],
  ['the office of its matter', bill(matter('Leeds')), route([LEEDS]), 'leeds'],
  ['an office written otherwise', bill(matter(' LEEDS ')), route([LEEDS]), 'leeds'],
  ['another office', bill(matter('York')), route([LEEDS]), 'home'],
  ['its practice area', bill(matter(null, 'Tax')), route([LEEDS, TAX]), 'tax'],
  ['its client', bill(matter('York')), route([NORTHGATE]), 'own'],
  ['the first rule that fits', bill(matter('Leeds', 'Tax')), route([TAX, LEEDS]), 'tax'],
  ['the same rules the other way round', bill(matter('Leeds', 'Tax')), route([LEEDS, TAX]), 'leeds'],
  ['no matter, but a client', bill(), route([NORTHGATE], null), 'own'],
  ['no matter, and only rules for offices', bill(), route([LEEDS], null), NO_RULE],
  ['nothing fits and nothing is said about the rest', bill(matter('York')), route([LEEDS], null), NO_RULE],
  ['two matters that lead to the same', bill(matter('Leeds'), matter('Leeds', 'Tax')), route([LEEDS, TAX]), 'leeds'],
  ['two matters that lead apart', bill(matter('Leeds'), matter(null, 'Tax')), route([LEEDS, TAX]), 'Which organisation gets this bill? It goes to none yet: its matters lead to Org leeds and Org tax. Add a rule on the Organisations page; it then goes by itself.'],
  ['one matter leads somewhere, the other nowhere', bill(matter('Leeds'), matter('York')), route([LEEDS], null), NO_RULE.replace('its office, practice area or client', 'one of its matters')],
  ['a client rule before those for matters settles it', bill(matter('Leeds'), matter(null, 'Tax')), route([NORTHGATE, LEEDS, TAX]), 'own'],
])('%s', (_, facts, by, expected) => expect(goal(facts, by)).toBe(expected));

test.each<[string, ReturnType<typeof bill>, Route, string]>([
  ['the rules agree', bill(matter('Leeds')), route([LEEDS]), 'leeds'],
  ['the rules lead elsewhere now', bill(matter('York')), route([LEEDS]), 'leeds (rules: home)'],
  ['the rules would ask', bill(matter('York')), route([LEEDS], null), 'leeds'],
])('what was sent stays: %s', (_, facts, by, expected) => expect(goal(facts, by, 'leeds')).toBe(expected));

test('whatever the rules, a bill goes to one organisation or to none, and one that was sent never moves', () => {
  const names = fc.constantFrom('Leeds', 'York', 'Tax', '41');
  const rules = fc.array(fc.record({ when: fc.constantFrom('office' as const, 'practice-area' as const, 'client' as const), value: names, organisationId: fc.constantFrom('a', 'b', 'home') }), { maxLength: 5 });
  const matters = fc.array(fc.tuple(fc.option(names), fc.option(names)).map(([office, area]) => matter(office, area)), { maxLength: 3 });
  fc.assert(
    fc.property(rules, matters, fc.option(fc.constantFrom('a', 'b', 'home')), (given, of, otherwise) => {
      const by = route(given, otherwise);
      const fresh = routeBill(bill(...of), by, null, (id) => id);
      const sent = routeBill(bill(...of), by, 'a', (id) => id);
      expect(sent.organisationId).toBe('a');
      expect(fresh.organisationId === null ? fresh.hold.reason : fresh.organisationId).toEqual(expect.stringMatching(/^(a|b|home|ROUTE_UNCLEAR)$/));
      if (fresh.organisationId !== null) expect([...given.map((each) => each.organisationId), otherwise]).toContain(fresh.organisationId);
    }),
  );
});
