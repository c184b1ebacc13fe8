// Writes units.json and successions.json of the three tiers from packs/thanh-hoa: the province as it lived on 30/6/2025, with the offices of its
// districts and communes added. Only needed to regenerate them.  Run: node_modules/.bin/node packs/ba-cap/build.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Succession, SuccessionsFile, Unit, UnitKind, UnitsFile } from '../thanh-hoa/types.ts'
import { CLOSED_ROOMS, COMMUNE_PARTS, DISTRICT_PARTS, ROOMS_MERGED_ON, type Part } from './offices.ts'

/** The last day of the three tiers. */
const DAY = '2025-06-30'
const EARLY = '2020-01-01'
const read = <T>(file: string): T => JSON.parse(readFileSync(join(import.meta.dirname, '../thanh-hoa', file), 'utf8')) as T
const { units: all } = read<UnitsFile>('units.json')
const { successions: told } = read<SuccessionsFile>('successions.json')

const alive = all.filter((unit) => unit.validFrom <= DAY && (unit.validTo === null || unit.validTo >= DAY))
const ended = all.filter((unit) => unit.validTo !== null && unit.validTo < DAY)
const KIND: Partial<Record<UnitKind, UnitKind>> = { xa_cu: 'xa', phuong_cu: 'phuong' }

const units: Unit[] = []
const successions: Succession[] = told.filter((row) => ended.some(({ id }) => id === row.from))

/** What stands in the name of a part: "huyện Thọ Xuân", "phường Đông Hải". */
const called = (unit: Unit): string => unit.name.replace('Ủy ban nhân dân ', '')

function part(owner: Unit, row: Part, more: Partial<Unit> = {}): void {
  const suffix = row.suffix
  units.push({
    id: `${owner.id}-${suffix.toLowerCase()}`, code: `${owner.code}.${suffix}`, key: row.key, aliases: row.aliases ?? [],
    name: `${typeof row.name === 'string' ? row.name : row.name(owner)} ${called(owner)}`, shortName: typeof row.shortName === 'string' ? row.shortName : row.shortName(owner),
    kind: row.kind, level: row.outside ? 'ngoai' : 'phong', parent: owner.id, validFrom: row.from ?? EARLY, validTo: null,
    identifier: row.outside && row.kind === 'cong_an' ? `G01.H56.${owner.code}` : `${owner.identifier}.${suffix}`, qcvn: null, adminCode: null, outside: row.outside ?? false, ...more,
  })
}

for (const unit of alive) {
  const district = unit.level === 'huyen'
  const commune = unit.level === 'xa'
  const row: Unit = {
    ...unit, kind: KIND[unit.kind] ?? unit.kind, validTo: null,
    ...(district && { key: 'ubnd_huyen', aliases: ['ubnd_cap_huyen'] }),
    // of their own time: the code is the five digits that every paper of then bears
    ...(commune && { key: 'ubnd_xa', aliases: ['ubnd_phuong', 'ubnd_thi_tran', 'ubnd_cap_xa'], code: unit.adminCode! }),
  }
  units.push(row)
  if (district) for (const one of DISTRICT_PARTS) if (!one.only || one.only(row.code)) part(row, one)
  if (district) {
    for (const one of CLOSED_ROOMS) {
      part(row, one, { validTo: '2025-02-28' })
      for (const [at, to] of one.to.entries()) {
        successions.push({
          from: `${row.id}-${one.suffix.toLowerCase()}`, to: `${row.id}-${to.toLowerCase()}`, on: ROOMS_MERGED_ON, partial: one.to.length > 1, main: at === 0, act: null,
          note: 'Sắp xếp cơ quan chuyên môn cấp huyện năm 2025',
        })
      }
    }
  }
  if (commune) for (const one of COMMUNE_PARTS) part(row, one)
}
units.push(...ended)

function check(): void {
  const count = (level: Unit['level'], ...kinds: UnitKind[]) => units.filter((row) => row.validTo === null && row.level === level && kinds.includes(row.kind)).length
  const wanted: [string, number, number][] = [
    ['huyện, thị xã, thành phố', count('huyen', 'huyen', 'thi_xa', 'thanh_pho'), 26],
    ['xã, phường, thị trấn', count('xa', 'xa', 'phuong', 'thi_tran'), 547],
    ['cơ quan cấp tỉnh', units.filter((row) => row.level === 'tinh' && row.validTo === null).length, 16],
  ]
  for (const [what, got, want] of wanted) if (got !== want) throw new Error(`Đếm ${what}: ${got}, cần ${want}.`)
  const ids = new Map(units.map((row) => [row.id, row]))
  const live = units.filter((row) => row.validTo === null)
  if (ids.size !== units.length || new Set(live.map(({ code }) => code)).size !== live.length) throw new Error('Trùng id hoặc mã đơn vị')
  for (const row of units) if (row.parent !== null && !ids.has(row.parent)) throw new Error(`${row.id} đứng dưới ${row.parent} không có`)
  for (const row of successions) if (!ids.has(row.from) || !ids.has(row.to)) throw new Error(`Kế tục ${row.from} → ${row.to} không đủ đơn vị`)
}

function write(file: string, header: Record<string, unknown>, name: string, rows: readonly object[]): void {
  const head = JSON.stringify(header, null, 2).split('\n').map((line, at) => (at === 0 ? line : `  ${line}`)).join('\n')
  writeFileSync(join(import.meta.dirname, file), `{\n  "header": ${head},\n  "${name}": [\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]\n}\n`)
}

check()
write('units.json', {
  about: 'Đơn vị của tỉnh Thanh Hóa ba cấp, như ngày 30/6/2025: tỉnh, 26 huyện, thị xã, thành phố, 547 xã, phường, thị trấn.',
  generatedBy: 'packs/ba-cap/build.ts, từ packs/thanh-hoa/units.json và offices.ts',
  memory: [
    'Phòng chuyên môn, bộ phận một cửa, chi nhánh đất đai của cấp huyện và bộ phận của cấp xã: ghi tay theo trí nhớ về Nghị định 45/2025/NĐ-CP (từ 1/3/2025); mã định danh là dữ liệu mẫu.',
    'Cơ quan cấp tỉnh, ngành dọc: như gói hai cấp; tên Thuế tỉnh, BHXH tỉnh của nửa đầu năm 2025 (khu vực) chưa đối chiếu.',
    'Công an cấp huyện kết thúc 28/2/2025 nên không có trong tệp.',
  ],
  codes: 'code của xã là mã 5 số của khi ấy, trùng với mã mà một xã mới giữ lại từ 1/7/2025; chỉ đơn vị đang hoạt động mới không được trùng mã.',
}, 'units', units)
write('successions.json', { about: 'Đơn vị đã kết thúc trước 30/6/2025 → đơn vị kế tục.', generatedBy: 'packs/ba-cap/build.ts' }, 'successions', successions)
console.log({ units: units.length, live: units.filter(({ validTo }) => validTo === null).length, successions: successions.length })
