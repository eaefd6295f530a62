import { grantableScopes } from './scopes.js';
import type { Answer } from '../answer.js';
import type { World } from '../world.js';

/** The issuer is the sandbox's own address, so that a client pointed here finds `iss` where it looked. */
export function discovery(world: World): Answer {
  return {
    status: 200,
    json: {
      issuer: world.url,
      jwks_uri: `${world.url}/.well-known/openid-configuration/jwks`,
      authorization_endpoint: `${world.url}/identity/connect/authorize`,
      token_endpoint: `${world.url}/connect/token`,
      revocation_endpoint: `${world.url}/connect/revocation`,
      scopes_supported: [...grantableScopes],
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['public'],
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
    },
  };
}

export function signingKeys(world: World): Answer {
  return { status: 200, json: { keys: [world.signer.jwk] } };
}
