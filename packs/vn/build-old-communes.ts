// Writes the communes of before 1/7/2025 with what became of each, from ../shared/data. Only needed to regenerate the list: it is committed.
// Run: node --import tsx packs/vn/build-old-communes.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SHARED = join(import.meta.dirname, '../../../shared/data')
const read = <T>(file: string): T => JSON.parse(readFileSync(join(SHARED, file), 'utf8')) as T

interface Place {
  readonly code: string
  readonly fullName: string
}
interface OldProvince extends Place {
  readonly districts: readonly (Place & { readonly wards: readonly Place[] })[]
}
interface Merged {
  readonly code: string
  readonly province: string
  readonly from: readonly { readonly partial: boolean; readonly codes?: readonly string[] }[]
}

const before = read<OldProvince[]>('divisions-before-2025-07.json')
const merged = read<Merged[]>('commune-merge-2025.json')
const now = new Set(read<{ communes: Place[] }[]>('divisions-2026.json').flatMap(({ communes }) => communes.map(({ code }) => code)))

const districtOf = new Map(before.flatMap(({ districts }) => districts.flatMap(({ code, wards }) => wards.map((ward) => [ward.code, code] as const))))
const successors = new Map<string, string[]>()
for (const { code, from: told } of merged) {
  const from = told.flatMap(({ codes }) => (codes ? [{ codes }] : []))
  if (!now.has(code)) continue
  // A name borne by several old communes is the one in a district that this merger is known to take from.
  const districts = new Set(from.filter(({ codes }) => codes.length === 1).map(({ codes }) => districtOf.get(codes[0]!)))
  for (const { codes } of from) {
    const near = codes.filter((one) => districts.has(districtOf.get(one)))
    for (const old of codes.length > 1 && near.length > 0 ? near : codes) successors.set(old, [...new Set([...(successors.get(old) ?? []), code])])
  }
}

const rows = before.flatMap(({ districts }) =>
  districts.flatMap(({ code: district, wards }) =>
    wards.map(({ code, fullName }) => ({ code, name: fullName, district, to: successors.get(code) ?? (now.has(code) ? [code] : []) })),
  ),
)
const lists = {
  districts: before.flatMap(({ fullName: province, districts }) => districts.map(({ code, fullName }) => ({ code, name: fullName, province }))),
  communes: rows,
}
const header = {
  about: 'Xã, phường, thị trấn đến hết 30/6/2025 và đơn vị mới của mỗi nơi; nhiều đơn vị mới: mỗi nơi nhận một phần; rỗng: chưa xác định được',
  source: 'thanglequoc/vietnamese-provinces-database v2.4.1, MIT, Copyright (c) 2021 Thang Le Quoc, và lời văn sáp nhập của sapnhap.bando.com.vn: xem NOTICE.md',
}
writeFileSync(
  join(import.meta.dirname, 'old-communes.json'),
  `{\n  "header": ${JSON.stringify(header)},\n${Object.entries(lists)
    .map(([key, list]) => `  ${JSON.stringify(key)}: [\n${list.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`)
    .join(',\n')}\n}\n`,
)
const count = (n: number) => rows.filter(({ to }) => to.length === n).length
console.log(`${rows.length} xã cũ: ${count(1)} về một nơi, ${count(0)} chưa rõ, ${rows.length - count(0) - count(1)} chia nhiều nơi`)
