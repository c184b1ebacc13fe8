// What others ask about the organisation: who a code means today, which desk a step lies on, who holds which post.

import type { Reader } from '#core/db/index.ts'
import { NotFound } from '#core/errors.ts'
import { ROLES } from '#core/policy/actor.ts'
import { goneSentence, takenBack } from './gone.ts'
import { formerByCode, formerByName } from './former.ts'
import { lineOf, type Said } from './heirs.ts'
import type { Resolution, Unit } from './schema.ts'
import * as store from './store.ts'

const unknownUnit = (what: string) => new NotFound('org.no_unit', `Không có đơn vị nào mang mã hoặc tên “${what}”. Xem lại mã, hoặc tìm theo tên.`)

/** The unit with that id. Throws NotFound. */
export async function getUnit(reader: Reader, id: string): Promise<Unit> {
  const unit = await store.byId(reader, id)
  if (!unit) throw unknownUnit(id)
  return unit
}

/** Whom a code (of any scheme) or a name means, and who is in charge of it today. `on` asks for the bearer on that date; without it a
 *  living bearer is preferred. Of a divided unit the heir that its rules name for what is `said`, else the main one. Several answers when a name was
 *  borne by several units. Throws NotFound. */
export async function resolveUnit(reader: Reader, codeOrName: string, on?: string, said?: Said): Promise<Resolution[]> {
  const text = codeOrName.trim()
  const coded = text === '' ? [] : [...(await store.byCode(reader, text, on)), ...(await formerByCode(reader, text, on))]
  const bearers = coded.length > 0 ? coded : text === '' ? [] : [...(await store.byName(reader, text, on)), ...(await formerByName(reader, text, on))]
  const chosen = coded.length > 0 && on === undefined ? bearers.slice(0, 1) : bearers
  const found: Resolution[] = []
  for (const asked of chosen) {
    const now = asked.validTo === null ? asked : ((await store.byId(reader, asked.id)) ?? asked) // a former name may be a living unit's
    const end = await lineOf(reader, now, said)
    if (end) found.push({ asked, ...end })
  }
  if (found.length === 0) {
    const gone = text === '' ? null : await takenBack(reader, text)
    throw gone ? new NotFound('org.unit_taken_back', goneSentence(gone)) : unknownUnit(codeOrName)
  }
  return found
}

/** Who is in charge today of what a unit had, for what is `said` of the matter. */
export const resolutionOf = async (reader: Reader, unit: Unit, said?: Said): Promise<Resolution> => ({ asked: unit, ...((await lineOf(reader, unit, said)) ?? { live: unit, successors: [] }) })

/** The live unit in charge of a code today. Throws NotFound. */
export async function liveUnit(reader: Reader, code: string): Promise<Unit> {
  const [first] = await resolveUnit(reader, code)
  return first!.live
}

/** The unit in charge today of what a unit had: itself while it lives, else the end of its main line of heirs. Throws NotFound. */
export async function liveHeir(reader: Reader, id: string): Promise<Unit> {
  const unit = await getUnit(reader, id)
  return (await lineOf(reader, unit))?.live ?? unit
}

/** The same by id alone; of a unit that the register does not know, the id itself. */
export const heirId = async (reader: Reader, id: string): Promise<string> => {
  const unit = await store.byId(reader, id)
  return unit && unit.validTo !== null ? ((await lineOf(reader, unit))?.live.id ?? id) : id
}

// Roles of a process that are nobody's post: who does them in the unit named.
const DOERS: Record<string, readonly string[]> = { co_quan_phoi_hop: ['chuyen_vien'], thue: ['chuyen_vien'], lanh_dao_don_vi: ['lanh_dao_don_vi', 'chu_tich'] }

/** The roles of posts that may do a step of process role `role`. */
export const doersOf = (role: string): readonly string[] => DOERS[role] ?? (role in ROLES ? [role] : [])

/** The unit whose desk a step of `role` at `unit` lies on: the unit itself, a part of it, or else the one above. */
export async function deskFor(reader: Reader, unit: Unit, role: string): Promise<Unit> {
  const roles = doersOf(role)
  return roles.length === 0 ? unit : ((await store.nearestWithRole(reader, unit, roles)) ?? unit)
}

/** The officer. Throws NotFound. */
export async function getOfficer(reader: Reader, id: string): Promise<{ id: string; fullName: string; phone: string | null }> {
  const officer = await store.officer(reader, id)
  if (!officer) throw new NotFound('org.no_officer', 'Không có cán bộ này.')
  return officer
}
