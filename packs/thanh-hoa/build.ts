// Writes units.json and successions.json from ../shared/data and departments.ts. Only needed to regenerate them:
// the results are committed and the project runs without ../shared.  Run: node_modules/.bin/node packs/thanh-hoa/build.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BODIES, CLOSED_BODIES, MERGED_ON, OUTSIDE, type Room } from './departments.ts'
import { mainRows, mainSuccessor } from './follow.ts'
import { successionsHeader, unitsHeader } from './headers.ts'
import { matchCommunes, type MergeRow, type OldCommune } from './match.ts'
import type { Succession, Unit, UnitKind } from './types.ts'

const SHARED = join(import.meta.dirname, '../../../shared/data')
const EARLY = '2020-01-01'
const LAST_OF_DISTRICTS = '2025-06-30'
const TWO_TIERS_ON = '2025-07-01'
const COMMUNES_ACT = 'Nghị quyết 1686/NQ-UBTVQH15'
const DISTRICTS_ACT = 'Nghị quyết 203/2025/QH15'

interface Place {
  readonly code: string
  readonly name: string
  readonly fullName: string
  readonly type: string
}
const read = <T>(file: string): T => JSON.parse(readFileSync(join(SHARED, file), 'utf8')) as T
const current = read<(Place & { communes: Place[] })[]>('divisions-2026.json').find(({ code }) => code === '38')!
const former = read<(Place & { districts: (Place & { wards: Place[] })[] })[]>('divisions-before-2025-07.json').find(
  ({ code }) => code === '38',
)!
const merges = read<(MergeRow & { province: string })[]>('commune-merge-2025.json').filter(({ province }) => province === '38')

const units: Unit[] = []
const successions: Succession[] = []
const unit = (row: Partial<Unit> & Pick<Unit, 'id' | 'code' | 'name' | 'shortName' | 'kind' | 'level' | 'parent'>): void => {
  units.push({
    id: row.id,
    code: row.code,
    key: row.key ?? null,
    aliases: row.aliases ?? [],
    name: row.name,
    shortName: row.shortName,
    kind: row.kind,
    level: row.level,
    parent: row.parent,
    validFrom: row.validFrom ?? EARLY,
    validTo: row.validTo ?? null,
    identifier: row.identifier ?? null,
    qcvn: row.qcvn ?? null,
    adminCode: row.adminCode ?? null,
    outside: row.outside ?? false,
  })
}
const lower = (fullName: string): string => fullName.charAt(0).toLowerCase() + fullName.slice(1)
const two = (n: number): string => String(n).padStart(2, '0')

function rooms(list: readonly Room[], parent: { id: string; code: string; validFrom: string; outside: boolean; shortName: string }): void {
  for (const row of list) {
    const id = row.id.startsWith('th-') ? row.id : `${parent.id}-${row.id}`
    const code = `${parent.code}.${row.no}`
    const own = row.id.startsWith('th-')
    unit({
      id,
      code,
      identifier: code,
      key: row.key,
      aliases: row.aliases,
      name: own ? row.name : `${row.name}, ${parent.shortName}`,
      shortName: row.shortName,
      kind: row.kind ?? 'phong',
      level: parent.outside ? 'ngoai' : 'phong',
      parent: parent.id,
      validFrom: parent.validFrom,
      outside: parent.outside,
    })
    rooms(row.rooms ?? [], { ...parent, id, code, shortName: row.shortName })
  }
}

function province(): void {
  unit({
    id: 'th',
    code: 'H56',
    key: 'ubnd_tinh',
    name: 'Ủy ban nhân dân tỉnh Thanh Hóa',
    shortName: 'UBND tỉnh',
    kind: 'tinh',
    level: 'tinh',
    parent: null,
    identifier: 'H56',
    qcvn: '000.00.00.H56',
    adminCode: '38',
  })
  for (const body of BODIES) {
    const code = `H56.${body.no}`
    const validFrom = body.from ?? EARLY
    unit({
      id: body.id,
      code,
      identifier: code,
      qcvn: `000.00.${body.no}.H56`,
      key: body.key,
      aliases: body.aliases,
      name: body.name,
      shortName: body.shortName,
      kind: body.kind,
      level: 'tinh',
      parent: 'th',
      validFrom,
    })
    rooms(body.rooms ?? [], { id: body.id, code, validFrom, outside: false, shortName: body.shortName })
  }
  for (const body of OUTSIDE) {
    unit({
      id: body.id,
      code: body.code,
      identifier: body.code,
      key: body.key,
      aliases: body.aliases,
      name: body.name,
      shortName: body.shortName,
      kind: body.kind ?? 'co_quan_nganh_doc',
      level: 'ngoai',
      parent: body.central ? null : 'th',
      outside: true,
    })
    rooms(body.rooms ?? [], { id: body.id, code: body.code, validFrom: EARLY, outside: true, shortName: body.shortName })
  }
}

function communes(): void {
  for (const place of current.communes) {
    const id = `th-${place.code}`
    const ward = place.type === 'Phường'
    const called = lower(place.fullName)
    const since = { validFrom: TWO_TIERS_ON }
    unit({
      ...since,
      id,
      code: place.code,
      key: 'ubnd_xa',
      aliases: ['ubnd_phuong', 'ubnd_cap_xa'],
      name: `Ủy ban nhân dân ${called}`,
      shortName: `UBND ${called}`,
      kind: ward ? 'phuong' : 'xa',
      level: 'xa',
      parent: 'th',
      identifier: `H56.${place.code}`,
      adminCode: place.code,
    })
    const part = (
      suffix: string,
      kind: UnitKind,
      name: string,
      shortName: string,
      key: string,
      aliases: string[] = [],
      outside = false,
    ): void => {
      const code = `${place.code}.${suffix}`
      unit({
        ...since,
        id: `${id}-${suffix.toLowerCase()}`,
        code,
        key,
        aliases,
        name: `${name} ${called}`,
        shortName,
        kind,
        outside,
        level: outside ? 'ngoai' : 'phong',
        parent: id,
        identifier: outside ? `G01.H56.${place.code}` : `H56.${code}`,
      })
    }
    part('VP', 'van_phong', 'Văn phòng HĐND và UBND', 'Văn phòng', 'van_phong_hdnd_ubnd')
    if (ward) part('KT', 'phong', 'Phòng Kinh tế, Hạ tầng và Đô thị', 'Phòng KT, HT&ĐT', 'phong_kinh_te_ha_tang_do_thi', ['phong_kinh_te'])
    else part('KT', 'phong', 'Phòng Kinh tế', 'Phòng Kinh tế', 'phong_kinh_te')
    part('VHXH', 'phong', 'Phòng Văn hóa – Xã hội', 'Phòng VH–XH', 'phong_van_hoa_xa_hoi')
    part('PVHCC', 'trung_tam', 'Trung tâm Phục vụ hành chính công', 'Trung tâm PVHCC', 'trung_tam_phuc_vu_hanh_chinh_cong')
    part('CA', 'cong_an', 'Công an', ward ? 'Công an phường' : 'Công an xã', 'cong_an_xa', ['cong_an_phuong'], true)
    part('THON', 'thon', ward ? 'Các tổ dân phố' : 'Các thôn, bản', ward ? 'Tổ dân phố' : 'Thôn, bản', 'thon_to_dan_pho')
  }
}

const DISTRICT_KIND: Record<string, UnitKind> = { Huyện: 'huyen', 'Thị xã': 'thi_xa', 'Thành phố': 'thanh_pho' }
const COMMUNE_KIND: Record<string, UnitKind> = { Xã: 'xa_cu', Phường: 'phuong_cu', 'Thị trấn': 'thi_tran' }

function closed(): void {
  for (const body of CLOSED_BODIES) {
    unit({
      id: body.id,
      code: `H56.${body.no}`,
      identifier: `H56.${body.no}`,
      qcvn: `000.00.${body.no}.H56`,
      key: body.key,
      name: body.name,
      shortName: body.shortName,
      kind: 'so',
      level: 'tinh',
      parent: 'th',
      validTo: '2025-02-28',
    })
    for (const [index, to] of body.to.entries()) {
      successions.push({
        from: body.id,
        to,
        on: MERGED_ON,
        partial: body.to.length > 1,
        main: index === 0,
        act: null,
        note: 'Sắp xếp cơ quan chuyên môn năm 2025',
      })
    }
  }
  // The 27th district, of the seeds' time: its communes were the city's when the districts ended.
  unit({
    id: 'th-old-405',
    code: '405',
    name: 'Ủy ban nhân dân huyện Đông Sơn',
    shortName: 'UBND huyện Đông Sơn',
    kind: 'huyen',
    level: 'huyen',
    parent: 'th',
    validTo: '2024-12-31',
    identifier: 'H56.49',
    qcvn: '000.00.49.H56',
    adminCode: '405',
  })
  successions.push({
    from: 'th-old-405',
    to: 'th-old-380',
    on: '2025-01-01',
    partial: false,
    main: true,
    act: null,
    note: 'Nhập vào thành phố Thanh Hóa (số nghị quyết chưa kiểm chứng); trung tâm huyện nay thuộc phường Đông Sơn',
  })
  const taken = new Set(units.map(({ code }) => code))
  for (const [index, district] of former.districts.entries()) {
    const no = two(index + 23)
    const id = `th-old-${district.code}`
    unit({
      id,
      code: district.code,
      name: `Ủy ban nhân dân ${lower(district.fullName)}`,
      shortName: `UBND ${lower(district.fullName)}`,
      kind: DISTRICT_KIND[district.type]!,
      level: 'huyen',
      parent: 'th',
      validTo: LAST_OF_DISTRICTS,
      identifier: `H56.${no}`,
      qcvn: `000.00.${no}.H56`,
      adminCode: district.code,
    })
    for (const [at, ward] of district.wards.entries()) {
      unit({
        id: `th-old-${ward.code}`,
        code: taken.has(ward.code) ? `CU.${ward.code}` : ward.code,
        name: `Ủy ban nhân dân ${lower(ward.fullName)}`,
        shortName: `UBND ${lower(ward.fullName)}`,
        kind: COMMUNE_KIND[ward.type]!,
        level: 'xa',
        parent: id,
        validTo: LAST_OF_DISTRICTS,
        identifier: `H56.${no}.${two(at + 1)}`,
        qcvn: `000.${two(at + 1)}.${no}.H56`,
        adminCode: ward.code,
      })
    }
  }
}

const old = new Map<string, OldCommune>()
for (const district of former.districts) {
  for (const ward of district.wards) old.set(ward.code, { ...ward, district: district.code, districtName: district.name })
}
const { matches, unsettled } = matchCommunes(merges, old)
const placeName = new Map(current.communes.map(({ code, fullName }) => [code, fullName]))
const successors = Map.groupBy(matches, ({ from }) => from)
const chosen: string[] = []

/** The main one among several: the one that kept the code, else the one with most land from the same district, else the first. */
function mainOf(code: string, to: readonly string[]): string {
  if (to.length === 1) return to[0]!
  const kept = to.find((one) => one === code)
  if (kept) return kept
  const district = old.get(code)!.district
  const weight = (one: string) => matches.filter((match) => match.to === one && old.get(match.from)!.district === district).length
  const share = (one: string) => weight(one) / matches.filter((match) => match.to === one).length
  const best = [...to].sort((a, b) => share(b) - share(a) || a.localeCompare(b))[0]!
  const { name, districtName } = old.get(code)!
  chosen.push(`${code} ${name} (${districtName}) → ${to.map((one) => placeName.get(one)).join(' | ')}: lấy ${placeName.get(best)}`)
  return best
}

function communeSuccessions(): Map<string, string> {
  const main = new Map<string, string>()
  for (const code of [...old.keys()].sort()) {
    const to = (successors.get(code) ?? []).map((match) => match.to).sort()
    if (to.length === 0) throw new Error(`Xã cũ ${code} ${old.get(code)!.name} không có xã mới nào.`)
    main.set(code, mainOf(code, to))
    const unchanged = to.length === 1 && matches.filter((match) => match.to === to[0]).length === 1
    for (const one of to) {
      successions.push({
        from: `th-old-${code}`,
        to: `th-${one}`,
        on: TWO_TIERS_ON,
        partial: to.length > 1,
        main: one === main.get(code),
        act: COMMUNES_ACT,
        note: unchanged ? 'Giữ nguyên địa giới' : to.length > 1 ? 'Chia cho nhiều xã, phường' : null,
      })
    }
  }
  return main
}

/** Where the seats of the four cities and towns stood; a huyện's seat is its thị trấn. */
const CITY_SEATS: Record<string, string> = { 380: '14797', 381: '14812', 382: '16531', 407: '16561' }

function districtSuccessions(main: ReadonlyMap<string, string>): void {
  for (const district of former.districts) {
    const to = new Set(district.wards.flatMap(({ code }) => successors.get(code)!.map((match) => match.to)))
    const alike = current.communes.find(
      ({ code, name }) => to.has(code) && name.replace('oá', 'óa').replace('uỷ', 'ủy') === district.name,
    )?.code
    const town = district.wards.filter(({ type }) => type === 'Thị trấn').map(({ code }) => main.get(code)!)[0]
    const seat = CITY_SEATS[district.code] ?? alike ?? town
    if (!seat || !to.has(seat)) throw new Error(`Không biết trung tâm của ${district.fullName}`)
    for (const one of [...to].sort()) {
      successions.push({
        from: `th-old-${district.code}`,
        to: `th-${one}`,
        on: TWO_TIERS_ON,
        partial: true,
        main: one === seat,
        act: DISTRICTS_ACT,
        note: 'Thẩm quyền của cấp huyện chuyển cho xã, phường',
      })
    }
  }
}

function check(): void {
  const count = (kind: UnitKind) => units.filter((row) => row.kind === kind).length
  const wanted: [string, number, number][] = [
    ['xã', count('xa'), 147],
    ['phường', count('phuong'), 19],
    ['huyện', count('huyen') + count('thi_xa') + count('thanh_pho'), 27],
    ['xã cũ', old.size, 547],
    ['tên chưa khớp', unsettled.length, 0],
  ]
  for (const [what, got, want] of wanted) if (got !== want) throw new Error(`Đếm ${what}: ${got}, cần ${want}. ${unsettled.join('; ')}`)
  const byId = new Map(units.map((row) => [row.id, row]))
  if (byId.size !== units.length || new Set(units.map(({ code }) => code)).size !== units.length) throw new Error('Trùng id hoặc mã đơn vị')
  const main = mainRows(successions)
  for (const row of units) if (!mainSuccessor(row.id, byId, main)) throw new Error(`${row.id} không có đơn vị kế tục đang hoạt động`)
}

/** Plain JSON, one row a line. */
function write(file: string, header: Record<string, unknown>, name: string, rows: readonly object[]): void {
  const head = JSON.stringify(header, null, 2)
    .split('\n')
    .map((line, at) => (at === 0 ? line : `  ${line}`))
    .join('\n')
  const body = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')
  writeFileSync(join(import.meta.dirname, file), `{\n  "header": ${head},\n  "${name}": [\n${body}\n  ]\n}\n`)
}

province()
communes()
closed()
districtSuccessions(communeSuccessions())
check()
const how = Object.fromEntries([...Map.groupBy(matches, (match) => match.how)].map(([key, rows]) => [key, rows.length]))
write('units.json', unitsHeader({ early: EARLY, mergedOn: MERGED_ON, twoTiersOn: TWO_TIERS_ON }), 'units', units)
const told = { communesAct: COMMUNES_ACT, districtsAct: DISTRICTS_ACT, matched: how, unresolved: unsettled, mainChosenByRule: chosen }
write('successions.json', successionsHeader(told), 'successions', successions)
console.log({
  units: units.length,
  live: units.filter(({ validTo }) => validTo === null).length,
  successions: successions.length,
  how,
  unsettled,
  chosen,
})
