// Our side of OpenID Connect with VNeID: code flow, PKCE, state, nonce; nothing of it is kept once the claims are read.

import * as oidc from 'openid-client'
import { Forbidden, Unavailable } from '#core/errors.ts'
import type { Pending } from './cookies.ts'
import type { SignInOptions } from './types.ts'

const SCOPE = 'openid identity address phone email organization'

class NoAnswer extends Error {}

const unavailable = (cause: unknown): Unavailable =>
  new Unavailable('vneid', 'VNeID chưa trả lời. Đợi vài phút rồi thử lại; nếu gấp, bạn có thể nộp hồ sơ trực tiếp tại Bộ phận một cửa.', {
    cause: cause as Error,
  })

const refused = (): Forbidden =>
  new Forbidden(
    'session.vneid_refused',
    'VNeID không cho đăng nhập, hoặc bạn đã chọn không đồng ý chia sẻ thông tin. Chưa có thông tin nào được gửi cho chúng tôi.',
  )

const doubtful = (): Forbidden =>
  new Forbidden(
    'session.vneid_doubtful',
    'Câu trả lời của VNeID không khớp với lần đăng nhập này nên không được chấp nhận. Hãy bắt đầu đăng nhập lại từ đầu.',
    401,
  )

export interface RelyingParty {
  /** Where to send the browser, and what to remember meanwhile. Throws Unavailable('vneid'). */
  begin(returnTo: string | null): Promise<{ url: URL; pending: Pending }>
  /** The claims behind the answer that came to the callback. Throws Unavailable, or Forbidden when it was refused or does not fit. */
  finish(callbackUrl: URL, pending: Pending): Promise<Record<string, unknown>>
}

/** Asks VNeID for its description at the first sign-in, not at start, and again after a while. */
export function createRelyingParty({ env: { publicUrl }, vneid }: SignInOptions): RelyingParty {
  const { issuer, clientId, clientSecret, internalBase, timeout = 8, discoveryFor = 10 } = vneid
  let known: { configuration: oidc.Configuration; until: number } | null = null

  const fetchInside: oidc.CustomFetch = async (url, options) => {
    const base = internalBase?.()
    const inside = base && (url === publicUrl || url.startsWith(`${publicUrl}/`)) ? base + url.slice(publicUrl.length) : url
    const response = await fetch(inside, options as RequestInit).catch((cause: unknown) => {
      throw new NoAnswer('VNeID không trả lời', { cause })
    })
    if (response.status >= 500) throw new NoAnswer(`VNeID trả lời ${response.status}`)
    return response
  }

  async function configuration(): Promise<oidc.Configuration> {
    if (known && performance.now() < known.until) return known.configuration
    const execute = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []
    const found = await oidc.discovery(new URL(issuer), clientId, { client_secret: clientSecret }, oidc.ClientSecretBasic(clientSecret), {
      [oidc.customFetch]: fetchInside,
      timeout,
      execute,
    })
    known = { configuration: found, until: performance.now() + discoveryFor * 1000 }
    return found
  }

  return {
    async begin(returnTo) {
      const pending: Pending = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), returnTo }
      const challenge = await oidc.calculatePKCECodeChallenge(pending.verifier)
      const found = await configuration().catch((error: unknown) => {
        throw unavailable(error)
      })
      const url = oidc.buildAuthorizationUrl(found, {
        redirect_uri: `${publicUrl}/sign-in/vneid/callback`,
        scope: SCOPE,
        state: pending.state,
        nonce: pending.nonce,
        ui_locales: 'vi',
        code_challenge: challenge,
        code_challenge_method: 'S256',
      })
      return { url, pending }
    },

    async finish(callbackUrl, { state, nonce, verifier }) {
      try {
        const found = await configuration()
        const tokens = await oidc.authorizationCodeGrant(found, callbackUrl, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        const { sub } = tokens.claims()!
        return await oidc.fetchUserInfo(found, tokens.access_token, sub)
      } catch (error) {
        throw explained(error)
      }
    },
  }
}

/** openid-client wraps what went wrong; the reason may lie several causes deep. */
function explained(error: unknown): Error {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof NoAnswer || at.name === 'TimeoutError') return unavailable(error)
  }
  if (error instanceof oidc.AuthorizationResponseError) {
    if (error.error === 'access_denied') return refused()
    return error.error === 'temporarily_unavailable' || error.error === 'server_error' ? unavailable(error) : doubtful()
  }
  return Object.assign(doubtful(), { cause: error })
}
