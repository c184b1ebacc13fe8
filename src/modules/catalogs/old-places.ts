// The communes of before 1/7/2025 as a look-up: which of them a text names, and what each became.

import type { OldPlace, OldPlaces } from '#core/fields/index.ts'
import { fold } from '#core/text/index.ts'
import type { Divisions } from './index.ts'

/** packs/vn/old-communes.json */
export interface OldCommunes {
  readonly districts: readonly { readonly code: string; readonly name: string; readonly province: string }[]
  readonly communes: readonly { readonly code: string; readonly name: string; readonly district: string; readonly to: readonly string[] }[]
}

interface Entry {
  readonly place: OldPlace
  readonly name: string
  readonly district: string
  readonly province: string
  readonly atHome: boolean
}

/** Kinds of divisions, as written out and as shortened; taken off, because people leave them out and get them wrong. */
const KIND = /^(thi tran|thi xa|thanh pho|phuong|xa|quan|huyen|tinh)\s+/
const COMMUNE_KINDS = ['xa', 'phuong', 'thi tran', 'x', 'p', 'tt']
const plain = (text: string): string => ` ${text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `
const bare = (name: string): string => plain(fold(name)).trim().replace(KIND, '')
/** Without its kind, with its marks: Thanh Hóa is not Thạnh Hóa. */
const marked = (name: string): string =>
  plain(name.normalize('NFC').toLowerCase()).trim().replace(/^(thị trấn|thị xã|thành phố|phường|xã|quận|huyện|tỉnh)\s+/, '')

/** Names that are figures ('Phường 5') are named only with their kind. */
const key = (name: string): string => (/^\d+$/.test(bare(name)) ? plain(fold(name)).trim() : bare(name))

interface Index {
  readonly byCode: ReadonlyMap<string, OldPlace>
  /** by first word of the name */
  readonly byWord: ReadonlyMap<string, readonly Entry[]>
}

function build(old: OldCommunes, divisions: Divisions, home: string): Index {
  const now = new Map(divisions.communes.map((one) => [one.code, { code: one.code, name: one.fullName, province: one.province }]))
  const districts = new Map(old.districts.map((one) => [one.code, { ...one, key: bare(one.name), provinceKey: bare(one.province) }]))
  const homeKey = bare(divisions.provinces.find(({ code }) => code === home)?.fullName ?? '')
  const byCode = new Map<string, OldPlace>()
  const byWord = new Map<string, Entry[]>()
  for (const row of old.communes) {
    const district = districts.get(row.district)!
    const place = { code: row.code, name: row.name, district: district.name, province: district.province, to: row.to.flatMap((code) => now.get(code) ?? []) }
    const entry = { place, name: key(row.name), district: district.key, province: district.provinceKey, atHome: district.provinceKey === homeKey }
    byCode.set(row.code, place)
    const first = entry.name.split(' ')[0]!
    const known = byWord.get(first)
    if (known) known.push(entry)
    else byWord.set(first, [entry])
  }
  return { byCode, byWord }
}

/** Built when first asked: most requests never do. */
export function makeOldPlaces(old: OldCommunes, divisions: Divisions, home: string): OldPlaces {
  let made: Index | null = null
  const index = () => (made ??= build(old, divisions, home))
  return {
    get: (code) => index().byCode.get(code) ?? null,
    find(text, strict = false) {
      const cut = text.normalize('NFC').slice(0, 400)
      const said = { plain: plain(fold(cut)), marked: plain(cut.toLowerCase()) }
      const named = [...new Set(said.plain.trim().split(' '))].flatMap((word) => index().byWord.get(word) ?? []).filter(({ name }) => said.plain.includes(` ${name} `))
      const judged = named.map((entry) => ({ entry, ...judge(entry, said) })).filter(({ inDistrict, inProvince, entry }) => inDistrict || (!strict && (inProvince || entry.atHome)))
      const best = Math.max(...judged.map(({ score }) => score))
      return judged.filter(({ score }) => score === best).map(({ entry }) => entry.place)
    },
  }
}

/** How surely a text means this place: its kind and marks, its district after it, its province, this province. */
function judge({ place, name, district, province, atHome }: Entry, said: { plain: string; marked: string }) {
  const at = said.plain.indexOf(` ${name} `)
  const after = said.plain.slice(at + name.length + 1)
  const inDistrict = after.includes(` ${district} `)
  const inProvince = said.plain.includes(` ${province} `)
  const ofKind = COMMUNE_KINDS.some((kind) => said.plain.includes(` ${kind} ${name} `))
  const score =
    (ofKind ? 8 : 0) +
    (said.plain.includes(` ${fold(place.name)} `) ? 1 : 0) +
    (said.marked.includes(` ${marked(place.name)} `) ? 6 : 0) +
    (inDistrict ? 8 : 0) +
    (inDistrict && said.marked.includes(` ${marked(place.district)} `) ? 3 : 0) +
    (inProvince ? 2 : 0) +
    (atHome ? 1 : 0)
  return { score, inDistrict, inProvince }
}
