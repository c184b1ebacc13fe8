// The plain-words view of a record for the procedure page: how long, how much, who, which papers, what happens.

import { formatVnd } from '#core/money/index.ts'
import { formatDate } from '#core/text/index.ts'
import { type Term, termText, workingTimeText } from '#core/workdays/index.ts'
import { conditionWords } from './condition-words.ts'
import { isPlace, unitRule } from './expressions.ts'
import {
  channelLabels,
  collectAtLabels,
  decisionKindLabels,
  feeKindLabels,
  levelLabels,
  onlineLevelLabels,
  registerLabels,
  roleLabels,
  targetLabels,
} from './labels.ts'
import { CHANNELS, type Fee, type Part, type ProcedureRecord, type Step } from './record.ts'
import { amountWords, rangeWords, rateWhen } from './rate-words.ts'
import { mainRoute } from './route.ts'

/** Name of a unit or department by its key; null when the province has none of that key. */
export type UnitNames = (key: string) => string | null

export interface PartWords {
  readonly id: string
  readonly name: string
  readonly formNo: string | null
  readonly help: string | null
  /** When it is needed; null for always. */
  readonly when: string | null
  /** '1 bản chính, 2 bản sao'; null when the record does not say. */
  readonly count: string | null
  /** The clause that asks for it. */
  readonly legal: string | null
  /** A blank form to download: its name and the id of the file. */
  readonly blank: { readonly name: string; readonly file: string } | null
  /** Where the officer looks before asking the citizen (NQ 66.7/2025/NQ-CP: data already held are not asked for again). */
  readonly reuse: string | null
}

export interface StepWords {
  readonly id: string
  readonly name: string
  readonly who: string
  readonly where: string
  /** '4 giờ làm việc'; 'không tính vào thời hạn' for waiting steps. */
  readonly time: string
  readonly waitsFor: string | null
}

export interface Explanation {
  readonly onlineLevel: string
  readonly onlineNote: string | null
  readonly levels: readonly string[]
  readonly targets: readonly string[]
  readonly decision: string
  readonly channels: readonly { readonly channel: string; readonly label: string; readonly term: string; readonly note: string | null }[]
  readonly extension: string | null
  readonly decidedBy: string
  readonly fees: readonly {
    readonly code: string
    readonly name: string
    readonly kind: string
    readonly amount: string
    readonly when: string | null
    readonly collect: string
    readonly legal: string | null
  }[]
  readonly exemptions: readonly string[]
  readonly conditions: readonly string[]
  readonly parts: {
    readonly required: readonly PartWords[]
    readonly when: readonly PartWords[]
    readonly optional: readonly PartWords[]
    readonly shown: readonly PartWords[]
    /** By case (trường hợp), in the order of the record; these stand in none of the lists above. */
    readonly cases: readonly { readonly name: string; readonly when: string | null; readonly parts: readonly PartWords[] }[]
  }
  /** The usual road, without detours. */
  readonly steps: readonly StepWords[]
  readonly results: readonly { readonly name: string; readonly validity: string | null }[]
}

/** All words of the page for a record without faults. Pure; `unitName` gives the names of units that the record only names by key. */
export function explain(record: ProcedureRecord, unitName: UnitNames = () => null): Explanation {
  const steps = new Map(record.steps.map((step) => [step.id, step]))
  return {
    onlineLevel: onlineLevelLabels[record.online.level],
    onlineNote: record.online.note ?? null,
    levels: record.levels.map((level) => levelLabels[level]),
    targets: record.targets.map((target) => targetLabels[target]),
    decision: decisionWords(record.decision),
    channels: record.channels.map(({ channel, term, note }) => ({
      channel,
      label: channelLabels[channel],
      term: termWords(term ?? record.term),
      note: note ?? null,
    })),
    extension: record.extension?.whenText ?? null,
    decidedBy: decidedByWords(record, unitName),
    fees: record.fees.flatMap((fee) => (fee.rates ? fee.rates.map((rate) => ({
      code: fee.code, name: fee.name, kind: feeKindLabels[fee.kind], amount: amountWords(rate), when: rateWhen(record, fee, rate), collect: collectAtLabels[fee.collectAt], legal: rate.legal ?? fee.legal ?? null,
    })) : [{
      code: fee.code,
      name: fee.name,
      kind: feeKindLabels[fee.kind],
      amount: feeWords(fee),
      when: [fee.whenText, fee.until && `Áp dụng đến hết ngày ${formatDate(fee.until)}`].filter(Boolean).join('. ') || null,
      collect: collectAtLabels[fee.collectAt],
      legal: fee.legal ?? null,
    }])),
    exemptions: (record.exemptions ?? []).map(({ text, percent = 100 }) =>
      percent === 100 ? text : `${text.replace(/\.$/, '')} (giảm ${percent}%).`,
    ),
    conditions: (record.conditions ?? []).map((condition) => condition.text),
    parts: {
      required: partsWords(record, (part) => !part.cases && !isShown(part) && part.requiredWhen === undefined && part.required !== false),
      when: partsWords(record, (part) => !part.cases && !isShown(part) && part.requiredWhen !== undefined),
      optional: partsWords(record, (part) => !part.cases && !isShown(part) && part.requiredWhen === undefined && part.required === false),
      shown: partsWords(record, (part) => !part.cases && isShown(part)),
      cases: (record.partCases ?? []).flatMap(({ key, name, when }) => {
        const parts = partsWords(record, (part) => part.cases?.includes(key) === true)
        return parts.length === 0 ? [] : [{ name, when: when === undefined ? null : (conditionWords(record, when) ?? 'Tùy theo điều khai trong tờ khai; hệ thống báo khi cần.'), parts }]
      }),
    },
    steps: mainRoute(record).map((id) => stepWords(record, steps.get(id)!, unitName)),
    results: record.results.map(({ name, validity }) => ({ name, validity: validity ?? null })),
  }
}

/** 'Trong ngày nếu nộp trước 15:00'; '12 ngày làm việc'; '15 ngày'. */
export function termWords(term: Term): string {
  if (term.mode !== 'same_day') return termText(term)
  const within = term.value <= 1 ? 'Trong ngày' : `Trong ${termText(term)}, kể cả ngày nộp,`
  return `${within} nếu nộp trước ${term.cutoff ?? '15:00'}`
}

/** '8.000 đ'; 'Miễn phí'; 'Nộp trực tuyến 100.000 đ, nộp trực tiếp 200.000 đ'; 'Tính theo tờ khai'. */
export function feeWords(fee: Fee): string {
  if (fee.rates) return rangeWords(fee.rates)
  const amount = (vnd: number) => (vnd === 0 ? 'miễn phí' : formatVnd(vnd))
  const own = CHANNELS.filter((channel) => fee.channelAmounts?.[channel] !== undefined)
  const amounts = new Set(own.map((channel) => fee.channelAmounts![channel]))
  if (amounts.size > 1)
    return capital(own.map((channel) => `${lower(channelLabels[channel])} ${amount(fee.channelAmounts![channel]!)}`).join(', '))
  const one = own.length > 0 ? [...amounts][0] : fee.amount
  return one === undefined ? 'Tính theo tờ khai' : capital(amount(one))
}

function decisionWords({ no, on, kind }: ProcedureRecord['decision']): string {
  return `Quyết định ${no}${on ? ` ngày ${formatDate(on)}` : ''} (${decisionKindLabels[kind]})`
}

function decidedByWords({ competence, field }: ProcedureRecord, unitName: UnitNames): string {
  if (competence.note) return competence.note
  if (competence.by === 'noi_nop') return 'Cơ quan nơi nộp hồ sơ.'
  if (competence.level === 'xa') return 'Ủy ban nhân dân xã, phường theo địa chỉ ghi trong tờ khai.'
  if (competence.level === 'huyen') return 'Ủy ban nhân dân huyện, thị xã, thành phố theo địa chỉ ghi trong tờ khai.'
  const department = competence.department && unitName(competence.department)
  return department ? `${department}.` : `Cơ quan chuyên môn về ${lower(field.name)} của tỉnh.`
}

const isShown = (part: Part): boolean => part.present === 'xuat_trinh'

const partsWords = (record: ProcedureRecord, wanted: (part: Part) => boolean): PartWords[] =>
  record.parts.filter(wanted).map((part) => ({
    id: part.id,
    name: part.name,
    formNo: part.formNo ?? null,
    help: part.help ?? null,
    when: whenWords(record, part),
    count: countWords(part),
    reuse: reuseWords(part),
    legal: part.legal ?? null,
    blank: part.blank ?? null,
  }))

function whenWords(record: ProcedureRecord, part: Part): string | null {
  if (part.requiredWhen === undefined) return null
  const words = conditionWords(record, part.requiredWhen)
  return words ? `Khi ${words}` : 'Tùy theo điều khai trong tờ khai; hệ thống báo khi cần.'
}

function countWords({ originals = 0, copies = 0, certified = 0 }: Part): string | null {
  return [originals && `${originals} bản chính`, certified && `${certified} bản sao có chứng thực`, copies && `${copies} bản sao`].filter(Boolean).join(', ') || null
}

function reuseWords({ reuse }: Part): string | null {
  if (!reuse) return null
  if (reuse.note) return reuse.note
  const places = [reuse.register && registerLabels[reuse.register], reuse.vault && 'kho dữ liệu của ông/bà'].filter(Boolean)
  return places.length > 0 ? `Không phải nộp nếu đã có trong ${places.join(' hoặc ')}.` : null
}

function stepWords(record: ProcedureRecord, step: Step, unitName: UnitNames): StepWords {
  const silent = step.silence && step.outcomes.find((outcome) => outcome.key === step.silence?.outcome)
  const stops = step.clock === 'stops'
  return {
    id: step.id,
    name: step.name,
    who: roleLabels[step.role],
    where: whereWords(record, step, unitName),
    time: stops ? 'không tính vào thời hạn' : step.hours === 0 ? 'làm ngay' : workingTimeText(step.hours),
    waitsFor: silent
      ? `Sau ${step.silence!.value} ${step.silence!.unit === 'ngay' ? 'ngày' : 'ngày làm việc'} không trả lời: ${lower(silent.label)}.`
      : null,
  }
}

function whereWords({ competence }: ProcedureRecord, step: Step, unitName: UnitNames): string {
  const rule = unitRule(step)
  if (rule.kind === 'noi_nop') return 'Nơi nộp hồ sơ'
  if (rule.kind === 'feel') return 'Đơn vị theo tờ khai'
  const named =
    rule.kind === 'key' ? unitName(rule.key) : isPlace(competence.by) && competence.department ? unitName(competence.department) : null
  return named ?? 'Cơ quan giải quyết'
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
