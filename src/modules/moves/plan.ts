// The plan for one dossier: where its tokens go, what becomes of answers, papers, fee and date, and whether it can move at all. Reads nothing; all it needs is given.

import { type Definition, type ElementDef, type Explored, type Fault, explore, keyOfElement, type ProcessState, remap, type Remapped, standingKey, type Stuck } from '#core/bpmn/index.ts'
import type { Catalogs, FormEnv, Values } from '#core/form/types.ts'
import { formatDateTime } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { type Kept, keptOrNull, lowest, type MovingCase, NOTHING_KEPT, recoded, STATES, termsAfter, type TermUnder, type VersionChange } from '#modules/dossiers/index.ts'
import { type Evaluation, roleLabels, type Version } from '#modules/procedures/index.ts'
import { type ClockPlan, planClock } from './plan-clock.ts'
import { mapAnswers, pairFees, pairParts, pairQuestions, type QuestionPair, questionsOf } from './plan-answers.ts'
import { OUTSIDE, type Pair, type StepCard, stepsOf, suggest } from './plan-steps.ts'
import { type AnswerChoices, type CasePreview, type Clauses, FALLS_AWAY, STAYS, type StepChoices, type Verdict } from './schema.ts'

/** Two versions side by side; made once for a plan, used for every dossier. */
export interface Sides {
  readonly from: Version
  readonly to: Version
  readonly drawnFrom: Definition
  readonly drawnTo: Definition
  readonly steps: readonly Pair[]
  readonly there: readonly StepCard[]
  readonly questions: readonly QuestionPair[]
  readonly parts: ReadonlyMap<string, string>
  /** Code of the old fee line by that of the new. */
  readonly fees: Readonly<Record<string, string>>
  readonly normalFrom: Explored
  readonly normalTo: Explored
  /** Whether a state of the new drawing can end; found once for all dossiers that stand alike. */
  readonly prove: (state: ProcessState) => readonly Fault[]
}

export function sidesOf(from: Version, to: Version, drawnFrom: Definition, drawnTo: Definition, explored: (definition: Definition) => Explored): Sides {
  const proved = new Map<string, readonly Fault[]>()
  const prove = (state: ProcessState): readonly Fault[] => {
    const key = standingKey(state)
    const faults = proved.get(key) ?? explore(drawnTo, state).faults
    proved.set(key, faults)
    return faults
  }
  return {
    prove,
    from, to, drawnFrom, drawnTo, steps: suggest(drawnFrom, drawnTo), there: stepsOf(drawnTo), questions: pairQuestions(from.record, to.record), parts: pairParts(from.record, to.record),
    fees: pairFees(from.record, to.record), normalFrom: explored(drawnFrom), normalTo: explored(drawnTo),
  }
}

export interface Chosen {
  readonly steps: StepChoices
  readonly answers: AnswerChoices
  readonly clauses: Clauses
}

/** What only the surroundings can say of a case. */
export interface Around {
  readonly now: Date
  readonly catalogs: Catalogs
  readonly unitName: string
  readonly terms: { readonly before: TermUnder; readonly after: TermUnder }
  /** The filing as a version sees it, with these answers and parts. */
  evaluate(version: Version, form: Values, parts: readonly string[]): Evaluation
}

export interface CasePlan {
  readonly verdict: Verdict
  readonly preview: CasePreview
  /** What is carried out; null unless the dossier moves. `fact` is completed by whoever acts. */
  readonly change: Omit<VersionChange, 'fact'> | null
}

/** Pure. The same case and choices give the same plan. */
export function planCase(sides: Sides, found: MovingCase, chosen: Chosen, around: Around): CasePlan {
  const { dossier } = found
  const steps = planSteps(sides, found, chosen.steps)
  const answers = planAnswers(sides, found, chosen.answers, around)
  const demands = planDemands(sides, found, answers, chosen.clauses, around)
  const fee = planFee(sides, found, answers, chosen.clauses, around)
  const clock = planClock({
    now: around.now, dueAt: dossier.acceptedAt ? dossier.dueAt : null, pausedAt: dossier.pausedAt, resumes: steps.resumes, breached: dossier.breach !== null,
    decided: dossier.extendedAt !== null || dossier.apologisedAt !== null, byOld: around.terms.before.due.dueAt, byNew: around.terms.after.due.dueAt, longerAllowed: !!chosen.clauses.longerTerm,
  })
  const stuck = [...heldBack(found), ...steps.stuck]
  const open = [...steps.choose, ...answers.conflicts.map(({ message }) => message)]
  const verdict: Verdict = stuck.length > 0 ? 'stuck' : open.length > 0 ? 'choice' : 'moves'
  const kept = keptOrNull({
    ...termsAfter(clock.term, around.terms.before, around.terms.after.term, chosen.clauses.longerTerm), fees: fee.kept, spared: demands.spared,
  })
  const derivation = clock.how === 'later' ? `${around.terms.after.due.derivation}; theo ${chosen.clauses.longerTerm}` : around.terms.after.due.derivation
  const moves = clock.how === 'earlier' || clock.how === 'later'
  return {
    verdict,
    preview: {
      state: STATES[dossier.state].label, unit: around.unitName, steps: steps.shown,
      due: { before: dossier.acceptedAt ? iso(dossier.dueAt) : null, after: iso(clock.dueAt), how: clock.how, paused: dossier.pausedAt !== null },
      fee: { before: fee.before, after: fee.after, paid: found.paidVnd, refund: fee.refund }, left: answers.left, renamed: answers.renamed, asked: demands.asked, spared: demands.sparedLabels,
      reasons: [...stuck, ...open], notes: [...notesOf(sides, found, clock, !!chosen.clauses.longerTerm, around), ...fee.notes], open: steps.open,
    },
    change: verdict === 'moves' && steps.remapped
      ? {
          version: sides.to, form: answers.form, pending: answers.pending, parts: answers.parts, fees: fee.lines, kept, remapped: steps.remapped,
          due: moves && clock.dueAt ? { dueAt: clock.dueAt, derivation: `${derivation}; phiên bản ${sides.to.number} của thủ tục` } : null,
        }
      : null,
  }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const who = (role: string): string => roleLabels[role as keyof typeof roleLabels] ?? role

/** What keeps a dossier where it is, whatever is chosen. */
function heldBack({ dossier, asked, standing }: MovingCase): string[] {
  if (dossier.signedAt || dossier.rejection === 'signed') return [`Kết quả đã ký${dossier.signedAt ? ` lúc ${formatDateTime(dossier.signedAt)}` : ''} theo phiên bản cũ; hồ sơ đi tiếp theo phiên bản đó.`]
  if (dossier.finishedAt) return ['Đã có kết quả, chỉ còn trả cho người nộp; hồ sơ đi tiếp theo phiên bản cũ.']
  if (asked > 0 || standing.children.some((child) => child.link === 'beside')) return [`Đang lấy ý kiến ${asked} đơn vị; chờ trả lời, hoặc rút yêu cầu, rồi chạy thử lại.`]
  return []
}

interface PlannedSteps {
  readonly shown: CasePreview['steps']
  /** Keys of steps for which something is to be chosen, and why in words. */
  readonly open: readonly string[]
  readonly choose: readonly string[]
  readonly stuck: readonly string[]
  readonly remapped: Remapped | null
  /** A step it goes on at has a clock that runs. */
  readonly resumes: boolean
}

function planSteps(sides: Sides, found: MovingCase, choices: StepChoices): PlannedSteps {
  const { standing } = found
  const pairs = new Map(sides.steps.map((pair) => [pair.from.key, pair]))
  const there = new Map(sides.there.map((step) => [step.key, step]))
  const open: string[] = []
  const choose: string[] = []
  const stuck: string[] = []
  const shown: CasePreview['steps'][number][] = []
  const counterpart = (element: ElementDef): string | null | undefined => {
    const key = keyOfElement(element)
    const choice = choices[key]
    if (choice === FALLS_AWAY) return null
    if (choice === STAYS) return undefined
    return choice && there.has(choice) ? choice : pairs.get(key)?.to?.key
  }
  for (const token of standing.state.tokens) {
    const element = standing.definition.elements[token.element]
    if (!element || token.status !== 'waiting' || (element.type !== 'task' && element.type !== 'callActivity')) continue
    const key = keyOfElement(element)
    const card = pairs.get(key)?.from ?? { key, name: element.name || key, role: element.attributes.role ?? 'chuyen_vien', hours: 0, clock: 'runs' as const, status: null, kind: 'task' as const }
    const target = counterpart(element)
    const to = target ? (there.get(target) ?? null) : null
    const how = target === null ? 'dropped' : !to ? 'open' : choices[key] ? 'chosen' : (pairs.get(key)!.how as 'same' | 'alike')
    shown.push({ from: card.name, fromWho: who(card.role), to: to?.name ?? null, toWho: to ? who(to.role) : '', how })
    if (choices[key] === STAYS) stuck.push(`Đã chọn không chuyển hồ sơ đang ở bước “${card.name}”.`)
    else if (target === undefined) {
      open.push(key)
      choose.push(`Bước “${card.name}” không có ở phiên bản ${sides.to.number}; chọn bước làm tiếp.`)
    } else if (to) stuck.push(...misplaced(sides, found, card, to, element))
  }
  const none = { shown, open, choose, stuck, remapped: null, resumes: false }
  if (stuck.length > 0 || choose.length > 0) return none
  const result = remap(standing.definition, sides.drawnTo, standing.state, counterpart, sides.normalTo, sides.prove)
  if ('stuck' in result) return { ...none, stuck: [stuckWords(sides, standing.definition, result.stuck)] }
  return { ...none, remapped: result, resumes: result.kept.some(({ to }) => (sides.drawnTo.elements[to]?.attributes.clock ?? 'runs') === 'runs') }
}

/** Why a step cannot stand for another: it waits for something else, or comes where other things have been done before. */
function misplaced(sides: Sides, { dossier }: MovingCase, from: StepCard, to: StepCard, element: ElementDef): string[] {
  const waits = (card: StepCard) => (card.status !== null && OUTSIDE.includes(card.status) ? card.status : card.role === 'cong_dan' ? 0 : null)
  if (waits(from) !== waits(to)) return [`Bước “${from.name}” ${waits(from) === null ? 'do cơ quan làm' : 'chờ người nộp'}, bước “${to.name}” thì ${waits(to) === null ? 'do cơ quan làm' : 'chờ người nộp'}; chọn bước khác.`]
  const done = [...(dossier.acceptedAt ? ['accept'] : []), ...(dossier.rejection === 'proposed' ? ['reject'] : [])].join(',')
  const known = sides.normalFrom.met.get(element.id)
  const met = Object.values(sides.drawnTo.elements).filter((one) => keyOfElement(one) === to.key).flatMap((one) => [...(sides.normalTo.met.get(one.id) ?? [])])
  if (!sides.normalTo.whole || met.length === 0 || !known?.has(done) || met.includes(done)) return []
  if (!dossier.acceptedAt) return [`Hồ sơ chưa được tiếp nhận, mà bước “${to.name}” chỉ tới sau khi tiếp nhận; chọn bước khác.`]
  if (dossier.rejection === 'proposed') return [`Hồ sơ đang được đề xuất không giải quyết, mà bước “${to.name}” không tới sau đề xuất đó; chọn bước khác.`]
  return [`Hồ sơ đã được tiếp nhận, mà bước “${to.name}” chỉ có trước khi tiếp nhận; chọn bước khác.`]
}

function stuckWords(sides: Sides, from: Definition, { reason, element, fault }: Stuck): string {
  const [here, there] = [from.elements[element]?.name || element, sides.drawnTo.elements[element]?.name || element]
  if (reason === 'nothing_left') return 'Theo các bước đã chọn thì hồ sơ không còn việc nào; chọn ít nhất một bước làm tiếp.'
  if (reason === 'other_kind') return from.elements[element]?.type === 'callActivity' ? `Bước “${here}” đang chạy quy trình con mà phiên bản ${sides.to.number} không gọi; chờ quy trình con xong.` : `Bước “${here}” đang làm lặp hoặc chờ sự kiện theo cách riêng của phiên bản cũ; chờ qua bước này.`
  if (reason === 'no_counterpart') return `“${here}” không có ở phiên bản ${sides.to.number}; chờ hồ sơ qua bước này.`
  if (fault?.kind === 'twice') return `Ở phiên bản ${sides.to.number} hai việc đang làm song song sẽ cùng tới bước “${there}” hai lần; chọn một việc đi tiếp, việc kia cho thôi.`
  return `Ở phiên bản ${sides.to.number} bước này chạy song song với bước khác mà hồ sơ chưa qua, nên sẽ chờ mãi; chọn một bước ở trước chỗ tách nhánh.`
}

interface PlannedAnswers extends ReturnType<typeof mapAnswers> {
  readonly pending: Values | null
  readonly parts: Record<string, string>
}

function planAnswers(sides: Sides, { dossier, pending, parts }: MovingCase, choices: AnswerChoices, { catalogs, now }: Around): PlannedAnswers {
  const env: FormEnv = { channel: dossier.channel, receivedOn: localDate(dossier.submittedAt ?? now), applicant: dossier.applicant as never, parts: parts.map((part) => part.part), catalogs }
  const there = questionsOf(sides.to.record)
  const mapped = mapAnswers(dossier.form, sides.questions, choices, there, env)
  const waiting = pending && mapAnswers(pending, sides.questions, choices, there, env)
  const renamed = parts.flatMap((part): [string, string][] => { const name = sides.parts.get(part.part); return name && name !== part.part ? [[part.id, name]] : [] })
  // what is being prepared and does not fit is mended by whoever prepares it: it stays as typed; but two answers never become one
  const conflicts = [...mapped.conflicts, ...(waiting?.conflicts ?? []).filter((one) => one.why === 'doubled' && mapped.conflicts.every(({ key }) => key !== one.key))]
  const shapeless = (waiting?.conflicts ?? []).filter(({ key }) => typeof waiting!.form[key] === 'object').map(({ key }) => [key, null] as const)
  return { ...mapped, conflicts, pending: waiting && { ...waiting.form, ...Object.fromEntries(shapeless) }, parts: Object.fromEntries(renamed) }
}

/** Questions and papers that the new version wants and this dossier does not have. */
function planDemands(sides: Sides, { dossier, parts }: MovingCase, answers: PlannedAnswers, clauses: Clauses, around: Around) {
  const names = new Map(parts.map((part) => [part.id, answers.parts[part.id] ?? part.part]))
  const have = [...new Set(names.values())]
  const faults = (version: Version, form: Values, ids: readonly string[]): Map<string, string> => {
    const found = around.evaluate(version, form, ids)
    const labels = new Map([...questionsOf(version.record).map((one) => [one.key, one.label] as const), ...version.record.parts.map((part) => [`parts.${part.id}`, part.name] as const)])
    return new Map([...found.errors.map((fault) => fault.key.split('.')[0]!), ...found.requiredParts.filter((id) => !ids.includes(id)).map((id) => `parts.${id}`)].map((key) => [key, labels.get(key) ?? key]))
  }
  const before = faults(sides.from, dossier.form, [...new Set(parts.map((part) => part.part))])
  const same = (key: string): string => (key.startsWith('parts.') ? `parts.${[...sides.parts].find(([, to]) => to === key.slice(6))?.[0] ?? ''}` : (answers.keys[key] ?? key))
  const fresh = [...faults(sides.to, answers.form, have)].filter(([key]) => !before.has(same(key)))
  const later = [
    ...questionsOf(sides.to.record).filter((one) => !sides.questions.some((pair) => pair.to?.key === one.key)).map((one) => one.key),
    ...sides.to.record.parts.filter((part) => ![...sides.parts.values()].includes(part.id)).map((part) => `parts.${part.id}`),
  ]
  const old = (dossier.kept?.spared ?? []).map((key) => (key.startsWith('parts.') ? `parts.${sides.parts.get(key.slice(6)) ?? key.slice(6)}` : (sides.questions.find((pair) => pair.from.key === key)?.to?.key ?? key)))
  const allowed = !!clauses.newDemands
  const known = new Set([...questionsOf(sides.to.record).map((one) => one.key), ...sides.to.record.parts.map((part) => `parts.${part.id}`)])
  return {
    asked: allowed ? fresh.map(([, label]) => label) : [], sparedLabels: allowed ? [] : fresh.map(([, label]) => label),
    spared: allowed ? [] : [...new Set([...fresh.map(([key]) => key), ...later, ...old])].filter((key) => known.has(key)).sort(),
  }
}

const total = (lines: readonly { readonly amount: number }[]): number => lines.reduce((sum, line) => sum + line.amount, 0)

/** What is to be paid under the new version: nobody pays more than they were asked, unless a clause says so. */
function planFee(sides: Sides, found: MovingCase, answers: PlannedAnswers, clauses: Clauses, around: Around) {
  const { dossier, parts } = found
  const ids = [...new Set(parts.map((part) => answers.parts[part.id] ?? part.part))]
  const full = recoded(around.evaluate(sides.to, answers.form, ids).fees, sides.fees)
  const higher = !!clauses.higherFee
  const lines = higher ? full : lowest(full, [found.fees])
  const previous = dossier.kept?.fees ?? []
  const came: Kept['fees'][number] = { version: sides.from.id, number: sides.from.number, keys: answers.keys, codes: sides.fees }
  const cheaper = total(full) > total(lines) || JSON.stringify(sides.from.record.fees) !== JSON.stringify(sides.to.record.fees) || previous.length > 0
  const kept = higher || !cheaper ? NOTHING_KEPT.fees : [...previous.map((one) => ({ ...one, keys: through(answers.keys, one.keys), codes: { ...sides.fees, ...one.codes } })), came].filter((one) => one.version !== sides.to.id)
  const [before, after] = [total(found.fees), total(lines)]
  const refund = Math.max(0, Math.min(found.paidVnd, found.paidVnd - after))
  const spared = total(full) - after
  return {
    lines, kept, before, after, refund: after < before ? refund : 0,
    notes: spared > 0 ? [`Theo phiên bản ${sides.to.number} phải nộp nhiều hơn ${spared.toLocaleString('vi-VN')} đ; hồ sơ đã nộp giữ mức cũ.`] : [],
  }
}

/** Keys of here to those of a version before the last. */
const through = (keys: Readonly<Record<string, string>>, before: Readonly<Record<string, string>>): Record<string, string> =>
  ({ ...before, ...Object.fromEntries(Object.entries(keys).map(([here, there]) => [here, before[there] ?? there])) })

function notesOf(sides: Sides, { dossier, parts }: MovingCase, { how, term }: ClockPlan, longer: boolean, { terms }: Around): string[] {
  const lost = parts.filter((part) => !sides.parts.has(part.part)).length
  const passed = how === 'kept' && terms.after.due.dueAt < terms.before.due.dueAt
  return [
    ...(how === 'kept' && terms.after.due.dueAt > terms.before.due.dueAt ? ['Thời hạn của phiên bản mới dài hơn; vẫn giữ ngày đã hẹn.'] : []),
    ...(passed ? ['Tính theo phiên bản mới thì hạn đã qua; vẫn giữ ngày đã hẹn.'] : []),
    ...(how === 'late' ? ['Hồ sơ đang quá hạn và vẫn được tính là quá hạn.'] : []),
    ...(how === 'promised' ? ['Đã gia hạn hoặc xin lỗi, hẹn lại theo phiên bản cũ; giữ ngày đã hẹn.'] : []),
    ...(how === 'none' && !longer ? ['Chưa tiếp nhận: khi tiếp nhận tính theo cả hai phiên bản và hẹn ngày sớm hơn.'] : []),
    ...(how === 'paused' && term === 'both' ? ['Đang tạm dừng: khi tiếp tục tính theo cả hai phiên bản và hẹn ngày sớm hơn.'] : []),
    ...((how === 'none' || how === 'paused' || how === 'resumed') && longer && term === 'new' ? ['Có điều khoản chuyển tiếp: tính theo thời hạn của phiên bản mới, kể cả khi dài hơn.'] : []),
    ...(lost > 0 ? [`${lost} giấy tờ đã nộp không còn trong danh mục; vẫn lưu cùng hồ sơ.`] : []),
    ...(dossier.kept ? ['Hồ sơ đã từng chuyển phiên bản; phần có lợi hơn cho người nộp vẫn giữ.'] : []),
  ]
}
