// One page of questions: progress, what is asked of the applicant, the questions, and the ways on.

import type { Catalogs, FormState, Question } from '#core/form/types.ts'
import { Actions, AutosaveStatus, Button, ErrorSummary, Form, Notice, Progress, SectionView, Steps } from '#ui/index.ts'
import type { FilingFace } from './face.ts'
import { filingPaths } from './face.ts'
import { type Filing, pageBefore, pageErrors, PAPERS, REVIEW, stepsOf } from './filing.ts'
import { sourcesOf } from './identity.ts'
import { wasOf } from './merge.ts'
import { type FilingPage, questionsOf } from './pages.ts'
import { standing } from './saving.ts'
import { SupplementNotice } from './supplement-notice.tsx'

export interface PageViewProps {
  readonly face: FilingFace
  readonly filing: Filing
  readonly page: FilingPage
  readonly catalogs: Catalogs
  readonly showErrors?: boolean
  /** Questions that the answers before have brought up. */
  readonly fresh?: readonly string[]
  /** Empty rows to offer, by key of the table. */
  readonly spareRows?: Readonly<Record<string, number>>
  /** What was just typed and not saved, because it was changed elsewhere at the same time. */
  readonly typed?: Readonly<Record<string, unknown>>
  /** Return to the review after this page. */
  readonly toReview?: boolean
}

export function FilingSteps({ face, filing, current }: { face: FilingFace; filing: Filing; current: string }) {
  const paths = filingPaths(face, filing.dossier.id)
  const href = (key: string) => (key === PAPERS ? paths.papers : key === REVIEW ? paths.review : paths.page(key))
  const steps = stepsOf(filing, current)
  const at = steps.findIndex(({ key }) => key === current)
  return (
    <div data-draft={paths.pages} data-draft-key={filing.draftKey}>
      {filing.style === 'single' ? (
        <Progress label={titleOf(filing, current)} value={at + 1} max={steps.length} text={`Bước ${at + 1} trên ${steps.length}`} />
      ) : (
        <Steps label="Các bước" steps={steps.map(({ key, label, state }) => ({ label, state, href: state === 'done' ? href(key) : undefined }))} />
      )}
    </div>
  )
}

const titleOf = (filing: Filing, current: string): string =>
  current === PAPERS ? 'Giấy tờ' : current === REVIEW ? 'Xem lại và gửi' : (filing.pages.find(({ key }) => key === current)?.title ?? '')

export function PageView({ face, filing, page, catalogs, showErrors, fresh = [], spareRows, typed, toReview }: PageViewProps) {
  const paths = filingPaths(face, filing.dossier.id)
  const errors = showErrors ? pageErrors(page, filing.state).filter((error) => !fresh.includes(error.key)) : []
  const questions = questionsOf(page)
  const before = pageBefore(filing.pages, page.key)
  return (
    <>
      <FilingSteps face={face} filing={filing} current={page.key} />
      <ErrorSummary errors={errors.map((error) => said(error, questions))} />
      {filing.mode === 'supplement' && <SupplementNotice filing={filing} />}
      {fresh.length > 0 && (
        <Notice tone="info" title="Có thêm câu hỏi theo câu trả lời của ông/bà">
          <ul>
            {questions
              .filter((question) => fresh.includes(question.key))
              .map((question) => (
                <li>
                  <a href={`#${question.key}`}>{question.label}</a>
                </li>
              ))}
          </ul>
        </Notice>
      )}
      <Form
        action={paths.page(page.key)}
        autosave={paths.autosave(page.key)}
        multipart={questions.some((question) => question.type === 'file')}
      >
        {/* The Enter key presses the first button of a form; without this one it would remove a row. */}
        <button class="sr" name="_do" value="next" tabIndex={-1} aria-hidden="true">
          Tiếp tục
        </button>
        {toReview && <input type="hidden" name="_back" value="review" />}
        <input type="hidden" name="_was" value={JSON.stringify(wasOf(questions, standing(questions, filing.dossier.form)))} />
        {page.sections.map((section) => (
          <SectionView
            section={section}
            state={{ ...filing.state, errors }}
            values={{ ...shownValues(filing, questions, face), ...typed }}
            showErrors={showErrors}
            catalogs={catalogs}
            spareRows={{ ...firstRows(filing, questions), ...spareRows }}
            tusHref={paths.tus}
            sources={sourcesOf(section.questions, filing.dossier.form, filing.known, catalogs)}
          />
        ))}
        <Actions>
          <Button look="primary" name="_do" value="next">
            {toReview ? 'Lưu và về trang xem lại' : 'Tiếp tục'}
          </Button>
          <Button look="quiet" name="_do" value="later">
            Lưu và làm tiếp sau
          </Button>
          {before && !toReview && (
            <Button look="quiet" name="_do" value="back">
              Quay lại bước trước
            </Button>
          )}
          {!face.counter && (
            <Button look="quiet" name="_do" value={filing.style === 'single' ? 'parts' : 'single'}>
              {filing.style === 'single' ? 'Xem cả phần trên một trang' : 'Hỏi từng câu một'}
            </Button>
          )}
        </Actions>
        <AutosaveStatus />
      </Form>
    </>
  )
}

/** A table that must have rows begins with one to fill in. */
const firstRows = ({ state }: Filing, questions: readonly Question[]): Record<string, number> =>
  Object.fromEntries(
    questions
      .filter(({ key, type }) => type === 'table' && state.required.has(key) && !Array.isArray(state.values[key]))
      .map(({ key }) => [key, 1]),
  )

/** A fault of a part (the commune of an address) names its question: a form may ask for several addresses. */
function said(error: FormState['errors'][number], questions: readonly Question[]): FormState['errors'][number] {
  const question = error.path === error.key ? undefined : questions.find((one) => one.key === error.key)
  return question && question.type !== 'table' ? { ...error, message: `${question.label.replace(/[.:?]$/, '')}: ${error.message}` } : error
}

/** The answers as last written, those of hidden questions too; files by their names. */
function shownValues(filing: Filing, questions: ReturnType<typeof questionsOf>, face: FilingFace): Record<string, unknown> {
  const values: Record<string, unknown> = { ...filing.dossier.form, ...filing.state.values }
  for (const question of questions) {
    const file = question.type === 'file' ? filing.files.get(String(values[question.key])) : undefined
    if (file) values[question.key] = { name: file.name, href: face.fileHref(file.id), size: file.size }
  }
  return values
}
