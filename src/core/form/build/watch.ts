// What is said beside a form while it is built: faults that keep it from being published, and what an applicant would stumble over.

import { fold } from '../../text/fold.ts'
import { checkForm } from '../check.ts'
import { usedKeys } from '../evaluate.ts'
import { type FormDefinition, type Question, QUESTION_TYPES, type QuestionType } from '../types.ts'
import { readCondition, type Test } from './condition.ts'
import { questionsIn } from './edit.ts'

export interface FormNote {
  /** Question, `table.column`, or `section:key`; null: the whole form. */
  readonly place: string | null
  /** Property at fault: 'visibleWhen', 'key', … */
  readonly of: string | null
  readonly message: string
}

const PATH = /^sections\.(\d+)(?:\.questions\.(\d+)(?:\.columns\.(\d+))?)?(?:\.(.+))?$/

/** Faults in words, each with the question it belongs to. */
export function formFaultNotes(form: FormDefinition): readonly FormNote[] {
  const known = { ...form, sections: form.sections.map((section) => ({ ...section, questions: section.questions.filter(({ type }) => (QUESTION_TYPES as readonly string[]).includes(type)) })) }
  const unknown = questionsIn(form).filter(({ type }) => !(QUESTION_TYPES as readonly string[]).includes(type))
  const found = checkForm(known).map(({ path, message }): FormNote => {
    const [, s, q, c, of] = PATH.exec(path) ?? []
    const section = known.sections[Number(s)]
    const question = q === undefined ? undefined : section?.questions[Number(q)]
    const column = c === undefined ? undefined : question?.columns?.[Number(c)]
    return { place: column ? `${question!.key}.${column.key}` : question ? question.key : section ? `section:${section.key}` : null, of: of ?? null, message }
  })
  return [
    ...(form.title.trim() ? [] : [{ place: null, of: 'title', message: 'Tờ khai chưa có tên; ghi tên như trên mẫu.' }]),
    ...(form.sections.length === 0 ? [{ place: null, of: null, message: 'Tờ khai chưa có phần nào; thêm một phần.' }] : []),
    ...form.sections.flatMap(({ key, title, questions }) => [
      ...(questions.length === 0 ? [{ place: `section:${key}`, of: null, message: `Phần “${title}” chưa có câu hỏi; thêm câu hỏi hoặc xóa phần này.` }] : []),
      ...(title.trim() ? [] : [{ place: `section:${key}`, of: 'title', message: 'Phần này chưa có tên.' }]),
    ]),
    ...questionsIn(form).filter(({ label }) => !label.trim()).map(({ key }) => ({ place: key, of: 'label', message: 'Câu hỏi chưa có lời hỏi.' })),
    ...unknown.map(({ key, type }) => ({ place: key, of: 'type', message: `Không có kiểu câu hỏi “${type}”; chọn một kiểu trong danh sách.` })),
    ...found,
    ...circles(form),
    ...neverShown(form).flatMap(({ question, why }) => (question.required || question.requiredWhen ? [{ place: question.key, of: 'visibleWhen', message: `Câu bắt buộc này không bao giờ hiện: ${why}` }] : [])),
  ]
}

/** Worth a second look; nothing is kept back for them. */
export function formWarnings(form: FormDefinition): readonly FormNote[] {
  const questions = questionsIn(form)
  return [
    ...neverShown(form).flatMap(({ question, why }) => (question.required || question.requiredWhen ? [] : [{ place: question.key, of: 'visibleWhen', message: `Câu này không bao giờ hiện: ${why}` }])),
    ...backwards(questions),
    ...form.sections.filter((one) => one.questions.length > 12).map(({ key, title, questions: many }) => ({ place: `section:${key}`, of: null, message: `Phần “${title}” có ${many.length} câu; chia thành hai phần cho dễ điền.` })),
    ...questions.filter(({ type, options }) => type === 'radio' && (options?.length ?? 0) > 7).map(({ key, options }) => ({ place: key, of: 'options', message: `Có ${options!.length} lựa chọn bày hết ra; đổi sang danh sách thả xuống cho gọn.` })),
    ...questions.filter(({ label }) => label.length > 160).map(({ key }) => ({ place: key, of: 'label', message: 'Lời hỏi dài hơn 160 ký tự; để phần giải thích sang “Hướng dẫn”.' })),
  ]
}

// — computed values that chase each other —

function circles(form: FormDefinition): FormNote[] {
  const questions = questionsIn(form)
  const reads = new Map(questions.map((question) => [question.key, [...new Set([...(question.type === 'computed' ? usedKeys(question.value) : []), ...usedKeys(question.visibleWhen)])].filter((key) => key !== question.key || question.type === 'computed')]))
  const label = new Map(questions.map(({ key, label: text }) => [key, text]))
  const found: FormNote[] = []
  const done = new Set<string>()
  const walk = (key: string, trail: readonly string[]): void => {
    const at = trail.indexOf(key)
    if (at >= 0) {
      const ring = trail.slice(at)
      const first = ring.toSorted()[0]!
      if (!found.some(({ place }) => ring.includes(place ?? ''))) found.push({ place: first, of: 'value', message: ring.length === 1 ? 'Mục tính sẵn này dựa vào chính nó.' : `Các câu dựa vòng tròn vào nhau: ${ring.map((one) => `“${label.get(one)}”`).join(' → ')} → “${label.get(ring[0]!)}”. Bỏ một trong các điều kiện.` })
      return
    }
    if (done.has(key) || trail.length > 600) return
    for (const next of reads.get(key) ?? []) walk(next, [...trail, key])
    done.add(key)
  }
  for (const { key } of questions) walk(key, [])
  return found
}

/** Conditions on a question that comes only later: on a page by page form nobody has answered it yet. */
function backwards(questions: readonly Question[]): FormNote[] {
  const at = new Map(questions.map(({ key }, no) => [key, no]))
  return questions.flatMap((question, no) => {
    const later = usedKeys(question.visibleWhen).find((key) => (at.get(key) ?? -1) > no)
    return later ? [{ place: question.key, of: 'visibleWhen', message: `Câu này hiện theo “${questions[at.get(later)!]!.label}”, là câu đứng sau; chuyển câu kia lên trước.` }] : []
  })
}

// — what nobody will ever see —

const QUIET: readonly string[] = ['open', '!=', 'has_not']

function neverShown(form: FormDefinition): readonly { question: Question; why: string }[] {
  const byKey = new Map(questionsIn(form).map((question) => [question.key, question]))
  const never = new Map<string, string>()
  for (let more = true; more; ) {
    more = false
    for (const section of form.sections) {
      const closed = impossible(section.visibleWhen, byKey, never)
      for (const question of section.questions) {
        const why = closed ? `phần “${section.title}” không bao giờ hiện, vì ${closed}` : impossible(question.visibleWhen, byKey, never)
        if (!why || never.has(question.key)) continue
        never.set(question.key, why)
        more = true
      }
    }
  }
  return [...never].map(([key, why]) => ({ question: byKey.get(key)!, why: `${why}.` }))
}

function impossible(feel: string | undefined, byKey: ReadonlyMap<string, Question>, never: ReadonlyMap<string, string>): string | null {
  if (feel === undefined) return null
  if (feel.trim() === 'false') return 'điều kiện là “sai”'
  const condition = readCondition(feel)
  if (!condition || condition.groups.length === 0) return null
  const groups = condition.groups.map((group) => group.map((test) => cannot(test, byKey, never)))
  const dead = condition.join === 'all'
    ? groups.find((group) => group.every(Boolean))?.[0] ?? contradiction(condition.groups.filter((group) => group.length === 1).map((group) => group[0]!), byKey)
    : groups.every((group, at) => group.some(Boolean) || contradiction(condition.groups[at]!, byKey)) ? groups[0]!.find(Boolean) ?? contradiction(condition.groups[0]!, byKey) : null
  return dead ?? null
}

function cannot(test: Test, byKey: ReadonlyMap<string, Question>, never: ReadonlyMap<string, string>): string | null {
  const question = byKey.get(/^form\.(\w+)/.exec(test.subject)?.[1] ?? '')
  if (!question) return null
  if (never.has(question.key) && !QUIET.includes(test.op)) return `câu “${question.label}” cũng không bao giờ hiện`
  if ((test.op === '=' || test.op === 'has') && question.options && typeof test.operand === 'string' && !question.options.some(({ value }) => value === test.operand)) return `câu “${question.label}” không có lựa chọn “${test.operand}”`
  return null
}

function contradiction(tests: readonly Test[], byKey: ReadonlyMap<string, Question>): string | null {
  for (const test of tests) {
    const other = tests.find((one) => one.subject === test.subject && one.op === '=' && test.op === '=' && typeof one.operand !== 'object' && typeof test.operand !== 'object' && one.operand !== test.operand)
    if (other) return `câu “${byKey.get(test.subject.slice(5))?.label ?? test.subject}” không thể vừa là cái này vừa là cái khác`
  }
  return null
}

// — what the State knows already —

export interface KnownFact {
  /** `identity.full_name` */
  readonly source: string
  readonly label: string
  readonly from: string
  readonly types: readonly QuestionType[]
}

const VNEID = 'VNeID'
const fact = (source: string, label: string, from: string, ...types: QuestionType[]): KnownFact => ({ source, label, from, types })

/** What a form may be filled in with before anybody types: of the person signed in, and of the registers. */
export const KNOWN_FACTS: readonly KnownFact[] = [
  fact('identity.full_name', 'Họ và tên người nộp', VNEID, 'text'), fact('identity.birth_date', 'Ngày sinh người nộp', VNEID, 'date', 'partial_date'),
  fact('identity.sex', 'Giới tính người nộp', VNEID, 'radio', 'select', 'text'), fact('identity.personal_id', 'Số định danh người nộp', VNEID, 'personal_id', 'text'),
  fact('identity.id_document', 'Giấy tờ tùy thân người nộp', VNEID, 'id_document'), fact('identity.phone', 'Số điện thoại người nộp', VNEID, 'phone', 'text'),
  fact('identity.email', 'Thư điện tử người nộp', VNEID, 'email', 'text'), fact('identity.address', 'Nơi ở người nộp', VNEID, 'address'), fact('identity.address.commune', 'Xã, phường nơi ở người nộp', VNEID, 'catalog', 'text'),
  fact('identity.nationality', 'Quốc tịch người nộp', VNEID, 'catalog', 'text'), fact('identity.ethnicity', 'Dân tộc người nộp', VNEID, 'catalog', 'text'),
  fact('register.doanh_nghiep.name', 'Tên doanh nghiệp, tổ chức', 'Cơ sở dữ liệu doanh nghiệp', 'text'), fact('register.doanh_nghiep.business_id', 'Mã số doanh nghiệp', 'Cơ sở dữ liệu doanh nghiệp', 'business_id', 'text'),
  fact('register.doanh_nghiep.address', 'Trụ sở doanh nghiệp', 'Cơ sở dữ liệu doanh nghiệp', 'address'),
]

const factOf = (source: string): KnownFact | undefined => KNOWN_FACTS.find((one) => one.source === source)

/** Facts that fit a kind of question, and the one it has, whatever that is. */
export function factsFor(type: QuestionType, has?: string): readonly KnownFact[] {
  const fitting = KNOWN_FACTS.filter(({ types }) => types.includes(type))
  return !has || fitting.some(({ source }) => source === has) ? fitting : [...fitting, factOf(has) ?? fact(has, has, 'cơ sở dữ liệu')]
}

export interface KnownQuestion {
  readonly question: Question
  readonly fact: KnownFact
  /** Filled in already; otherwise it is typed in although it is known. */
  readonly filled: boolean
  /** Labels of what reads it: while there is any it cannot simply go. */
  readonly usedBy: readonly string[]
}

// Of the applicant, not of a child, a spouse, a deceased person.
const OTHERS = /\b(chau|con|tre|cha|me|bo|vo|chong|nguoi (chet|mat|than|duoc|con lai|cung)|ben (ban|mua|nhan|chuyen)|chu ho|thua ke|nhan chung|phien dich|co so|cua hang|to chuc|doanh nghiep)\b/
const SAYS: readonly (readonly [string, RegExp])[] = [
  ['identity.full_name', /^ho (va |chu dem va |chu dem )?ten( (cua|nguoi) (ong ba|ban|toi|nop|yeu cau|nguoi nop|nguoi yeu cau|nguoi de nghi|nguoi khai))?( ho so)?$/],
  ['identity.birth_date', /^(ngay( thang nam)? sinh|(ong ba|ban) sinh ngay nao|sinh ngay)( cua)?( (ong ba|ban|nguoi nop|nguoi yeu cau))?$/],
  ['identity.personal_id', /^so (dinh danh|can cuoc|c{3}d)/],
  ['identity.phone', /^so dien thoai|^dien thoai/], ['identity.email', /^(thu dien tu|email|hom thu)/],
  ['identity.address', /^(noi o|dia chi|noi cu tru|noi thuong tru|(ong ba|ban) dang o dau)/],
]

/** Questions that ask what VNeID or a register has said (S2-100; Điều 4 NĐ 42/2022/NĐ-CP: what the State holds is not asked for again). */
export function knownQuestions(form: FormDefinition, usesOf: (key: string) => readonly string[]): readonly KnownQuestion[] {
  return questionsIn(form).flatMap((question): KnownQuestion[] => {
    if (question.prefill !== undefined) {
      const has = factOf(question.prefill) ?? fact(question.prefill, question.prefill, question.prefill.startsWith('identity.') ? VNEID : 'cơ sở dữ liệu nhà nước')
      return [{ question, fact: has, filled: true, usedBy: usesOf(question.key) }]
    }
    const said = fold(question.label).replaceAll(/\(.*?\)/g, ' ').replaceAll(/[^a-z0-9]+/g, ' ').trim()
    const source = OTHERS.test(said) ? undefined : SAYS.find(([, pattern]) => pattern.test(said))?.[0]
    const known = source ? factOf(source) : undefined
    return known?.types.includes(question.type) ? [{ question, fact: known, filled: false, usedBy: usesOf(question.key) }] : []
  })
}

// — what running dossiers have answered —

export interface KeyChange {
  readonly key: string
  readonly label: string
  readonly before: QuestionType
  readonly now: QuestionType
  /** Choices that are gone. */
  readonly lost: readonly string[]
}

const SHAPE: Readonly<Record<string, string>> = {
  text: 'text', longtext: 'text', phone: 'text', email: 'text', personal_id: 'text', business_id: 'text', select: 'option', radio: 'option', number: 'number', integer: 'number', money: 'number', year: 'number',
}

/** Questions whose answers in dossiers of an older form would no longer mean the same: another kind under the same key, or a choice that is gone. */
export function keyChanges(before: FormDefinition, now: FormDefinition): readonly KeyChange[] {
  const old = new Map(questionsIn(before).map((question) => [question.key, question]))
  return questionsIn(now).flatMap((question) => {
    const was = old.get(question.key)
    if (!was) return []
    const other = (SHAPE[was.type] ?? was.type) !== (SHAPE[question.type] ?? question.type)
    const left = new Set((question.options ?? []).map(({ value }) => value))
    const lost = other || !was.options || !question.options ? [] : was.options.filter(({ value }) => !left.has(value)).map(({ label }) => label)
    return other || lost.length > 0 ? [{ key: question.key, label: question.label, before: was.type, now: question.type, lost }] : []
  })
}
