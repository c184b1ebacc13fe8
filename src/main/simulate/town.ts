// The places of the month: the province's centre and ten communes, who works there, and who comes.

import { type Ctx, type Env, makeCtx, systemCtx } from '#core/ctx.ts'
import type { Citizen, Officer, Role } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/index.ts'
import { knowCitizen } from '#modules/identity/index.ts'
import { deskFor, doersOf, findUnitByKey, getOfficer, listHolders, listUnits, postsHeldBy, type Unit } from '#modules/org/index.ts'
import { claimsOf } from '#twins/vneid/index.ts'
import { citizen, type CitizenSeed } from '../pack.ts'
import { chance } from './chance.ts'

export interface Centre {
  /** The unit itself: a commune, or the province. */
  readonly unit: Unit
  /** Its one-stop desk. */
  readonly desk: Unit
  /** Code of the commune; null at the province's centre. */
  readonly commune: string | null
}

export interface Town {
  readonly centres: readonly Centre[]
  /** Codes of all communes of the province. */
  readonly communes: ReadonlySet<string>
  /** A context in which the n-th citizen acts now. */
  citizen(n: number): Promise<Ctx>
  seedOf(n: number): CitizenSeed
  /** Somebody who may do steps of this role in the unit, acting now; null when nobody is there. */
  officer(unitId: string, stepRole: string, which?: number): Promise<Ctx | null>
}

export async function openTown(env: Env, seed: string, communes: number): Promise<Town> {
  const { db } = env
  const units = await listUnits(db, { level: 'xa' })
  const chosen = [...units].sort((a, b) => chance(seed, 'town', a.code) - chance(seed, 'town', b.code)).slice(0, communes)
  const [any] = chosen
  if (!any) throw new Error('Tỉnh chưa có xã, phường nào; hãy nạp tỉnh mẫu trước khi mô phỏng.')
  const province = await findUnitByKey(db, 'trung_tam_phuc_vu_hanh_chinh_cong_tinh', any)
  const centres: Centre[] = []
  for (const unit of [...(province ? [province] : []), ...chosen]) {
    centres.push({ unit, desk: await deskFor(db, unit, 'mot_cua'), commune: unit.level === 'xa' ? unit.code : null })
  }
  const citizens = new Map<number, Promise<Citizen>>()
  const officers = new Map<string, Promise<Officer | null>>()
  const today = (): string => localDate(env.clock.now())

  async function find(unitId: string, stepRole: string, which: number): Promise<Officer | null> {
    const roles: readonly string[] = stepRole === 'cong_dan' ? ['mot_cua'] : doersOf(stepRole)
    for (const role of roles) {
      const holders = await listHolders(db, unitId, role as Role, today())
      if (holders.length === 0) continue
      const { id } = holders[which % holders.length]!
      const { fullName } = await getOfficer(db, id)
      return { kind: 'officer', id, name: fullName, posts: (await postsHeldBy(db, id, today())).filter((post) => post.unitId === unitId) }
    }
    return null
  }

  return {
    centres,
    communes: new Set(units.map((unit) => unit.code)),
    seedOf: (n) => citizen(n),
    async citizen(n) {
      const known = citizens.get(n) ?? knowCitizen(systemCtx(env, 'Mô phỏng'), claimsOf(citizen(n)))
      citizens.set(n, known)
      return makeCtx(env, { ...(await known), level: 2 })
    },
    async officer(unitId, stepRole, which = 0) {
      const key = `${unitId} ${stepRole} ${which} ${today()}`
      const known = officers.get(key) ?? find(unitId, stepRole, which)
      officers.set(key, known)
      const actor = await known
      return actor && makeCtx(env, actor)
    },
  }
}
