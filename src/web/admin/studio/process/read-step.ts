// What the form of a step says, as a step of the record.

import type { Outcome, Step } from '#modules/procedures/index.ts'
import { readPartForm } from '#ui/part-form.ts'
import { type Body, one } from '../../../desk/answers.tsx'

type Obj = { readonly [key: string]: unknown }
const obj = (value: unknown): Obj => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Obj) : {})

function* pairs(body: Body): Iterable<[string, unknown]> {
  for (const [name, value] of Object.entries(body)) for (const entry of [value].flat()) yield [name, entry]
}

/** Codes are made of labels where an outcome is new; they never change afterwards, so that dossiers and statistics keep their meaning. */
function keyed(label: string, taken: Set<string>): string {
  const plain = label.toLowerCase().replaceAll('đ', 'd').normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 40) || 'ket_qua'
  let key = plain
  for (let n = 2; taken.has(key); n++) key = `${plain}_${n}`
  taken.add(key)
  return key
}

/** `before`: the step as it was, for what the form does not show. */
export function readStep(body: Body, before: Step): { readonly step: Step; readonly faults: readonly string[] } {
  const form = obj(readPartForm(pairs(body)))
  const faults: string[] = []
  const rows = (Array.isArray(form.outcomes) ? (form.outcomes as unknown[]) : []).map(obj).filter((row) => row.label || row.next)
  const taken = new Set(rows.map((row) => String(row.key ?? '')).filter(Boolean))
  const outcomes = rows.map((row): Outcome => {
    const label = String(row.label ?? 'Kết quả')
    const heads = [...String(row.next ?? '').split('+'), ...(row.with ? [String(row.with)] : [])].filter(Boolean)
    const unique = [...new Set(heads)]
    return {
      key: row.key ? String(row.key) : keyed(label, taken), label, next: unique.length > 1 ? unique : (unique[0] ?? ''),
      ...(row.joins === true ? { joins: true } : {}), ...(row.effect ? { effect: row.effect as Outcome['effect'] } : {}),
    }
  })
  if (outcomes.length === 0) faults.push('Bước phải có ít nhất một kết quả.')
  if (typeof form.hours === 'string') faults.push(`Số giờ “${form.hours}” không phải là số; ghi ví dụ 4 hoặc 0,5.`)
  const silence = obj(form.silence)
  if (typeof silence.value === 'string') faults.push(`Số ngày im lặng “${silence.value}” không phải là số.`)
  const called = obj(form.call)
  const answers = Object.fromEntries(one(body, '_answers').split('\n').map((line) => line.split('=').map((part) => part.trim())).filter((pair): pair is [string, string] => pair.length === 2 && pair.every(Boolean)))
  const { unit: _u, clock: _c, silence: _s, status: _t, does: _d, prints: _p, call: _k, ...rest } = before
  const step: Step = {
    ...rest, name: String(form.name ?? ''), role: (form.role ?? '') as Step['role'], hours: typeof form.hours === 'number' ? form.hours : 0,
    ...(form.unit ? { unit: String(form.unit) } : {}),
    ...(form.clock === 'stops' ? { clock: 'stops' as const } : before.clock === 'runs' ? { clock: 'runs' as const } : {}),
    ...(typeof silence.value === 'number' ? { silence: { value: Math.round(silence.value), unit: silence.unit === 'ngay' ? ('ngay' as const) : ('ngay_lam_viec' as const), outcome: String(silence.outcome ?? outcomes[0]?.key ?? '') } } : {}),
    ...(typeof form.status === 'number' ? { status: form.status } : {}),
    ...(Array.isArray(form.does) ? { does: form.does as string[] } : {}),
    ...(Array.isArray(form.prints) ? { prints: form.prints as string[] } : {}),
    ...(before.call ? { call: { ...(called.process ? { process: String(called.process) } : called.procedure ? { procedure: String(called.procedure) } : {}), ...(Object.keys(answers).length > 0 ? { outcomes: answers } : {}) } } : {}),
    outcomes,
  }
  return { step, faults }
}
