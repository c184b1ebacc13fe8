// The plan of 1 July 2025 as the packs have it: what lived on 30 June, what lives since, and who succeeded whom. Pure but for reading the packs.

import type { z } from 'zod'
import type { ProvinceSeed, SeatSeed, UnitSeed } from '#modules/org/index.ts'
import type { PlanInput } from '#modules/reorg/index.ts'
import { loadProvinceSeed, loadSeatSeed } from '../pack.ts'

export const DAY = '2025-07-01'
export type DrawnPlan = z.input<typeof PlanInput>
type DrawnStep = DrawnPlan['steps'][number]

const ONE_STOP = { old: 'bo_phan_mot_cua', now: 'trung_tam_phuc_vu_hanh_chinh_cong' }

function creation(unit: UnitSeed, posts: ProvinceSeed['posts'], seat: SeatSeed | undefined): DrawnStep {
  return {
    kind: 'create',
    unit: {
      id: unit.id, code: unit.code, name: unit.name, shortName: unit.shortName, kind: unit.kind, level: unit.level, parent: unit.parent!, identifier: unit.identifier ?? null, qcvn: unit.qcvn ?? null,
      adminCode: unit.adminCode ?? null, key: unit.key ?? null, posts: posts.map(({ role, title }) => ({ role: role as never, title })),
      seat: seat ? { latitude: seat.latitude, longitude: seat.longitude, address: seat.address, source: seat.source } : null,
    },
  }
}

const POLICE = 'cong_an_xa'
type Appointment = NonNullable<DrawnPlan['appointments']>[number]

/** Posts that one person of a unit holds, and from which former posts people come to them, the likeliest first. */
const HEADS: readonly (readonly [role: string, from: readonly string[]])[] = [
  ['chu_tich', ['chu_tich', 'lanh_dao_don_vi']], ['lanh_dao_don_vi', ['lanh_dao_don_vi', 'chu_tich']], ['chanh_van_phong', ['chanh_van_phong', 'lanh_dao_phong', 'lanh_dao_don_vi', 'chu_tich']],
  ['lanh_dao_phong', ['lanh_dao_phong', 'lanh_dao_don_vi', 'chu_tich']],
]

/** Who heads the new units: heads of the old ones, those of the same ground first, each one post. Whoever is no head follows the work. */
function appointmentsOf(fresh: readonly UnitSeed[], before: ProvinceSeed, after: ProvinceSeed, districtOf: (commune: string) => string, mainOf: (id: string) => string | null): Appointment[] {
  const byId = new Map(before.units.map((unit) => [unit.id, unit]))
  const home = (unit: string): { commune: string | null; district: string } => {
    for (let at = byId.get(unit); at; at = at.parent ? byId.get(at.parent) : undefined) {
      if (at.level === 'xa') return { commune: mainOf(at.id), district: at.parent ?? '' }
      if (at.level === 'huyen') return { commune: null, district: at.id }
    }
    return { commune: null, district: '' }
  }
  const roles = new Set(HEADS.flatMap(([, from]) => from))
  // people wait in line by where they come from; whoever has been taken is passed over
  const lines = new Map<string, string[]>()
  for (const post of before.posts) {
    const holder = post.holders.find(({ to }) => !to)
    if (!roles.has(post.role) || !holder || mainOf(post.unitId) === null) continue
    const { commune, district } = home(post.unitId)
    const corps = byId.get(post.unitId)!.key === POLICE ? POLICE : ''
    for (const line of [commune ? `xã ${commune}` : `huyện ${district}`, `địa bàn ${district}`, 'tỉnh']) lines.set(`${corps} ${post.role} ${line}`, [...(lines.get(`${corps} ${post.role} ${line}`) ?? []), holder.officer])
  }
  const taken = new Set<string>()
  const next = (line: string): string | undefined => {
    const waiting = lines.get(line)
    while (waiting && waiting.length > 0) {
      const officer = waiting.shift()!
      if (!taken.has(officer)) return officer
    }
    return undefined
  }
  const freshIds = new Map(fresh.map((unit) => [unit.id, unit]))
  const wanted = after.posts.flatMap((post) => {
    const unit = freshIds.get(post.unitId)
    return unit ? [{ post, corps: unit.key === POLICE ? POLICE : '', commune: unit.level === 'xa' ? unit.id : unit.parent!, kept: post.holders.find(({ to }) => !to)?.officer ?? '' }] : []
  })
  const holderOf = new Map<string, string>()
  const found: Appointment[] = []
  for (const [role, from] of HEADS) {
    for (const { post, corps, commune, kept } of wanted.filter((one) => one.post.role === role)) {
      // a post held beside another one in today's establishment goes to the same person here
      let officer = holderOf.get(kept)
      for (const line of [`xã ${commune}`, `huyện ${districtOf(commune)}`, `địa bàn ${districtOf(commune)}`, 'tỉnh']) for (const old of from) officer ??= next(`${corps} ${old} ${line}`)
      if (!officer) continue
      taken.add(officer)
      holderOf.set(kept, officer)
      found.push({ officer, unit: post.unitId, role: role as never, title: post.title })
    }
  }
  return found
}

/** The whole plan: 166 communes and wards with their offices begin, 547 end in them, 26 districts end and each dossier goes to the commune it is of. */
export function planOf2025(before: ProvinceSeed = loadProvinceSeed('ba-cap'), after: ProvinceSeed = loadProvinceSeed('hai-cap'), seats: readonly SeatSeed[] = loadSeatSeed('hai-cap')): DrawnPlan {
  const living = new Map(before.units.filter((unit) => !unit.validTo).map((unit) => [unit.id, unit]))
  const fresh = after.units.filter((unit) => !unit.validTo && !living.has(unit.id))
  const posts = Map.groupBy(after.posts, (post) => post.unitId)
  const seatOf = new Map(seats.map((seat) => [seat.unitId, seat]))
  const passages = after.successions.filter(({ on, from }) => on === DAY && living.has(from))
  const heirs = Map.groupBy(passages, ({ from }) => from)
  const mainOf = (id: string): string => heirs.get(id)!.find(({ main }) => main)!.to
  const ending = [...heirs.keys()].map((id) => living.get(id)!)
  const communes = ending.filter(({ level }) => level === 'xa')
  const whole = communes.filter(({ id }) => heirs.get(id)!.length === 1)
  const keepsCode = (old: UnitSeed): number => (old.adminCode === living.get(old.id)?.adminCode && after.units.some((unit) => unit.id === mainOf(old.id) && unit.adminCode === old.adminCode) ? 0 : 1)
  const merged = Map.groupBy(whole.toSorted((a, b) => keepsCode(a) - keepsCode(b) || (a.id < b.id ? -1 : 1)), ({ id }) => mainOf(id))
  const partOf = (units: Iterable<UnitSeed>, parent: string, key: string) => [...units].find((unit) => unit.parent === parent && unit.key === key)
  const desks = Map.groupBy(communes.flatMap((old) => partOf(living.values(), old.id, ONE_STOP.old) ?? []), (desk) => partOf(fresh, mainOf(desk.parent!), ONE_STOP.now)?.id ?? '')
  const steps: DrawnStep[] = [
    ...fresh.map((unit) => creation(unit, posts.get(unit.id) ?? [], seatOf.get(unit.id))),
    ...[...merged].map(([into, from]): DrawnStep => ({ kind: 'merge', from: from.map(({ id }) => id), into })),
    ...communes.filter(({ id }) => heirs.get(id)!.length > 1).map(({ id }): DrawnStep => ({ kind: 'split', unit: id, into: heirs.get(id)!.map(({ to }) => to), main: mainOf(id) })),
    ...[...desks].filter(([into]) => into !== '').map(([into, from]): DrawnStep => ({ kind: 'merge', from: from.map(({ id }) => id), into })),
    ...ending.filter(({ level }) => level === 'huyen').map(({ id }): DrawnStep => ({ kind: 'abolish', unit: id, main: mainOf(id), rules: [{ by: 'commune' }] })),
  ]
  const districtOf = (commune: string): string => living.get(passages.find(({ to, from, main }) => main && to === commune && living.get(from)!.level === 'xa')?.from ?? '')?.parent ?? ''
  const heirOf = (id: string): string | null => {
    for (let at = living.get(id); at; at = at.parent ? living.get(at.parent) : undefined) if (heirs.has(at.id)) return mainOf(at.id)
    return null
  }
  return {
    title: 'Sắp xếp đơn vị hành chính, kết thúc cấp huyện tỉnh Thanh Hóa từ ngày 01/7/2025', day: DAY, decisionNo: '1686/NQ-UBTVQH15', decisionOn: '2025-06-16',
    note: 'Nghị quyết 1686/NQ-UBTVQH15 ngày 16/6/2025: 547 xã, phường, thị trấn thành 166 xã, phường. Nghị quyết 203/2025/QH15: kết thúc cấp huyện. Xã chia về nhiều nơi: chưa có danh sách thôn nên hồ sơ theo đơn vị nhận chính.',
    steps, windowDays: 30, appointments: appointmentsOf(fresh, before, after, districtOf, heirOf),
  }
}
