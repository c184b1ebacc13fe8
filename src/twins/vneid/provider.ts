// The OpenID provider behind the simulator: code flow with PKCE, one client, RS256, no JavaScript.

import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider'
import { memoryAdapter } from './adapter.ts'
import { claimsOf, SCOPES, subjectOf } from './claims.ts'
import type { Keys } from './keys.ts'
import { errorPage } from './pages.tsx'
import type { Faults, VneidOptions } from './types.ts'

export const CLIENT_ID = 'tinhso'
export const SESSION_COOKIE = 'vneid_session'

/** Where the platform waits for the answer. */
export const CALLBACK = '/sign-in/vneid/callback'

export function makeProvider({ publicUrl, citizens }: VneidOptions, issuer: string, keys: Keys, faults: Faults): Provider {
  const bySubject = new Map(citizens.map((citizen) => [subjectOf(citizen.personalId), citizen]))
  const configuration: Configuration = {
    // oidc-provider measures its lives by the wall clock, so its store must too
    adapter: memoryAdapter(Date.now),
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: keys.clientSecret,
        client_name: 'Cổng dịch vụ công của tỉnh',
        redirect_uris: [`${publicUrl}${CALLBACK}`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: 'RS256',
      },
    ],
    jwks: { keys: [keys.jwk] } as Configuration['jwks'],
    cookies: {
      keys: keys.cookieKeys,
      names: { session: SESSION_COOKIE, interaction: 'vneid_interaction', resume: 'vneid_resume' },
    },
    scopes: Object.keys(SCOPES),
    claims: Object.fromEntries(Object.entries(SCOPES).map(([scope, { claims }]) => [scope, [...claims]])),
    pkce: { required: () => true },
    responseTypes: ['code'],
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `${new URL(issuer).pathname}/interaction/${interaction.uid}` },
    ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 3600, Grant: 3600 },
    findAccount(_ctx, subject) {
      const citizen = bySubject.get(subject)
      if (!citizen) return undefined
      return { accountId: subject, claims: () => claimsOf(citizen, faults.levelOneOnly ? 1 : citizen.level) }
    },
    renderError(ctx: KoaContextWithOIDC, out, error) {
      ctx.type = 'html'
      ctx.body = errorPage({
        publicUrl,
        issuer,
        lost: error.name === 'SessionNotFound',
        detail: `${out.error}: ${out.error_description ?? ''}`,
      })
    },
  }
  const provider = new Provider(issuer, configuration)
  provider.proxy = true // the handler says by header at which address the platform is seen
  spoilTokens(provider, faults)
  return provider
}

interface IssuesTokens {
  prototype: { issue(this: unknown, options: { use?: string; expiresAt?: number | null }): Promise<string> }
}

function spoilTokens(provider: Provider, faults: Faults): void {
  const { prototype } = (provider as unknown as { IdToken: IssuesTokens }).IdToken
  const issue = prototype.issue
  prototype.issue = function (options) {
    return issue.call(this, faults.expiredToken && options.use === 'idtoken' ? { ...options, expiresAt: 1 } : options)
  }
}
