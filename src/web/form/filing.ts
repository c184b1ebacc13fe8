// One dossier being filled in: its form as it stands, the pages to go through, and where its writer left off.

import { createHmac } from 'node:crypto'
import type { Ctx } from '#core/ctx.ts'
import { orThrow } from '#core/errors.ts'
import { evaluateForm } from '#core/form/index.ts'
import type { FormState, Question, Values } from '#core/form/types.ts'
import { localDate } from '#core/workdays/index.ts'
import { type Dossier, type DossierView, evaluateDossier, submissionFaults, viewDossier, ruleOn } from '#modules/dossiers/index.ts'
import { listFiles, type StoredFile } from '#modules/files/index.ts'
import type { Evaluation, Version } from '#modules/procedures/index.ts'
import { knownAnswers } from './identity.ts'
import { type FilingPage, type PageStyle, pagesOf, questionsOf } from './pages.ts'

/** Kept in the draft beside its answers, under a key that no question can have; handing in drops it. */
export const MARKS = '_filing'
export interface Marks {
  /** key of the page to open next time, PAPERS or REVIEW */
  readonly at: string | null
  readonly seen: readonly string[]
  /** How the writer wants to be asked; null: as the device suggests. */
  readonly style: 'parts' | 'single' | null
}

export interface Filing {
  readonly view: DossierView
  readonly dossier: Dossier
  readonly version: Version
  readonly mode: 'draft' | 'supplement'
  readonly state: FormState
  readonly evaluation: Evaluation
  readonly style: PageStyle
  /** Pages with at least one question asked, in order. */
  readonly pages: readonly FilingPage[]
  readonly marks: Marks
  /** Files that answer `file` questions, by id. */
  readonly files: ReadonlyMap<string, StoredFile>
  /** All that keeps it from being handed in: keys of questions, and `parts.<id>`. */
  readonly faults: readonly { readonly key: string; readonly message: string }[]
  /** Answers that VNeID gives, for the citizen at their own form. */
  readonly known: Values
  /** Working hours within which a filing of now must be answered. */
  readonly receptionHours: number
  /** Seals what this device keeps of the draft until the server has it: whoever cannot open the draft cannot read it. */
  readonly draftKey: string
}

/** The last two steps, under keys that no section can have: a form may well have a section named 'papers'. */
export const PAPERS = '@papers'
export const REVIEW = '@review'

export function marksOf(form: Values): Marks {
  const marks = form[MARKS] as Partial<Marks> | undefined
  const style = marks?.style === 'parts' || marks?.style === 'single' ? marks.style : null
  return { at: typeof marks?.at === 'string' ? marks.at : null, seen: Array.isArray(marks?.seen) ? marks.seen.map(String) : [], style }
}

/** The form's state for some answers of this dossier. */
export const formState = (
  ctx: Ctx,
  dossier: Dossier,
  version: Version,
  parts: readonly { part: string }[],
  form: Values = dossier.form,
): FormState =>
  evaluateForm(version.record.form, form, {
    channel: dossier.channel,
    receivedOn: localDate(dossier.submittedAt ?? ctx.now),
    applicant: dossier.applicant as unknown as Values,
    parts: [...new Set(parts.map((one) => one.part))],
    catalogs: ctx.catalogs,
  })

const isFileAnswer = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value)

async function answerFiles(ctx: Ctx, version: Version, form: Values): Promise<Map<string, StoredFile>> {
  const asked = version.record.form.sections
    .flatMap((section): readonly Question[] => section.questions)
    .filter((question) => question.type === 'file')
  return listFiles(ctx.db, asked.map((question) => form[question.key]).filter(isFileAnswer))
}

/** Everything the pages of one filing need; `wanted` is the style when its writer has not chosen one. Throws NotFound for strangers. */
export async function loadFiling(ctx: Ctx, ref: string, wanted: PageStyle = 'parts'): Promise<Filing> {
  const view = await viewDossier(ctx, ref, { preparing: true })
  const { dossier, version, parts } = view
  const state = formState(ctx, dossier, version, parts)
  const evaluation = evaluateDossier(ctx, dossier, version, parts)
  const marks = marksOf(dossier.form)
  const style = wanted === 'whole' ? wanted : (marks.style ?? wanted)
  return {
    view,
    dossier,
    version,
    state,
    evaluation,
    mode: dossier.state === 'NHAP' ? 'draft' : 'supplement',
    style,
    pages: pagesOf(version.record.form, style).filter((page) => isShown(page, style, state)),
    marks,
    files: await answerFiles(ctx, version, dossier.form),
    known: await knownAnswers(ctx, dossier, version.record.form),
    faults: submissionFaults(version, evaluation, parts, dossier.kept),
    receptionHours: ruleOn(ctx, 'receptionHours', localDate(ctx.now)).value,
    draftKey: createHmac('sha256', ctx.secret).update(`draft:${dossier.id}`).digest('base64url'),
  }
}

const isShown = (page: FilingPage, style: PageStyle, state: FormState): boolean =>
  style === 'single'
    ? questionsOf(page).some(({ key, type }) => state.visible.has(key) && type !== 'computed')
    : page.sections.some((section) => state.visibleSections.has(section.key))

/** Throws Conflict or Forbidden when this reader may not write into it now. */
export const mustBeEditable = (filing: Filing): void => orThrow(filing.view.acts.edit)

export const pageErrors = (page: FilingPage, state: FormState): FormState['errors'] => {
  const keys = new Set(questionsOf(page).map((question) => question.key))
  return state.errors.filter((error) => keys.has(error.key))
}

/** A page was seen as such, as part of its section, or question by question. */
function isSeen(filing: Pick<Filing, 'marks' | 'state'>, page: FilingPage): boolean {
  const { seen } = filing.marks
  const [section] = page.key.split('.')
  if (seen.includes(page.key) || seen.includes(section!)) return true
  if (page.key !== section) return false
  const singles = pagesOf({ title: '', sections: page.sections }, 'single').filter((one) => isShown(one, 'single', filing.state))
  return singles.length > 0 && singles.every(({ key }) => seen.includes(key))
}

/** Where to go on: the page left, if it is still asked; else the first with something to mend; else papers or review. */
export function resumeAt(filing: Filing): string {
  const { at } = filing.marks
  if (at === PAPERS || at === REVIEW || filing.pages.some((page) => page.key === at)) return at!
  const unfinished = filing.pages.find((page) => !isSeen(filing, page) || pageErrors(page, filing.state).length > 0)
  return unfinished?.key ?? PAPERS
}

export interface StepState {
  readonly key: string
  readonly label: string
  readonly state: 'done' | 'current' | 'todo'
}

/** Progress through the pages, with papers and review at the end. */
export function stepsOf(filing: Filing, current: string): StepState[] {
  const isDone = (seen: boolean, clean: boolean) => clean && (seen || filing.mode === 'supplement')
  const steps = [
    ...filing.pages.map((page) => ({
      key: page.key,
      label: page.title,
      done: isDone(isSeen(filing, page), pageErrors(page, filing.state).length === 0),
    })),
    { key: PAPERS, label: 'Giấy tờ', done: isDone(filing.marks.seen.includes(PAPERS), !filing.faults.some((fault) => fault.key.startsWith('parts.'))) },
    { key: REVIEW, label: 'Xem lại và gửi', done: false },
  ]
  return steps.map(({ key, label, done }) => ({ key, label, state: key === current ? 'current' : done ? 'done' : 'todo' }))
}

/** The page after this one: a further section, the papers, the review. */
export function nextAfter(pages: readonly FilingPage[], key: string): string {
  const at = pages.findIndex((page) => page.key === key)
  return pages[at + 1]?.key ?? PAPERS
}

export function pageBefore(pages: readonly FilingPage[], key: string): string | null {
  if (key === REVIEW) return PAPERS
  if (key === PAPERS) return pages.at(-1)?.key ?? null
  const at = pages.findIndex((page) => page.key === key)
  return at > 0 ? pages[at - 1]!.key : null
}
