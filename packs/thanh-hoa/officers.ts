// The officers of the demo province: a holder for every post of every live unit, the same ones every time.
// They are invented; no name, number or address is anybody's.
import { type OfficerRole, type Seat, seatsOf } from './establishment.ts'
import { dayIn, isMountain, personOf, randomOf, type Sex } from './names.ts'
import type { Unit } from './types.ts'

export interface OfficerSeed {
  readonly id: string
  readonly fullName: string
  readonly sex: Sex
  readonly ethnicity: string
  readonly birthOn: string
  readonly login: string
  readonly phone: string
  readonly email: string
  /** The day after which the officer has left the service, else null. */
  readonly leftOn: string | null
}

/** One holding of a post. `seat` is the post; two rows of one seat are its earlier and its present holder. */
export interface PostSeed {
  readonly id: string
  readonly seat: string
  readonly unitId: string
  readonly role: OfficerRole
  readonly title: string
  readonly holder: string
  readonly from: string
  readonly to: string | null
}

const SHORT: Record<OfficerRole, string> = {
  van_thu: 'vanthu',
  chuyen_vien: 'chuyenvien',
  lanh_dao_phong: 'truongphong',
  lanh_dao_don_vi: 'lanhdao',
  chanh_van_phong: 'chanhvp',
  chu_tich: 'chutich',
  mot_cua: 'motcua',
  thu_phi: 'thuphi',
  bcci: 'buuchinh',
  kiem_soat_tthc: 'kiemsoat',
  giam_sat: 'giamsat',
  quan_tri_don_vi: 'quantri',
  quan_tri_he_thong: 'quantriht',
  an_toan_tt: 'antoan',
}

const LEADERS: readonly OfficerRole[] = ['chu_tich', 'lanh_dao_don_vi', 'chanh_van_phong']

/** `motcua.14797`, the second one `motcua2.14797`, in a room `chuyenvien.14797.vhxh`; an earlier holder ends in `.cu`. */
const loginOf = (role: OfficerRole, n: number, unit: Unit): string => `${SHORT[role]}${n > 1 ? n : ''}.${unit.code.toLowerCase()}`

/** The 5-digit code of the commune a unit belongs to, or null at the province. */
const communeOf = (unit: Unit): string | null => /^th-(?:old-)?(\d{5})(-|$)/.exec(unit.id)?.[1] ?? null

/** Which posts a unit has, and when a few chairmen changed: the two tiers of today unless told. */
export interface Establishment {
  readonly seatsOf: (unit: Unit, poorlyStaffed: boolean) => readonly Seat[]
  /** The last day of the former chairman of a few communes, and the first of the present one. */
  readonly leftOn: string
  readonly changedOn: string
}
const TODAY: Establishment = { seatsOf, leftOn: '2026-02-28', changedOn: '2026-03-01' }

/** Every live unit's posts and holders. Pure: equal units give equal officers; a name depends on the post alone. */
export function generateOfficers(units: readonly Unit[], { seatsOf, leftOn: LEFT_ON, changedOn: CHANGED_ON }: Establishment = TODAY): { officers: OfficerSeed[]; posts: PostSeed[] } {
  const officers: OfficerSeed[] = []
  const posts: PostSeed[] = []
  const shared: { post: Omit<PostSeed, 'holder'>; heldBy: string }[] = []
  const hire = (key: string, role: OfficerRole, login: string, commune: string | null, leftOn: string | null): string => {
    const person = personOf(key, commune)
    const random = randomOf(`${key}/birth`)
    const year = leftOn ? 1964 : 1967 + Math.floor(random() * (LEADERS.includes(role) ? 19 : 31))
    const birthOn = dayIn(year, random)
    const id = `cb-${login}`
    const phone = `0900${String(officers.length).padStart(6, '0')}`
    officers.push({ id, ...person, birthOn, login, phone, email: `${login}@thanhhoa.example`, leftOn })
    return id
  }
  for (const unit of units) {
    if (unit.validTo !== null) continue
    const commune = communeOf(unit)
    const counts = new Map<OfficerRole, number>()
    for (const one of seatsOf(unit, commune !== null && isMountain(commune))) {
      const n = (counts.get(one.role) ?? 0) + 1
      counts.set(one.role, n)
      const seat = `${unit.id}/${one.role}/${n}`
      const post = { id: seat, seat, unitId: unit.id, role: one.role, title: one.title, from: unit.validFrom, to: null }
      if (one.heldBy) {
        shared.push({ post, heldBy: one.heldBy })
        continue
      }
      const login = loginOf(one.role, n, unit)
      const changed = one.role === 'chu_tich' && commune !== null && randomOf(`${seat}/changed`)() < 0.08
      if (changed) {
        const before = hire(`${seat}/before`, one.role, `${login}.cu`, commune, LEFT_ON)
        posts.push({ ...post, id: `${seat}/truoc`, holder: before, to: LEFT_ON })
      }
      posts.push({ ...post, holder: hire(seat, one.role, login, commune, null), from: changed ? CHANGED_ON : post.from })
    }
  }
  const holders = new Map(posts.filter(({ to }) => to === null).map(({ seat, holder }) => [seat, holder]))
  for (const { post, heldBy } of shared) {
    const holder = holders.get(heldBy)
    if (!holder) throw new Error(`Không có chức danh ${heldBy} để kiêm nhiệm ${post.seat}.`)
    posts.push({ ...post, holder })
  }
  return { officers, posts }
}
