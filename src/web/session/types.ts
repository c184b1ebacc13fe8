// What every request knows about who sends it, and what the sign-in pages are told by the server that mounts them.

import type { Ctx, Env } from '#core/ctx.ts'
import type { Post } from '#core/policy/actor.ts'
import type { RecognisedSession } from '#modules/identity/index.ts'
import type { PageProps } from '#ui/index.ts'

/** How the sender was recognised. */
export interface RequestSession {
  /** A browser's cookie, or a program's bearer token. */
  readonly by: 'cookie' | 'token'
  readonly id: string
  /** All posts that the officer holds today; empty for a citizen. */
  readonly posts: readonly Post[]
  /** The one post acted in. By token without a post: null, and `ctx.actor.posts` holds them all. */
  readonly post: Post | null
  /** Of a cookie's session; see RecognisedSession. Tokens have none of it. */
  readonly administrator?: boolean
  readonly mustEnrol?: boolean
  readonly mustChange?: boolean
  readonly hasFactor?: boolean
  readonly confirmedAt?: Date | null
  readonly idleMinutes?: number | null
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, when, through what. Set before any handler runs. */
    ctx: Ctx
    /** null when nobody is signed in. */
    session: RequestSession | null
    /** A session left alone for too long: whose it is, though nobody is signed in until they prove themselves. */
    locked: RecognisedSession | null
    /** For `Page({ csrf })`; undefined when nobody is signed in by cookie. */
    csrfToken: string | undefined
  }
  interface FastifyContextConfig {
    /** false: neither session nor CSRF is looked at (assets, simulators, callbacks of machines). */
    session?: false
    /** `in-body`: the handler reads the body itself (uploads) and calls `checkCsrf` with the field `_csrf` before it changes anything.
     *  `origin-only`: for signing in, where a session held before decides nothing. */
    csrf?: 'in-body' | 'origin-only'
    /** What a page asks by itself (live updates): keeps no session awake. */
    passive?: true
    /** Answers although the session is locked. */
    whileLocked?: true
    /** Open to those who must first set up a second factor or change their password. */
    settling?: true
    /** Changes rights or keys: asks for a fresh proof of who is there. */
    confirm?: true
  }
}

export interface SessionOptions {
  readonly env: Env
}

export interface VneidClient {
  /** `${publicUrl}/twins/vneid` for the simulator. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Where this server reaches itself, such as http://127.0.0.1:8080: used for issuers below `publicUrl`, which may not resolve from inside. */
  readonly internalBase?: () => string
  /** Seconds to wait for VNeID; 8 unless told. */
  readonly timeout?: number
  /** Seconds for which VNeID's description of itself is believed; 10 unless told. */
  readonly discoveryFor?: number
}

export interface SignInOptions extends SessionOptions {
  readonly vneid: VneidClient
  /** Where one goes after signing in without having come from somewhere: / and /desk unless told. */
  readonly homes?: { readonly citizen: string; readonly officer: string }
  /** Stylesheet and script of the pages; those decorated on the server as `pageAssets` unless told. */
  readonly assets?: PageProps['assets']
  /** Name of the province under the name of the site. */
  readonly place?: string
}

export const HOMES = { citizen: '/', officer: '/desk' } as const
