// The form as the portal asks it, inside the builder: one question after the other on a phone, or the whole on a wide screen; answers drive the conditions.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { evaluateForm, usedKeys } from '#core/form/index.ts'
import { CHANNEL_OPTIONS, conditionSentence, findQuestion, questionsIn, readDraftForm, sampleAnswers, subjectsOf } from '#core/form/build/index.ts'
import { type Catalogs, type Channel, type FormDefinition, type FormState, QUESTION_TYPES, type Values } from '#core/form/types.ts'
import { localDate } from '#core/workdays/index.ts'
import type { Draft } from '#modules/procedures/index.ts'
import { Actions, Button, ErrorSummary, Form, Notice, PageHeading, Progress, SectionView } from '#ui/index.ts'
import { type Body, one } from '../../../desk/answers.tsx'
import { newlyAsked, readPage } from '../../../form/answers.ts'
import { type FilingPage, type PageStyle, pagesOf, questionsOf } from '../../../form/pages.ts'
import { sendPage } from '../../../page.tsx'
import { draftHref } from '../tab-list.ts'

export type PreviewView = 'single' | 'whole'
export const previewHref = (draft: Pick<Draft, 'id'>, view: PreviewView, at?: string): string => `${draftHref(draft.id, 'form')}/preview?view=${view}${at ? `&at=${encodeURIComponent(at)}` : ''}`

interface Turn {
  readonly page: FilingPage
  readonly state: FormState
  readonly showErrors: boolean
  readonly fresh: readonly string[]
  readonly done: boolean
  readonly spareRows: Record<string, number>
}

/** Only what can be drawn, section by section; keys that stand twice are asked once. */
function drawable(raw: unknown): FormDefinition {
  const seen = new Set<string>()
  const form = readDraftForm(raw)
  const sections = form.sections.map((section) => ({ ...section, questions: section.questions.filter(({ key, type }) => (QUESTION_TYPES as readonly string[]).includes(type) && key !== '' && !seen.has(key) && seen.add(key)) }))
  return { ...form, sections: sections.filter(({ questions }) => questions.length > 0) }
}

const parsed = (text: string): Values => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}
  } catch {
    return {}
  }
}

export async function sendPreview(request: FastifyRequest, reply: FastifyReply, draft: Draft, view: PreviewView, at: string, body: Body = {}): Promise<FastifyReply> {
  const { ctx } = request
  const form = drawable(draft.record['form'])
  const channel = (CHANNEL_OPTIONS.find(({ value }) => value === one(body, '_channel'))?.value ?? 'truc_tuyen') as Channel
  const env = { channel, receivedOn: localDate(ctx.now), applicant: null, catalogs: ctx.catalogs }
  const style: PageStyle = view === 'whole' ? 'whole' : 'single'
  const all = pagesOf(form, style)
  const before = evaluateForm(form, one(body, '_do') === 'sample' ? sampleAnswers(form, env) : parsed(one(body, '_answers')), env)
  const asked = (page: FilingPage, state: FormState): boolean => questionsOf(page).some(({ key }) => state.visible.has(key))
  const asking = one(body, '_page') || at
  const hiddenBy = one(body, '_page') ? null : behind(form, asking, before)
  const wanted = hiddenBy?.key ?? asking
  const first = all.find((page) => page.key === wanted) ?? all.find((page) => questionsOf(page).some(({ key }) => key === wanted) && asked(page, before)) ?? all.find((page) => asked(page, before)) ?? all[0]
  const content = first ? <PreviewPage hiddenBy={hiddenBy} {...turnOf(form, all, first, before, body, env, asked)} catalogs={ctx.catalogs} draft={draft} view={view} channel={channel} all={all} /> : <Notice><p>Tờ khai chưa có câu hỏi nào để xem trước.</p></Notice>
  const head = <><link rel="stylesheet" href="/assets/heavy/builder.css" /><script type="module" src="/assets/heavy/builder.js" /></>
  return sendPage(request, reply, { title: 'Xem trước tờ khai', body: 'citizen', head }, <main id="main" class="frame preview-frame">{content}</main>)
}

function turnOf(form: FormDefinition, all: readonly FilingPage[], page: FilingPage, before: FormState, body: Body, env: Parameters<typeof evaluateForm>[2], asked: (page: FilingPage, state: FormState) => boolean): Turn {
  const posted = body['_page'] !== undefined && one(body, '_do') !== 'sample'
  if (!posted) return { page, state: before, showErrors: false, fresh: [], done: false, spareRows: {} }
  const { answers, pressed } = readPage(page, body, env.catalogs)
  const state = evaluateForm(form, { ...before.values, ...answers }, env)
  const keys = new Set(questionsOf(page).map(({ key }) => key))
  const fresh = newlyAsked(page, before, state)
  const wrong = state.errors.some((error) => keys.has(error.key) && !fresh.includes(error.key))
  const spareRows = pressed.kind === 'addRow' ? { [pressed.at]: 1 } : {}
  const steps = all.filter((one) => asked(one, state))
  const here = steps.findIndex((one) => one.key === page.key)
  const button = one(body, '_do')
  if (button === 'back') return { page: steps[Math.max(0, here - 1)] ?? page, state, showErrors: false, fresh: [], done: false, spareRows }
  if (button === 'next' && !wrong && fresh.length === 0) {
    const next = steps[here + 1]
    return next ? { page: next, state, showErrors: false, fresh: [], done: false, spareRows } : { page, state, showErrors: true, fresh: [], done: state.errors.length === 0, spareRows }
  }
  return { page, state, showErrors: button === 'next', fresh, done: false, spareRows }
}

interface Hidden {
  /** The question that was to be seen, and when it is. */
  readonly label: string
  readonly when: string | null
  /** The question whose answer decides, where one is asked. */
  readonly key: string | null
}

/** Why a question cannot be shown yet; null when it can. */
function behind(form: FormDefinition, key: string, state: FormState): Hidden | null {
  const found = findQuestion(form, key)
  if (!found || state.visible.has(key)) return null
  const feel = [found.question.visibleWhen, found.section.visibleWhen].find((one_) => one_ !== undefined && usedKeys(one_).length > 0) ?? ''
  const said = conditionSentence(feel, subjectsOf(questionsIn(form)))
  return { label: found.question.label, when: said, key: usedKeys(feel).find((one_) => state.visible.has(one_)) ?? null }
}

interface PreviewPageProps extends Turn {
  readonly hiddenBy: Hidden | null
  readonly catalogs: Catalogs
  readonly draft: Draft
  readonly view: PreviewView
  readonly channel: Channel
  readonly all: readonly FilingPage[]
}

function PreviewPage({ hiddenBy, catalogs, draft, view, channel, all, page, state, showErrors, fresh, done, spareRows }: PreviewPageProps) {
  const keys = new Set(questionsOf(page).map(({ key }) => key))
  const errors = showErrors ? state.errors.filter((error) => keys.has(error.key) && !fresh.includes(error.key)) : []
  const steps = all.filter((one) => questionsOf(one).some(({ key }) => state.visible.has(key)))
  const at = steps.findIndex((one) => one.key === page.key)
  return (
    <>
      <PageHeading title={draft.name.length > 90 ? `${draft.name.slice(0, 87)}…` : draft.name} meta={<span class="soft">Bản xem trước, không gửi đi đâu</span>} />
      {view === 'single' && <Progress label={page.title} value={at + 1} max={Math.max(steps.length, 1)} text={`Câu ${Math.max(at, 0) + 1} trên ${steps.length}`} />}
      {hiddenBy && <Notice tone="info"><p>“{hiddenBy.label}” chưa hiện{hiddenBy.when ? <>; chỉ hỏi khi {hiddenBy.when}</> : ''}. {hiddenBy.key && 'Trả lời câu dưới đây để thấy nó.'}</p></Notice>}
      <ErrorSummary errors={errors} />
      {done && <Notice tone="good"><p>Đã trả lời hết, không còn chỗ nào thiếu hoặc sai.</p></Notice>}
      {fresh.length > 0 && <Notice tone="info" title="Có thêm câu hỏi theo câu trả lời của ông/bà"><ul>{questionsOf(page).filter(({ key }) => fresh.includes(key)).map((question) => <li><a href={`#${question.key}`}>{question.label}</a></li>)}</ul></Notice>}
      <Form action={previewHref(draft, view)} attributes={{ 'data-preview': view }}>
        <button class="sr" name="_do" value="next" tabIndex={-1} aria-hidden="true">Tiếp tục</button>
        <input type="hidden" name="_page" value={page.key} />
        <input type="hidden" name="_answers" value={JSON.stringify(state.values)} />
        {page.sections.map((section) => <SectionView section={section} state={{ ...state, errors }} values={state.values} showErrors={showErrors} catalogs={catalogs} province="38" spareRows={spareRows} />)}
        <Actions>
          <Button look="primary" name="_do" value="next">{view === 'single' ? 'Tiếp tục' : 'Kiểm tra tờ khai'}</Button>
          {view === 'single' && at > 0 && <Button look="quiet" name="_do" value="back">Quay lại</Button>}
          <Button look="quiet" name="_do" value="sample">Điền thử cho tôi</Button>
        </Actions>
        <div class="preview-channel"><label for="preview-channel">Thử như khi</label><select id="preview-channel" name="_channel">{CHANNEL_OPTIONS.map(({ value, label }) => <option value={value} selected={value === channel}>{label}</option>)}</select><button class="btn quiet no-js" name="_do" value="refresh">Cập nhật</button></div>
      </Form>
    </>
  )
}
