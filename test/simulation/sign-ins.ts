import { sealTokens, type SealedTokens, type TokenSet } from '../../src/connections/sealed-tokens.js';
import { ServiceError } from '../../src/http/service-error.js';
import { callOver } from './network.js';
import type { Random } from './random.js';
import type { Life } from './scheduler.js';
import { sealer } from './tokens.js';
import type { World } from './world.js';

const MINUTE = 60_000;
const ACCESS_LIVES = 30 * MINUTE;
/** So long Xero takes a refresh token again after its first use, should the answer have got lost (xero-api 2.3). */
const GRACE = 30 * MINUTE;

/** After a minute by their own clocks, which may differ by three quarters of one, the others go on without whoever stands still. */
const TURN = MINUTE / 4;

interface Pair {
  organisationId: string;
  accessEnds: number;
  /** When its refresh token was first used, and what it was answered with. */
  usedAt: number | null;
  next: TokenSet | null;
  /** The process that got it as an answer; null until then. */
  holder: Life | null;
}

/** Xero's identity server: refresh tokens change with every use, and what nobody keeps is lost. */
export class SignIns {
  private readonly byRefresh = new Map<string, Pair>();
  private readonly byAccess = new Map<string, Pair>();
  /** Who renews, and since when. */
  private readonly underWay = new Map<string, Map<Life, number>>();
  private next = 1;
  /** By organisation: somebody has to sign in anew. */
  readonly onLost = new Map<string, () => void>();

  constructor(private readonly world: World, private readonly random: Random) {}

  /** A person signed in: what is stored of it. */
  openSealed(place: { firm: string; id: string }): SealedTokens {
    const tokens = this.issue(place.id.replace('xero:', ''), this.random.int(2 * MINUTE, ACCESS_LIVES));
    return sealTokens({ sealer, clock: { now: () => this.world.now } }, place, tokens, null);
  }

  /** What a call that carries this token is: `foreign` when it was given for another organisation. */
  check(accessToken: string, organisationId: string): 'good' | 'ended' | 'foreign' {
    const pair = this.byAccess.get(accessToken);
    if (pair && pair.organisationId !== organisationId) return 'foreign';
    return pair && pair.accessEnds > this.world.now ? 'good' : 'ended';
  }

  /** The token endpoint, as one process sees it. */
  async refresh(life: Life, refreshToken: string): Promise<TokenSet> {
    const { organisationId } = this.byRefresh.get(refreshToken) ?? { organisationId: 'unknown' };
    const others = this.underWay.get(organisationId) ?? new Map<Life, number>();
    const other = [...others].find(([each, since]) => each !== life && !each.dead && each.frozenUntil <= this.world.now && this.world.now - since < TURN)?.[0];
    if (other && !this.world.profile.extreme) this.world.violated(24, `${life.name} renews the sign-in of ${organisationId} while ${other.name} is at it`);
    this.underWay.set(organisationId, others.set(life, this.world.now));
    try {
      const tokens = await callOver<TokenSet>(this.world, {
        service: 'xero', name: 'refresh', about: '', writes: true, life, spared: SPARED,
        arrive: ({ fails }, answer) => {
          const made = fails === 'before' ? null : this.use(refreshToken);
          answer(made === 'refused' ? { error: failure('unauthorized', 'invalid_grant') } : made && fails === null ? { value: made } : { error: failure('ambiguous', 'server error') });
        },
      });
      const pair = this.byRefresh.get(tokens.refreshToken ?? '');
      if (pair) pair.holder = life;
      return tokens;
    } finally {
      others.delete(life);
    }
  }

  private use(refreshToken: string): TokenSet | 'refused' {
    const pair = this.byRefresh.get(refreshToken);
    if (!pair) return 'refused';
    if (pair.usedAt !== null && this.world.now - pair.usedAt >= GRACE) return this.lose(pair);
    pair.usedAt ??= this.world.now;
    if (pair.next && this.world.profile.unknowns.refreshAgain === 'same pair') return pair.next;
    pair.next = this.issue(pair.organisationId, ACCESS_LIVES);
    return pair.next;
  }

  /** Fair only where one that came after it reached nobody, or somebody who died with it. */
  private lose(pair: Pair): 'refused' {
    const keepers: (Life | null)[] = [];
    for (let later = this.after(pair); later; later = this.after(later)) keepers.push(later.holder);
    const [keeper] = keepers;
    if (keeper && keepers.every((each) => each?.dead === false) && !this.world.profile.extreme) this.world.violated(24, `the sign-in of ${pair.organisationId} is lost, although ${keeper.name} got its renewal`);
    this.world.count('sign-in lost with an answer');
    this.onLost.get(pair.organisationId)?.();
    return 'refused';
  }

  private after({ next }: Pair): Pair | undefined {
    return this.byRefresh.get(next?.refreshToken ?? '');
  }

  private issue(organisationId: string, accessLives: number): TokenSet {
    const number = this.next++;
    const tokens = { accessToken: `canary-access-${number}`, refreshToken: `canary-refresh-${number}-${this.random.int(1, 1e6)}`, expiresInSeconds: Math.round(accessLives / 1_000) };
    const pair = { organisationId, accessEnds: this.world.now + accessLives, usedAt: null, next: null, holder: null };
    this.byRefresh.set(tokens.refreshToken, pair);
    this.byAccess.set(tokens.accessToken, pair);
    return tokens;
  }
}

/** What the token endpoint never says of a good grant. */
const SPARED = ['token refused', 'right refused', 'half of a batch'] as const;

const failure = (kind: 'unauthorized' | 'ambiguous', message: string): ServiceError => new ServiceError({ service: 'xero', kind, message });
