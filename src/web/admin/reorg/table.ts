// A big plan as a table: old code, new code, share, name of the new one. Read line by line; a bad line says what is wrong with it and the good ones stand. Pure.

import { formatDate } from '#core/text/index.ts'
import { calledName, type Unit } from '#modules/org/index.ts'
import type { Step } from '#modules/reorg/index.ts'

export interface BadLine {
  readonly line: number
  readonly text: string
  readonly why: string
}

export interface ReadTable {
  readonly steps: readonly Step[]
  readonly bad: readonly BadLine[]
  readonly rows: number
  readonly counts: { readonly old: number; readonly fresh: number; readonly merges: number; readonly splits: number }
}

export const MOST_LINES = 5000
export const EXAMPLE = 'mã cũ;mã mới;tỷ lệ;tên mới\n14797;14797;100%;phường Hạc Thành\n14800;14797;100%;\n14806;14797;40%;\n14806;14812;60%;'

interface Row {
  readonly line: number
  readonly text: string
  readonly from: Unit
  readonly to: string
  readonly share: number
  readonly name: string | null
}

const HEADER = /m[aã]\s*c[uũ]|old/i
const unquote = (cell: string): string => cell.trim().replace(/^"(.*)"$/s, '$1').replaceAll('""', '"').trim()

function cells(line: string): string[] {
  const mark = line.includes('\t') ? '\t' : line.includes(';') ? ';' : ','
  return (line.match(new RegExp(`("(?:[^"]|"")*"|[^${mark}]*)(?:${mark}|$)`, 'g')) ?? []).map((cell) => unquote(cell.endsWith(mark) ? cell.slice(0, -1) : cell))
}

/** '60%', '60', '0,6' and '' (all of it); null when it is none of these. */
export function shareOf(text: string): number | null {
  if (text === '') return 1
  const found = /^(\d{1,3}(?:[.,]\d+)?)\s*(%?)$/.exec(text)
  if (!found) return null
  const number = Number(found[1]!.replace(',', '.'))
  const share = found[2] === '%' || number > 1 ? number / 100 : number
  return share > 0 && share <= 1 ? share : null
}

export interface Register {
  /** living units by any of their codes */
  readonly living: ReadonlyMap<string, Unit>
  /** units that have ended by code, with the one in charge now */
  readonly ended: ReadonlyMap<string, { readonly unit: Unit; readonly live: Unit | null }>
}

const idOf = (code: string): string => `dv-${code.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`
const percent = (share: number): string => `${(Math.round(share * 1000) / 10).toLocaleString('vi-VN')}%`

/** Reads a table against the register of the day. */
export function readTable(text: string, { living, ended }: Register): ReadTable {
  const bad: BadLine[] = []
  const rows: Row[] = []
  const lines = text.normalize('NFC').replace(/^\uFEFF/, '').split(/\r?\n/)
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || (at === 0 && HEADER.test(line))) continue
    const wrong = (why: string): void => void bad.push({ line: at + 1, text: line.slice(0, 200), why })
    if (rows.length + bad.length >= MOST_LINES) {
      wrong(`Bảng dài quá ${MOST_LINES.toLocaleString('vi-VN')} dòng; tách thành nhiều kế hoạch.`)
      break
    }
    const [old = '', to = '', part = '', name = ''] = cells(line)
    const from = living.get(old)
    const gone = ended.get(old)
    const share = shareOf(part)
    if (old === '' || to === '') wrong('Thiếu mã cũ hoặc mã mới.')
    else if (!from && gone) wrong(`Mã ${old} là của ${calledName(gone.unit)}, đã kết thúc ngày ${formatDate(gone.unit.validTo!)}${gone.live ? `; nay là ${calledName(gone.live)}, mã ${gone.live.code}` : ''}.`)
    else if (!from) wrong(`Không có đơn vị đang hoạt động nào mang mã ${old}.`)
    else if (share === null) wrong(`Tỷ lệ “${part}” không hiểu được; ghi như 60% hoặc 0,6.`)
    else if (rows.some((row) => row.from.id === from.id && row.to === to)) wrong(`Cặp ${old} → ${to} đã có ở dòng ${rows.find((row) => row.from.id === from.id && row.to === to)!.line}.`)
    else rows.push({ line: at + 1, text: line, from, to, share, name: name || null })
  }

  const spoilt = new Set<string>()
  const spoil = (row: Row, why: string): void => {
    if (!spoilt.has(row.from.id)) bad.push({ line: row.line, text: row.text.slice(0, 200), why })
    spoilt.add(row.from.id)
  }
  const byOld = Map.groupBy(rows, (row) => row.from.id)
  for (const own of byOld.values()) {
    const total = own.reduce((sum, row) => sum + row.share, 0)
    if (Math.abs(total - 1) > 0.011) spoil(own[0]!, `Các phần của ${calledName(own[0]!.from)} cộng lại được ${percent(total)}, phải đủ 100%.`)
  }
  const names = new Map<string, string>()
  for (const row of rows) if (row.name && !names.has(row.to)) names.set(row.to, row.name)
  /** The unit that a new code stands for: one that is to be made, or a living one that goes on. */
  const made = new Map<string, string>()
  for (const row of rows) {
    const name = names.get(row.to)
    const there = living.get(row.to)
    if (name && (!there || calledName(there).toLowerCase() !== calledName({ name }).toLowerCase())) {
      const other = [...names].find(([code, own]) => code === row.to && own !== row.name && row.name !== null)
      if (other) spoil(row, `Mã mới ${row.to} có hai tên: ${other[1]} và ${row.name}.`)
      made.set(row.to, idOf(row.to))
    } else if (there) made.set(row.to, there.id)
    else spoil(row, `Mã mới ${row.to} chưa có đơn vị nào; ghi tên mới ở cột thứ tư.`)
  }

  const good = rows.filter((row) => !spoilt.has(row.from.id))
  const steps: Step[] = []
  for (const [code, name] of names) {
    const own = good.filter((row) => row.to === code).toSorted((a, b) => b.share - a.share || Number(b.from.code === code) - Number(a.from.code === code))
    if (own.length === 0 || made.get(code) !== idOf(code)) continue
    const model = own.find((row) => row.from.code === code || row.from.adminCode === code)?.from ?? own[0]!.from
    const committee = /^Ủy ban nhân dân /.test(model.name) && !/^Ủy ban nhân dân /.test(name)
    steps.push({
      kind: 'create',
      unit: {
        id: idOf(code), code, name: committee ? `Ủy ban nhân dân ${name.slice(0, 1).toLowerCase()}${name.slice(1)}` : name, shortName: committee ? `UBND ${name.slice(0, 1).toLowerCase()}${name.slice(1)}` : null,
        kind: /^phường/i.test(name) ? 'phuong' : /^xã/i.test(name) ? 'xa' : model.kind, level: model.level, parent: model.parentId!, identifier: model.code === code ? model.identifier : null, qcvn: null,
        adminCode: /^\d{5}$/.test(code) ? code : null, key: model.key, like: model.id, posts: [], seat: null,
      },
    })
  }
  const goodByOld = Map.groupBy(good, (row) => row.from.id)
  const whole = [...goodByOld.values()].filter((own) => own.length === 1).map(([row]) => row!)
  for (const [to, own] of Map.groupBy(whole, (row) => made.get(row.to)!)) {
    if (own.every((row) => row.from.id === to)) continue
    steps.push({ kind: 'merge', from: own.toSorted((a, b) => Number(b.from.code === b.to) - Number(a.from.code === a.to) || a.line - b.line).map((row) => row.from.id), into: to })
  }
  for (const own of [...goodByOld.values()].filter((one) => one.length > 1)) {
    const targets = own.map((row) => ({ id: made.get(row.to)!, share: row.share }))
    const keeps = targets.some(({ id }) => id === own[0]!.from.id)
    steps.push({ kind: 'split', unit: own[0]!.from.id, keeps, into: targets.map(({ id }) => id).filter((id) => id !== own[0]!.from.id), main: keeps ? null : targets.toSorted((a, b) => b.share - a.share)[0]!.id, rules: [] })
  }
  const of = (kind: Step['kind']) => steps.filter((step) => step.kind === kind).length
  return { steps, bad: bad.toSorted((a, b) => a.line - b.line), rows: rows.length, counts: { old: goodByOld.size, fresh: of('create'), merges: of('merge'), splits: of('split') } }
}
