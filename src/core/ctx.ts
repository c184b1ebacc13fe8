// Who asks, when, and through what: the first argument of everything that decides or acts.

import { randomUUID } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Db } from './db/index.ts'
import type { Catalogs } from './form/types.ts'
import type { LawBook } from './law/types.ts'
import type { NationalCatalogue } from './national/types.ts'
import type { Notices } from './notices/types.ts'
import { type Actor, system } from './policy/actor.ts'
import type { AccessRules } from './policy/access.ts'
import type { SignInRules } from './policy/sign-in.ts'
import type { FormSet, Printer } from './print/index.ts'
import type { PaymentSettings } from './payments/types.ts'
import type { Calendar } from './workdays/types.ts'

/** The body of law and units a province lives on. */
export interface PackFacts {
  readonly id: string
  readonly title: string
  /** 'YYYY-MM-DD'; `to` is null for the present. */
  readonly from: string
  readonly to: string | null
}

/** What does not change while the process runs. */
export interface Env {
  readonly db: Db
  /** Law, units and forms it was founded with */
  readonly pack: PackFacts
  readonly clock: Clock
  /** The address citizens see, without a trailing slash. */
  readonly publicUrl: string
  readonly dataDir: string
  readonly secret: string
  /** Every rule that gives a figure, by day */
  readonly law: LawBook
  /** Working days and office hours of the province */
  readonly calendar: Calendar
  /** Code tables that forms name */
  readonly catalogs: Catalogs
  /** Templates of dossier numbers, newest first */
  readonly dossierNumbers: readonly { readonly from: string; readonly template: string }[]
  /** Sets papers, with the province's own templates over the pack's */
  readonly printer: Printer
  /** Sets of official forms with their dates */
  readonly forms: readonly FormSet[]
  /** Words and rules of what people are told, and the ways out of the house */
  readonly notices: Notices
  /** What proof a sign-in asks for; the standard's own numbers unless told. */
  readonly signIn?: SignInRules
  /** Why officers may look at dossiers that are not their work. */
  readonly access: AccessRules
  /** Banks that tell of payments, and how long orders and refunds may take */
  readonly payments: PaymentSettings
  /** The national database of procedures; without it lists come by file */
  readonly national?: NationalCatalogue | null
}

export interface Ctx extends Env {
  readonly actor: Actor
  /** The one instant of this request; every row it writes carries it. */
  readonly now: Date
  readonly requestId: string
  /** Why a program looks at a dossier that is not its officer's work: the header `access-reason`, as it came. */
  readonly accessReason?: string
}

export const makeCtx = (env: Env, actor: Actor, requestId: string = randomUUID()): Ctx => ({ ...env, actor, now: env.clock.now(), requestId })

/** A context in which the platform itself acts (timers, reactions, imports). */
export const systemCtx = (env: Env, name: string): Ctx => makeCtx(env, system(name))

/** The same request, carried on as another actor. */
export const as = (ctx: Ctx, actor: Actor): Ctx => ({ ...ctx, actor })
