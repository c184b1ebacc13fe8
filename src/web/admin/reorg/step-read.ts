// What a form of a step says, as steps of the plan: one press may found a unit and merge others into it. Pure.

import type { FieldError } from '#core/errors.ts'
import { calledName, type Unit } from '#modules/org/index.ts'
import { type Step, StepInput, type StepKind } from '#modules/reorg/index.ts'
import { type Body, many, one } from '../../desk/answers.tsx'

export interface ReadStep {
  readonly steps: readonly Step[]
  readonly faults: readonly FieldError[]
}

export const KINDS = {
  xa: 'Xã', phuong: 'Phường', dac_khu: 'Đặc khu', huyen: 'Huyện', thi_xa: 'Thị xã', thanh_pho: 'Thành phố', so: 'Sở', ban: 'Ban', phong: 'Phòng', trung_tam: 'Trung tâm', van_phong: 'Văn phòng',
  don_vi_su_nghiep: 'Đơn vị sự nghiệp', thon: 'Thôn, tổ dân phố',
} as const

/** Targets of a division that one form may draw. */
export const MOST_TARGETS = 4

const committee = (name: string, kind: string): string =>
  ['xa', 'phuong', 'dac_khu', 'huyen', 'thi_xa', 'thanh_pho'].includes(kind) && !/^Ủy ban nhân dân /i.test(name) ? `Ủy ban nhân dân ${name.slice(0, 1).toLowerCase()}${name.slice(1)}` : name

const idOf = (code: string): string => `dv-${code.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')}`

interface Founding {
  readonly name: string
  readonly code: string
  readonly kind: string
  readonly like: Unit | null
  readonly parent: string
  readonly level: Unit['level']
  readonly seat?: unknown
}

function found({ name, code, kind, like, parent, level, seat = null }: Founding): unknown {
  return {
    kind: 'create',
    unit: {
      id: idOf(code), code, name: name === '' ? '' : committee(name, kind), shortName: null, kind, level, parent, identifier: null, qcvn: null, adminCode: /^\d{5}$/.test(code) ? code : null, key: like?.key ?? null, like: like?.id ?? null,
      posts: [], seat,
    },
  }
}

const seatOf = (body: Body): unknown => {
  const [latitude, longitude] = ['latitude', 'longitude'].map((key) => one(body, key).replace(',', '.'))
  if (latitude === '' && longitude === '') return null
  return { latitude: Number(latitude), longitude: Number(longitude), address: one(body, 'address') || null, source: one(body, 'source') }
}

const lines = (text: string): string[] => text.split(/\r?\n|;/).map((line) => line.trim()).filter(Boolean)

/** Field of the form that a fault of the step is about. */
function keyOf(path: readonly PropertyKey[], kind: StepKind): string {
  const text = path.map(String).join('.')
  if (text.startsWith('unit.seat')) return String(path[2] ?? 'latitude')
  if (text.startsWith('unit.')) return kind === 'create' ? ({ like: 'like', parent: 'parent' }[String(path[1])] ?? String(path[1])) : `new.${String(path[1])}`
  if (text.startsWith('into')) return 'into'
  if (text.startsWith('rules')) return 'rules'
  return String(path[0] ?? kind)
}

/** Reads the form of a step of `kind`; `units` are those that the form names, by id. */
export function readStep(kind: StepKind, body: Body, units: ReadonlyMap<string, Unit>): ReadStep {
  const faults: FieldError[] = []
  const drafts: unknown[] = []
  const need = (key: string, value: string, message: string): string => {
    if (value === '') faults.push({ key, message })
    return value
  }
  const from = many(body, 'from').filter((id) => units.has(id))
  const unit = one(body, 'unit')
  const fresh = { name: one(body, 'new.name'), code: one(body, 'new.code'), kind: one(body, 'new.kind') }

  if (kind === 'merge') {
    if (from.length === 0) faults.push({ key: 'from', message: 'Chọn các đơn vị nhập lại với nhau.' })
    const into = one(body, 'into')
    const head = units.get(from[0] ?? '') ?? null
    if (into === 'new') {
      need('new.name', fresh.name, 'Ghi tên đơn vị mới.')
      need('new.code', fresh.code, 'Ghi mã đơn vị mới.')
      if (head) drafts.push(found({ ...fresh, kind: fresh.kind || head.kind, like: head, parent: head.parentId ?? '', level: head.level }))
      drafts.push({ kind: 'merge', from, into: idOf(fresh.code) })
    } else {
      need('into', into, 'Chọn đơn vị nhận: một trong các đơn vị trên, hoặc đơn vị mới.')
      if (into !== '' && from.every((id) => id === into)) faults.push({ key: 'from', message: 'Chọn thêm ít nhất một đơn vị nữa để nhập vào.' })
      drafts.push({ kind: 'merge', from: from.includes(into) ? [into, ...from.filter((id) => id !== into)] : from, into })
    }
  }
  if (kind === 'split') {
    need('unit', unit, 'Chọn đơn vị cần chia, tách.')
    const whole = units.get(unit) ?? null
    const targets = Array.from({ length: MOST_TARGETS }, (_, n) => {
      const [id, name, code] = ['unit', 'name', 'code'].map((key) => one(body, `to.${n}.${key}`)) as [string, string, string]
      return { n, id, name, code, villages: lines(one(body, `to.${n}.villages`)), fields: many(body, `to.${n}.fields`) }
    }).filter(({ id, name, code }) => id !== '' || name !== '' || code !== '')
    if (targets.length === 0) faults.push({ key: 'to.0.unit', message: 'Chọn ít nhất một đơn vị nhận, hoặc ghi tên và mã đơn vị mới.' })
    const ids = targets.map(({ n, id, name, code }) => {
      if (id !== '') return id
      need(`to.${n}.name`, name, 'Ghi tên đơn vị mới.')
      need(`to.${n}.code`, code, 'Ghi mã đơn vị mới.')
      if (whole) drafts.push(found({ name, code, kind: whole.kind, like: whole, parent: whole.parentId ?? '', level: whole.level }))
      return idOf(code)
    })
    const keeps = one(body, 'keeps') === '1'
    const rules = targets.flatMap(({ villages, fields }, at) => [
      ...(villages.length > 0 ? [{ by: 'place', places: [whole?.adminCode ?? whole?.code ?? ''], villages, to: ids[at] }] : []), ...(fields.length > 0 ? [{ by: 'field', fields, to: ids[at] }] : []),
    ])
    const main = Number(one(body, 'main') || '0')
    drafts.push({ kind: 'split', unit, keeps, into: ids, main: keeps ? null : (ids[targets.findIndex(({ n }) => n === main)] ?? ids[0] ?? null), rules })
  }
  if (kind === 'rename') {
    need('unit', unit, 'Chọn đơn vị đổi tên, đổi mã.')
    const old = units.get(unit)
    const [name, code] = [one(body, 'name'), one(body, 'code')]
    if (name === '' && code === '') faults.push({ key: 'name', message: 'Ghi tên mới hoặc mã mới.' })
    const newKind = one(body, 'unitKind')
    drafts.push({ kind: 'rename', unit, name: name === '' ? null : old && name !== calledName(old) ? committee(name, newKind || old.kind) : name, code: code || null, unitKind: newKind || null, adminCode: old?.adminCode === old?.code && /^\d{5}$/.test(code) ? code : null })
  }
  if (kind === 'move') {
    need('unit', unit, 'Chọn đơn vị cần chuyển.')
    drafts.push({ kind: 'move', unit, parent: need('parent', one(body, 'parent'), 'Chọn cấp trên mới.') })
  }
  if (kind === 'abolish') {
    need('unit', unit, 'Chọn đơn vị giải thể.')
    drafts.push({ kind: 'abolish', unit, main: need('main', one(body, 'main'), 'Chọn đơn vị nhận việc còn lại.'), rules: one(body, 'byCommune') === '1' ? [{ by: 'commune' }] : [] })
  }
  if (kind === 'create') {
    const parent = need('parent', one(body, 'parent'), 'Chọn cấp trên của đơn vị mới.')
    const like = units.get(one(body, 'like')) ?? null
    need('new.name', fresh.name, 'Ghi tên đơn vị mới.')
    need('new.code', fresh.code, 'Ghi mã đơn vị mới.')
    const level = (one(body, 'level') || like?.level || 'xa') as Unit['level']
    drafts.push(found({ ...fresh, kind: fresh.kind || like?.kind || 'xa', like, parent, level, seat: seatOf(body) }))
  }

  if (faults.length > 0) return { steps: [], faults }
  const steps: Step[] = []
  for (const draft of drafts) {
    const read = StepInput.safeParse(draft)
    if (read.success) steps.push(read.data)
    else faults.push(...read.error.issues.map(({ path, message }) => ({ key: keyOf(path, kind), message })))
  }
  return faults.length > 0 ? { steps: [], faults } : { steps, faults: [] }
}
