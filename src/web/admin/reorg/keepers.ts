// Who may keep what is new at units that go again: every unit that is there before and after, found by name or code without a script.

import type { FieldError } from '#core/errors.ts'
import { fold } from '#core/text/index.ts'
import { calledName, type Unit } from '#modules/org/index.ts'
import { type Body, one } from '../../desk/answers.tsx'

export interface Keeper {
  readonly id: string
  /** As it stands in the list to choose from: name and code. */
  readonly label: string
  readonly codes: readonly string[]
  readonly names: readonly string[]
}

type Known = Pick<Unit, 'id' | 'name' | 'code' | 'level'>

/** Living units first, then those that live again; rooms of units are named with them, not by themselves. */
export function keepersOf(living: readonly Known[], returning: readonly Known[], made: ReadonlySet<string>): Keeper[] {
  const both = new Map([...living.filter(({ id }) => !made.has(id)), ...returning].map((unit) => [unit.id, unit]))
  return [...both.values()].filter(({ level }) => level !== 'phong').map((unit) => ({
    id: unit.id, label: `${calledName(unit)} (${unit.code})`, codes: [unit.code, unit.id], names: [unit.name, calledName(unit)].map(fold),
  }))
}

export interface Chosen {
  /** Unit of the plan → keeper. */
  readonly keepers: Record<string, string>
  /** What was typed, by unit; shown again when it has faults. */
  readonly typed: Record<string, string>
  readonly faults: readonly FieldError[]
}

const CHOSEN = 'keeper.'
const OTHER = 'other.'
export const chosenName = (unit: string): string => `${CHOSEN}${unit}`
export const otherName = (unit: string): string => `${OTHER}${unit}`

/** What the form says: the unit picked, or another one typed by name or code, which goes before it. */
export function readKeepers(body: Body, known: readonly Keeper[]): Chosen {
  const keepers: Record<string, string> = {}
  const typed: Record<string, string> = {}
  const faults: FieldError[] = []
  for (const name of Object.keys(body).filter((key) => key.startsWith(CHOSEN))) if (one(body, name) !== '') keepers[name.slice(CHOSEN.length)] = one(body, name)
  for (const name of Object.keys(body).filter((key) => key.startsWith(OTHER))) {
    const text = one(body, name).normalize('NFC').trim()
    if (text === '') continue
    const unit = name.slice(OTHER.length)
    typed[unit] = text
    const found = known.filter(({ label, codes, names }) => label === text || codes.includes(text) || names.includes(fold(text)))
    if (found.length === 1) keepers[unit] = found[0]!.id
    else faults.push({ key: name, message: found.length === 0 ? `Không có đơn vị nào tên hoặc mã “${text}” trước kế hoạch này; chọn trong danh sách gợi ý.` : `Có ${found.length} đơn vị tên “${text}”; ghi mã, ví dụ ${found[0]!.codes[0]}.` })
  }
  return { keepers, typed, faults }
}
