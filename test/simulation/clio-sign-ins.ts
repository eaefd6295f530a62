import { sealTokens, type SealedTokens, type TokenSet } from '../../src/connections/sealed-tokens.js';
import { ServiceError } from '../../src/http/service-error.js';
import { callOver } from './network.js';
import type { Random } from './random.js';
import type { Life } from './scheduler.js';
import { sealer } from './tokens.js';
import type { World } from './world.js';

const MINUTE = 60_000;
/** Thirty days with Clio; here so short that they end while work is under way. */
const ACCESS_LIVES = 30 * MINUTE;

/** Clio's sign-in: an access token ends, the refresh token it came with stays good for ever (clio-api 1.2). */
export class ClioSignIns {
  private readonly byAccess = new Map<string, { firm: string; ends: number }>();
  private readonly byRefresh = new Map<string, string>();
  private next = 1;

  constructor(private readonly world: World, private readonly random: Random) {}

  /** A person signed in: what is stored of it. */
  openSealed(place: { firm: string; id: string }): SealedTokens {
    const refreshToken = `canary-clio-refresh-${this.random.int(1, 1e6)}-${place.firm}`;
    this.byRefresh.set(refreshToken, place.firm);
    return sealTokens({ sealer, clock: { now: () => this.world.now } }, place, this.issue(place.firm, refreshToken, this.random.int(2 * MINUTE, ACCESS_LIVES)), null);
  }

  /** What a call that carries this token is: `foreign` when it was given to another firm. */
  check(accessToken: string, firm: string): 'good' | 'ended' | 'foreign' {
    const token = this.byAccess.get(accessToken);
    if (token && token.firm !== firm) return 'foreign';
    return token && token.ends > this.world.now ? 'good' : 'ended';
  }

  /** The token endpoint, as one process sees it. */
  refresh(life: Life, refreshToken: string): Promise<TokenSet> {
    return callOver<TokenSet>(this.world, {
      service: 'clio', name: 'refresh', about: '', writes: true, life, spared: ['token refused', 'right refused', 'half of a batch'],
      arrive: ({ fails }, answer) => {
        const firm = this.byRefresh.get(refreshToken);
        if (firm === undefined) answer({ error: new ServiceError({ service: 'clio', kind: 'unauthorized', message: 'invalid_grant' }) });
        else if (fails !== null) answer({ error: new ServiceError({ service: 'clio', kind: 'ambiguous', message: 'server error' }) });
        else answer({ value: this.issue(firm, refreshToken, ACCESS_LIVES) });
      },
    });
  }

  private issue(firm: string, refreshToken: string, lives: number): TokenSet {
    const accessToken = `canary-clio-access-${this.next++}`;
    this.byAccess.set(accessToken, { firm, ends: this.world.now + lives });
    return { accessToken, refreshToken, expiresInSeconds: Math.round(lives / 1_000) };
  }
}
