// The rules that a procedure's versions carry, told as those of the register are: terms, fees, silence, extension; and a record with one figure of them changed. Pure.

import { formatVnd } from '#core/money/index.ts'
import { channelLabels, evaluate, type EvaluateDeps, feeDecisions, type ProcedureRecord, termWords, type Version } from '#modules/procedures/index.ts'
import type { ChangeValue, Target, Term } from './schema.ts'

export interface ProcedureRule {
  /** `procedure:CODE:…`, as changes name it */
  readonly rule: string
  /** in addresses, after the code: thoi-han, phi-LP, im-lang-STEP, gia-han */
  readonly slug: string
  readonly title: string
  readonly plain: string
  readonly value: string
  readonly clause: string
  readonly sure: 'found' | 'memory'
  readonly changeable: boolean
}

const decree = (record: ProcedureRecord): string =>
  [record.legalBasis[0] && [record.legalBasis[0].articles, record.legalBasis[0].name, record.legalBasis[0].no].filter(Boolean).join(' '), `Quyết định công bố ${record.decision.no}`].filter(Boolean).join('; ')
const UNIT: Readonly<Record<string, string>> = { ngay_lam_viec: 'ngày làm việc', ngay: 'ngày', gio_lam_viec: 'giờ làm việc', thang: 'tháng' }
export const TERM_UNITS = UNIT

/** One sum for everybody; a drawn table names its own sums and is changed in the workshop. */
const isFixed = (record: ProcedureRecord, fee: ProcedureRecord['fees'][number]): boolean =>
  fee.amount !== undefined && fee.channelAmounts === undefined && record.feeDmn === undefined

/** In the order a reader meets them. */
export function rulesOf(record: ProcedureRecord): ProcedureRule[] {
  const of = (what: string) => `procedure:${record.code}:${what}`
  const base = { clause: decree(record), sure: 'memory' as const }
  return [
    { rule: of('term'), slug: 'thoi-han', title: 'Thời hạn giải quyết', plain: 'Kể từ khi hồ sơ được tiếp nhận; thời gian chờ người nộp không tính.', value: termWords(record.term), ...base, changeable: true },
    ...record.channels.filter((one) => one.term).map((one) => ({
      rule: of(`term:${one.channel}`), slug: `thoi-han-${one.channel}`, title: `Thời hạn giải quyết, ${channelLabels[one.channel].toLocaleLowerCase('vi')}`, plain: 'Thời hạn riêng của cách nộp này.',
      value: termWords(one.term!), ...base, changeable: true,
    })),
    ...record.fees.map((fee) => ({
      rule: of(`fee:${fee.code}`), slug: `phi-${fee.code}`, title: fee.name, plain: fee.whenText ?? 'Thu một lần theo hồ sơ.',
      value: fee.amount === undefined ? 'Tính theo tờ khai' : formatVnd(fee.amount), clause: fee.legal ?? decree(record), sure: fee.sure ?? ('memory' as const),
      changeable: isFixed(record, fee),
    })),
    ...record.steps.filter((step) => step.silence).map((step) => ({
      rule: of(`silence:${step.id}`), slug: `im-lang-${step.id}`, title: `Im lặng ở bước “${step.name}”`, plain: 'Quá số ngày này mà không trả lời thì hệ thống đi tiếp như đã ghi.',
      value: `${step.silence!.value} ${UNIT[step.silence!.unit]}`, ...base, changeable: false,
    })),
    ...(record.extension ? [{
      rule: of('extension'), slug: 'gia-han', title: 'Gia hạn', plain: record.extension.whenText,
      value: `${record.extension.adds ? 'thêm ' : ''}${record.extension.term.value} ${UNIT[record.extension.term.unit]}`, ...base, changeable: false,
    }] : []),
  ]
}

/** What the target is now; null when the record has no such thing or it is not one figure. */
export function valueIn(record: ProcedureRecord, target: Target): ChangeValue | null {
  if (target.kind === 'term') {
    const term = target.channel === null ? record.term : record.channels.find((one) => one.channel === target.channel)?.term
    return term ? { value: term.value, unit: term.unit } : null
  }
  return target.kind === 'fee' ? (record.fees.find((fee) => fee.code === target.fee && isFixed(record, fee))?.amount ?? null) : null
}

export interface CaseDifference {
  readonly title: string
  readonly what: 'dueOn' | 'fee'
  readonly before: string
  readonly after: string
}

/** The record with the one figure changed and nothing else. */
function withFigure(old: ProcedureRecord, target: Target, value: ChangeValue, clause: string): ProcedureRecord {
  if (target.kind === 'fee') return { ...old, fees: old.fees.map((fee) => (fee.code === target.fee ? { ...fee, amount: value as number, legal: clause, sure: 'found' as const } : fee)) }
  if (target.kind !== 'term') return old
  const { value: count, unit } = value as Term
  const term = (was: ProcedureRecord['term']) => ({ ...was, value: count, unit: unit as ProcedureRecord['term']['unit'] })
  if (target.channel === null) return { ...old, term: term(old.term) }
  return { ...old, channels: old.channels.map((one) => (one.channel === target.channel && one.term ? { ...one, term: term(one.term) } : one)) }
}

/** A version as its dossiers see it under a change: the same steps, form and papers, with the new figure. Null when it carries no such figure. */
export function underChange(version: Version, { target, value, clause }: { readonly target: Target; readonly value: ChangeValue; readonly clause: string }): Version | null {
  if (valueIn(version.record, target) === null) return null
  const record = withFigure(version.record, target, value, clause)
  return { ...version, record, feeTables: target.kind === 'fee' ? feeDecisions(record) : version.feeTables }
}

/** The record with the one figure changed, as a new version: its decision, its first day, and golden cases whose own day or sum follows from the figure. */
export function patched(version: Version, target: Target, value: ChangeValue, decision: { readonly no: string; readonly clause: string; readonly from: string }, deps: EvaluateDeps): { record: ProcedureRecord; cases: CaseDifference[] } {
  const old = version.record
  const legalBasis = old.legalBasis.some((one) => one.no === decision.no) ? old.legalBasis : [...old.legalBasis, { no: decision.no, name: decision.clause }]
  const changed: ProcedureRecord = { ...withFigure(old, target, value, decision.clause), decision: { no: decision.no, kind: 'sua_doi_bo_sung' }, effectiveFrom: decision.from, legalBasis }
  const cases: CaseDifference[] = []
  changed.cases = old.cases.map((one) => {
    const filing = { form: one.form, applicant: one.applicant ?? null, channel: one.channel, receivedAt: new Date(one.receivedAt) }
    const got = evaluate({ record: changed, feeTables: feeDecisions(changed) }, filing, deps)
    const expect = { ...one.expect }
    if (expect.dueOn !== undefined && expect.dueOn !== got.dueOn) {
      cases.push({ title: one.title, what: 'dueOn', before: expect.dueOn, after: got.dueOn })
      expect.dueOn = got.dueOn
    }
    if (expect.fee !== undefined && expect.fee !== got.totalFee) {
      cases.push({ title: one.title, what: 'fee', before: String(expect.fee), after: String(got.totalFee) })
      expect.fee = got.totalFee
    }
    return { ...one, expect }
  })
  return { record: changed, cases }
}
