// Where the demo province's units have their seats. The towns are known in general; every commune stands where a rule puts it,
// marked as an illustration, because no open list of coordinates was at hand. Replace the rows by measured ones: nothing else changes.
import type { Succession, Unit } from './types.ts'

export interface SeatRow {
  readonly unitId: string
  readonly latitude: number
  readonly longitude: number
  readonly address: string | null
  readonly source: string
  readonly sure: 'measured' | 'memory' | 'generated'
}

const MEMORY = 'Tọa độ gần đúng của trung tâm huyện theo hiểu biết chung, chưa kiểm chứng'
const GENERATED = 'Vị trí minh họa do quy tắc xếp quanh trung tâm huyện sinh ra, không phải tọa độ thật'

/** Districts: seat (latitude, longitude; general knowledge) and area in km² (rounded), which says how far its communes spread. */
const TOWNS: Readonly<Record<string, readonly [latitude: number, longitude: number, areaKm2: number, town: string]>> = {
  380: [19.807, 105.776, 229, 'phường Điện Biên'], 381: [20.078, 105.86, 64, 'phường Ngọc Trạo'], 382: [19.742, 105.897, 45, 'phường Trường Sơn'], 384: [20.537, 104.605, 808, 'thị trấn Mường Lát'],
  385: [20.374, 105.103, 989, 'thị trấn Hồi Xuân'], 386: [20.344, 105.237, 778, 'thị trấn Cành Nàng'], 387: [20.265, 104.955, 943, 'thị trấn Sơn Lư'], 388: [20.153, 105.243, 587, 'thị trấn Lang Chánh'],
  389: [20.087, 105.372, 491, 'thị trấn Ngọc Lặc'], 390: [20.206, 105.475, 425, 'thị trấn Phong Sơn'], 391: [20.13, 105.67, 559, 'thị trấn Kim Tân'], 392: [20.002, 105.842, 244, 'thị trấn Hà Trung'],
  393: [20.046, 105.617, 158, 'thị trấn Vĩnh Lộc'], 394: [19.972, 105.653, 229, 'thị trấn Quán Lào'], 395: [19.934, 105.521, 294, 'thị trấn Thọ Xuân'], 396: [19.904, 105.35, 1108, 'thị trấn Thường Xuân'],
  397: [19.818, 105.598, 290, 'thị trấn Triệu Sơn'], 398: [19.886, 105.679, 160, 'thị trấn Thiệu Hóa'], 399: [19.86, 105.85, 203, 'thị trấn Bút Sơn'], 400: [19.917, 105.888, 144, 'thị trấn Hậu Lộc'],
  401: [20.006, 105.978, 158, 'thị trấn Nga Sơn'], 402: [19.665, 105.433, 722, 'thị trấn Yên Cát'], 403: [19.627, 105.585, 588, 'thị trấn Bến Sung'], 404: [19.65, 105.688, 285, 'thị trấn Nông Cống'],
  405: [19.815, 105.727, 83, 'thị trấn Rừng Thông'], 406: [19.724, 105.794, 174, 'thị trấn Tân Phong'], 407: [19.448, 105.766, 456, 'phường Hải Hòa'],
}

const PROVINCE = [19.8066, 105.7767] as const
/** The coast, south to north: nothing is put into the sea. */
const COAST = [[19.28, 105.8], [19.45, 105.81], [19.6, 105.83], [19.7, 105.895], [19.76, 105.92], [19.85, 105.94], [19.92, 105.985], [20.0, 106.06], [20.1, 106.1]] as const
const KM_PER_DEGREE = 111.195
/** The angle at which a sunflower sets its seeds: even filling of a disc, the same every time. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5))

type At = readonly [latitude: number, longitude: number]

const coastAt = (latitude: number): number => {
  const at = COAST.findIndex(([south]) => south > latitude)
  const [a, b] = [COAST[Math.max(0, at - 1)]!, COAST[at < 0 ? COAST.length - 1 : at]!]
  return a === b || b[0] === a[0] ? a[1] : a[1] + ((b[1] - a[1]) * (latitude - a[0])) / (b[0] - a[0])
}

/** A point east of the coast is mirrored to the land side. */
const ashore = ([latitude, longitude]: At): At => {
  const coast = coastAt(latitude) - 0.004
  return [latitude, longitude > coast ? 2 * coast - longitude : longitude]
}

const seed = ([latitude, longitude]: At, n: number, spacingKm: number, turn: number): At => {
  const [radius, angle] = [spacingKm * 0.56 * Math.sqrt(n), n * GOLDEN + turn]
  return [latitude + (radius * Math.sin(angle)) / KM_PER_DEGREE, longitude + (radius * Math.cos(angle)) / (KM_PER_DEGREE * Math.cos((latitude * Math.PI) / 180))]
}

const round = (value: number): number => Math.round(value * 1e5) / 1e5
const row = (unitId: string, [latitude, longitude]: At, sure: SeatRow['sure'], address: string | null): SeatRow =>
  ({ unitId, latitude: round(latitude), longitude: round(longitude), address, source: sure === 'memory' ? MEMORY : GENERATED, sure })

/** Seats of the province, its districts and communes old and new. Old communes that became one stand together, the new one on the place of
 *  the one whose number it keeps. Rooms of a commune sit in its house and have no row. Pure: equal units give equal seats. */
export function generateSeats(units: readonly Unit[], successions: readonly Succession[]): SeatRow[] {
  const rows: SeatRow[] = [row('th', PROVINCE, 'memory', 'phường Hạc Thành')]
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const heir = new Map(successions.filter(({ main }) => main).map(({ from, to }) => [from, to]))
  const communes = units.filter((unit) => unit.level === 'xa' && unit.validTo !== null)
  const districtOf = (unit: Unit): string => byId.get(unit.parent ?? '')?.code ?? ''
  const townHall = new Map<string, string>()
  for (const [code, [latitude, longitude, , town]] of Object.entries(TOWNS)) {
    const district = units.find((unit) => unit.level === 'huyen' && unit.code === code)
    if (!district) continue
    rows.push(row(district.id, [latitude, longitude], 'memory', town))
    townHall.set(code, heir.get(district.id) ?? '')
  }
  const groups = Map.groupBy(communes, (unit) => heir.get(unit.id) ?? unit.id)
  const homeOf = (members: readonly Unit[]): string => {
    const counts = Map.groupBy(members, districtOf)
    return [...counts].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))[0]![0]
  }
  const homes = Map.groupBy([...groups], ([, members]) => homeOf(members))
  for (const [code, own] of [...homes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const town = TOWNS[code]
    if (!town) continue
    const spacing = Math.sqrt(town[2] / own.length)
    const ordered = own.sort(([a], [b]) => Number(b === townHall.get(code)) - Number(a === townHall.get(code)) || (a < b ? -1 : 1))
    for (const [n, [next, members]] of ordered.entries()) {
      const centre = ashore(seed([town[0], town[1]], n, spacing * 1.05, Number(code)))
      const first = (unit: Unit): number => Number(unit.adminCode === byId.get(next)?.adminCode) * 2 + Number(unit.kind === 'thi_tran')
      const within = [...members].sort((a, b) => first(b) - first(a) || (a.id < b.id ? -1 : 1))
      for (const [m, unit] of within.entries()) rows.push(row(unit.id, ashore(seed(centre, m, (spacing * 0.95) / Math.sqrt(within.length + 1), n)), 'generated', null))
      if (next !== within[0]!.id) rows.push(row(next, centre, 'generated', null))
    }
  }
  return rows
}
