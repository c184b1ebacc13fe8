// Which old communes went into which new one: settles the names that the merge list leaves ambiguous. Read by build.ts only.
//
// The list gives, for each commune of 2026, a text such as "Xã Thành Sơn, Xã Trung Thành (huyện Quan Hóa)" and candidate codes that
// compare without accents. A candidate wins, in this order: the same code when the commune was left as it is; its exact name and type;
// the district named in brackets; the district that the other, certain predecessors of the same commune come from.

export interface OldCommune {
  readonly code: string
  readonly name: string
  readonly type: string
  readonly district: string
  readonly districtName: string
}
export interface MergeRow {
  readonly code: string
  readonly text: string
  readonly from: readonly { readonly name: string; readonly partial: boolean; readonly codes: readonly string[] }[]
}
export interface Match {
  readonly to: string
  readonly from: string
  readonly how: 'unique' | 'kept_code' | 'name' | 'district_named' | 'district_of_others'
}

const PLAIN: Record<string, string> = { hoà: 'hòa', hoá: 'hóa', thuỷ: 'thủy', quì: 'quỳ' }
/** Equal spelling for equal names: "Hoá" and "Hóa", "Thuỷ" and "Thủy". */
export const spelling = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .split(/\s+/)
    .map((word) => PLAIN[word] ?? word)
    .join(' ')

interface Named {
  readonly type: string
  readonly name: string
  readonly district: string | null
}

function readText(text: string): readonly Named[] {
  return text
    .split(',')
    .map((part) => {
      const found = /^\s*(Phường|Xã|Thị trấn)\s+(.+?)(?:\s+\((?:huyện|thị xã|thành phố)\s+(.+)\))?\s*$/u.exec(part)
      return found ? { type: found[1]!, name: spelling(found[2]!), district: found[3] ? spelling(found[3]) : null } : null
    })
    .filter((named) => named !== null)
}

export function matchCommunes(rows: readonly MergeRow[], old: ReadonlyMap<string, OldCommune>): { matches: Match[]; unsettled: string[] } {
  const matches: Match[] = []
  const unsettled: string[] = []
  for (const row of rows) {
    const named = readText(row.text)
    const districts = new Map<string, number>()
    for (const { codes } of row.from) {
      const only = codes.length === 1 ? old.get(codes[0]!) : undefined
      if (only) districts.set(only.district, (districts.get(only.district) ?? 0) + 1)
    }
    const usual = [...districts].sort((a, b) => b[1] - a[1])[0]?.[0]
    for (const { name, codes } of row.from) {
      const told = named.find((one) => one.name === spelling(name))
      let left = codes.map((code) => old.get(code)).filter((one) => one !== undefined)
      let how: Match['how'] = 'unique'
      const narrow = (step: Match['how'], keep: (one: OldCommune) => boolean) => {
        if (left.length < 2) return
        const kept = left.filter(keep)
        if (kept.length > 0 && kept.length < left.length) {
          left = kept
          how = step
        }
      }
      if (row.text.trim() === 'giữ nguyên') narrow('kept_code', (one) => one.code === row.code)
      narrow('name', (one) => spelling(one.name) === spelling(name) && (!told || one.type === told.type))
      narrow('district_named', (one) => told?.district === spelling(one.districtName))
      narrow('district_of_others', (one) => one.district === usual)
      if (left.length === 1) matches.push({ to: row.code, from: left[0]!.code, how })
      else unsettled.push(`${row.code} ← ${name} (${left.map((one) => one.code).join(', ') || 'không có ứng viên'})`)
    }
  }
  return { matches, unsettled }
}
