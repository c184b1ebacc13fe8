// Applies a record to one filled-in form: is it complete, which papers, what it costs, when it is due, who decides. Pure.

import { feel, holds } from '#core/feel/index.ts'
import { evaluateForm } from '#core/form/index.ts'
import type { Catalogs, Channel, Values } from '#core/form/types.ts'
import type { FieldError } from '#core/errors.ts'
import { type Calendar, deadline, type Extension, localDate, type Term } from '#core/workdays/index.ts'
import { isPlace } from './expressions.ts'
import { feeLines, type FeeLine, type Published, type Scope, total } from './fees.ts'
import type { Competence, Part, ProcedureRecord } from './record.ts'
import { mainRoute } from './route.ts'

/** One dossier as handed in. */
export interface Filing {
  /** Answers by question key. */
  readonly form: Values
  /** What is known of the applicant beside the form; null when nothing is. */
  readonly applicant?: Values | null
  readonly channel: Channel
  readonly receivedAt: Date
  /** Ids of the parts handed in so far. */
  readonly parts?: readonly string[]
}

/** The surroundings that an evaluation needs. */
export interface EvaluateDeps {
  readonly calendar: Calendar
  readonly catalogs: Catalogs
}

/** Which unit decides. `by` is a commune code, 'noi_nop' (where filed), 'tinh' (the province), or null while the form does not say. */
export interface DecidedBy {
  readonly by: string | null
  readonly level: Competence['level']
  /** Key of the provincial department; null when the record names none. */
  readonly department: string | null
}

export interface Evaluation {
  readonly valid: boolean
  /** In the order of the form. */
  readonly errors: readonly FieldError[]
  /** Normalised answers; hidden ones removed, computed ones filled in. */
  readonly values: Values
  /** Ids of the papers to hand in. */
  readonly requiredParts: readonly string[]
  /** Ids of the papers to show at the counter; they are not handed in. */
  readonly shownParts: readonly string[]
  /** Ids of the papers that may be added (`required: false`). */
  readonly optionalParts: readonly string[]
  readonly fees: readonly FeeLine[]
  /** đồng */
  readonly totalFee: number
  readonly dueAt: Date
  /** 'YYYY-MM-DD', local */
  readonly dueOn: string
  /** How dueAt was reckoned, in Vietnamese. */
  readonly derivation: string
  /** The term that was counted: the channel's own, else the procedure's. */
  readonly term: Term
  readonly extension: Extension | null
  readonly decidedBy: DecidedBy
  /** `met` is null for a condition that only a person can judge. */
  readonly conditions: readonly { readonly text: string; readonly met: boolean | null }[]
  /** Step ids when every outcome is the first one. */
  readonly route: readonly string[]
}

/**
 * What a record says of one filing. Never throws on answers, whatever they are; throws RangeError on a term that `checkRecord` refuses.
 *
 * Parts: one that names `cases` counts only when one of them holds; `requiredWhen` wins over `required`, which is true by default; papers to be shown (`xuat_trinh`) are listed apart. Due: the
 * channel's own term else the procedure's; an extension counts when it applies at filing and its condition holds, one by decision
 * is an officer's later act. Deadlines follow NĐ 118/2025/NĐ-CP and Civil Code art. 147 (core/workdays).
 */
export function evaluate(published: Published, filing: Filing, deps: EvaluateDeps): Evaluation {
  const { record } = published
  const { channel, receivedAt, applicant = null, parts = [] } = filing
  const receivedOn = localDate(receivedAt)
  const filled = evaluateForm(record.form, filing.form, { channel, receivedOn, applicant, parts, catalogs: deps.catalogs })
  const scope: Scope = { form: { ...unanswered(record), ...filled.values }, applicant, channel, receivedOn, parts }
  const term = record.channels.find((one) => one.channel === channel)?.term ?? record.term
  const extension = extensionAtFiling(record, scope)
  const fees = feeLines(published, scope)
  const needed = record.parts.filter((part) => inCase(record, part, scope) === true && isNeeded(part, scope))
  return {
    valid: filled.errors.length === 0,
    errors: filled.errors,
    values: filled.values,
    requiredParts: needed.filter((part) => part.present !== 'xuat_trinh').map((part) => part.id),
    shownParts: needed.filter((part) => part.present === 'xuat_trinh').map((part) => part.id),
    optionalParts: record.parts.filter((part) => isOptional(record, part, scope) && !needed.includes(part)).map((part) => part.id),
    fees,
    totalFee: total(fees),
    ...deadline({ term, receivedAt, calendar: deps.calendar, extension }),
    term,
    extension,
    decidedBy: decidedBy(record, scope),
    conditions: (record.conditions ?? []).map(({ text, check }) => ({ text, met: check === undefined ? null : holds(check, scope) })),
    route: mainRoute(record),
  }
}

// Every question is a name that expressions may read, null without an answer: a key that is missing would only be noise in FEEL.
const unanswered = (record: ProcedureRecord): Values =>
  Object.fromEntries(record.form.sections.flatMap((section) => section.questions.map((question) => [question.key, null])))

const isNeeded = (part: Part, scope: Scope): boolean =>
  part.requiredWhen === undefined ? part.required !== false : holds(part.requiredWhen, scope)

/** Whether a paper's case is this filing's: of several one is enough. Null: only a person can tell, so the paper may be added. */
function inCase(record: ProcedureRecord, part: Part, scope: Scope): boolean | null {
  if (!part.cases) return true
  const mine = (record.partCases ?? []).filter((one) => part.cases!.includes(one.key))
  if (mine.some((one) => one.when !== undefined && holds(one.when, scope))) return true
  return mine.some((one) => one.when === undefined) ? null : false
}

function isOptional(record: ProcedureRecord, part: Part, scope: Scope): boolean {
  const mine = inCase(record, part, scope)
  return mine === null || (mine && part.required === false)
}

function extensionAtFiling(record: ProcedureRecord, scope: Scope): Extension | null {
  const { extension } = record
  if (extension?.applies !== 'at_filing' || !extension.when || !holds(extension.when, scope)) return null
  return { term: extension.term, adds: extension.adds, reason: extension.whenText }
}

/** The term of one filing and the extension that counts with it, from answers that are normal already: those of a dossier that was handed in. */
export function termOf(record: ProcedureRecord, { form, applicant = null, channel, receivedAt, parts = [] }: Filing): Pick<Evaluation, 'term' | 'extension'> {
  const scope: Scope = { form: { ...unanswered(record), ...form }, applicant, channel, receivedOn: localDate(receivedAt), parts }
  return { term: record.channels.find((one) => one.channel === channel)?.term ?? record.term, extension: extensionAtFiling(record, scope) }
}

function decidedBy({ competence }: ProcedureRecord, scope: Scope): DecidedBy {
  const value = isPlace(competence.by) ? competence.by : feel(competence.by, scope).value
  return { by: typeof value === 'string' && value ? value : null, level: competence.level, department: competence.department ?? null }
}
