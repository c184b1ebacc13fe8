// The routes of filling in: pages of questions, autosave, papers, review, handing in; mounted by each face in its own frame.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Conflict, Invalid } from '#core/errors.ts'
import { fieldType } from '#core/fields/index.ts'
import { formatTime } from '#core/text/index.ts'
import { keepAnswerFile, save, submit, supplement } from '#modules/dossiers/index.ts'
import { seeOther } from '../page.tsx'
import { checkCsrf } from '../session/index.ts'
import { type Body, newlyAsked, readPage, toRedraw } from './answers.ts'
import { type FilingFace, filingPaths } from './face.ts'
import { type Filing, formState, loadFiling, MARKS, marksOf, mustBeEditable, nextAfter, pageBefore, pageErrors, PAPERS, resumeAt, REVIEW } from './filing.ts'
import { readWas } from './merge.ts'
import { type FilingPage, isPhone, pageOf, type PageStyle, questionsOf, sameIn } from './pages.ts'
import { PageView, type PageViewProps } from './page-view.tsx'
import { papersRoutes } from './papers-routes.tsx'
import { receiveForm } from './receive.ts'
import { ReviewView } from './review-view.tsx'
import { conflictFault, mergeReport, savePage, standing } from './saving.ts'
import { tusRoutes } from './tus.ts'

type PageRequest = FastifyRequest<{ Params: { ref: string; page: string }; Querystring: Record<string, string | undefined> }>

export interface FilingOptions {
  readonly face: FilingFace
  /** Where another place to hand in is chosen, for the review. */
  readonly changeUnitHref?: (ref: string) => string
}

const marked = ({ marks }: Pick<Filing, 'marks'>, at: string, seen?: string, style = marks.style) => ({
  [MARKS]: { at, seen: [...new Set([...marks.seen, ...(seen ? [seen] : [])])], style },
})

/** Reads the answers of a page, files of `file` questions included. */
async function bodyOf(
  request: FastifyRequest,
  filing: Filing,
  page: FilingPage,
): Promise<{ body: Body; faults: readonly { key: string; message: string }[] }> {
  if (!request.isMultipart()) {
    const body = (request.body ?? {}) as Body
    checkCsrf(request, body['_csrf'])
    return { body, faults: [] }
  }
  const asked = new Set(
    questionsOf(page)
      .filter((question) => question.type === 'file')
      .map((question) => question.key),
  )
  const sent: Body = {}
  const { body, faults } = await receiveForm(request, async (field, file) => {
    if (!asked.has(field)) return
    sent[field] = (await keepAnswerFile(request.ctx, { dossier: filing.dossier.id, file })).id
  })
  return { body: { ...body, ...sent }, faults }
}

export async function filingRoutes(app: FastifyInstance, { face, changeUnitHref }: FilingOptions): Promise<void> {
  const { mount, paths } = face
  const styleFor = (request: FastifyRequest): PageStyle => (face.counter ? 'whole' : isPhone(request) ? 'single' : 'parts')
  const at = `${mount}/:ref`
  const guarded = { preHandler: face.guard }
  const uploading = { preHandler: face.guard, config: { csrf: 'in-body' as const } }

  /** For reading: the filing, or null after having sent the reader to the dossier's own page. */
  async function opened(request: FastifyRequest, reply: FastifyReply): Promise<Filing | null> {
    const filing = await loadFiling(request.ctx, (request.params as { ref: string }).ref, styleFor(request))
    if (!filing.view.acts.edit) return filing
    seeOther(reply, face.home(filing.dossier))
    return null
  }

  const hrefOf = (filing: Pick<Filing, 'dossier'>, key: string): string => {
    const all = filingPaths(face, filing.dossier.id)
    return key === PAPERS ? all.papers : key === REVIEW ? all.review : all.page(key)
  }

  const sendPage = (
    request: FastifyRequest,
    reply: FastifyReply,
    filing: Filing,
    props: Omit<PageViewProps, 'face' | 'filing' | 'catalogs'>,
    status = 200,
  ) =>
    face.send(request, reply, {
      title: props.page.title,
      status,
      filing,
      content: <PageView face={face} filing={filing} catalogs={request.ctx.catalogs} {...props} />,
    })

  app.get(`${at}/${paths.form}`, guarded, async (request, reply) => {
    const filing = await opened(request, reply)
    return filing ? seeOther(reply, hrefOf(filing, filing.mode === 'supplement' ? REVIEW : resumeAt(filing))) : reply
  })

  app.get(`${at}/${paths.form}/:page`, guarded, async (request: PageRequest, reply) => {
    const filing = await opened(request, reply)
    if (!filing) return reply
    const page = filing.pages.find((one) => one.key === request.params.page) ?? pageOf(filing.version.record.form, request.params.page, filing.style)
    if (!page || !questionsOf(page).some(({ key }) => filing.state.visible.has(key))) return seeOther(reply, hrefOf(filing, resumeAt(filing)))
    const { them, dong, ve } = request.query
    const known = new Set(questionsOf(page).map((question) => question.key))
    return sendPage(request, reply, filing, {
      page,
      toReview: ve === 'xem-lai',
      fresh: them?.split(',').filter((key) => known.has(key)) ?? [],
      spareRows: dong && known.has(dong) ? { [dong]: 1 } : undefined,
      showErrors: ve === 'xem-lai' && filing.marks.seen.includes(page.key) && them === undefined && dong === undefined,
    })
  })

  /** The filing and the page that a post is for. */
  async function postedTo(request: PageRequest) {
    const load = () => loadFiling(request.ctx, request.params.ref, styleFor(request))
    const first = await load()
    mustBeEditable(first)
    const page = pageOf(first.version.record.form, request.params.page, first.style)
    if (!page) throw new Conflict('form.no_page', 'Trang này không có trong biểu mẫu. Mở lại hồ sơ để làm tiếp.')
    return { load, first, page }
  }

  app.post(`${at}/${paths.form}/:page`, uploading, async (request: PageRequest, reply) => {
    const { ctx } = request
    const { load, first, page } = await postedTo(request)
    const { body, faults } = await bodyOf(request, first, page)
    const { answers: posted, pressed } = readPage(page, body, ctx.catalogs)
    const toReview = body['_back'] === 'review'
    const back = toReview ? '?ve=xem-lai' : ''
    const going = pressed.kind === 'next'
    const style = pressed.kind === 'single' || pressed.kind === 'parts' ? pressed.kind : undefined
    const following = toReview ? REVIEW : nextAfter(first.pages, page.key)
    const { before, conflicts } = await savePage(ctx, {
      first,
      load,
      page,
      posted,
      was: readWas(body['_was']),
      marks: (filing) => marked(filing, going ? following : page.key, going ? page.key : undefined, style),
    })
    const here = filingPaths(face, before.dossier.id).page(page.key)
    if (conflicts.length > 0) {
      const after = await load()
      const now = standing(questionsOf(page), after.dossier.form)
      const found = questionsOf(page).filter(({ key }) => conflicts.includes(key))
      const errors = found.map((question) => conflictFault(question, now[question.key], ctx.catalogs))
      const typed = Object.fromEntries(conflicts.map((key) => [key, posted[key]]))
      return sendPage(request, reply, { ...after, state: { ...after.state, errors } }, { page, showErrors: true, typed, toReview }, 422)
    }
    if (pressed.kind === 'later') return seeOther(reply, face.later(before.dossier))
    if (pressed.kind === 'back') return seeOther(reply, hrefOf(before, pageBefore(before.pages, page.key) ?? page.key))
    if (style) return seeOther(reply, `${hrefOf(before, sameIn(before.version.record.form, page, style)?.key ?? page.key)}${back}`)
    if (pressed.kind === 'addRow') {
      const rows = posted[pressed.at]
      return seeOther(
        reply,
        `${here}?dong=${pressed.at}${toReview ? '&ve=xem-lai' : ''}#${pressed.at}.${Array.isArray(rows) ? rows.length : 0}`,
      )
    }
    if (pressed.kind === 'removeRow') return seeOther(reply, `${here}${back}#${pressed.at.split('.')[0]}`)
    if (pressed.kind === 'refresh') return seeOther(reply, `${here}${back}#${pressed.at}.commune`)
    const after = await load()
    const fresh = newlyAsked(page, before.state, after.state)
    const errors = pageErrors(page, after.state).filter((error) => !fresh.includes(error.key))
    if (errors.length > 0 || faults.length > 0) {
      const shown = { ...after, state: { ...after.state, errors: [...faults.map((fault) => ({ ...fault, path: fault.key })), ...errors] } }
      return sendPage(request, reply, shown, { page, showErrors: true, fresh, toReview }, 422)
    }
    if (fresh.length > 0) return seeOther(reply, `${here}?them=${fresh.join(',')}${toReview ? '&ve=xem-lai' : ''}`)
    if (!toReview) return seeOther(reply, hrefOf(after, nextAfter(after.pages, page.key)))
    // What the mended answer has brought up on another page is asked before the review.
    const elsewhere = after.pages.find((one) => one.key !== page.key && newlyAsked(one, before.state, after.state).length > 0)
    if (!elsewhere) return seeOther(reply, hrefOf(after, REVIEW))
    return seeOther(reply, `${hrefOf(after, elsewhere.key)}?ve=xem-lai&them=${newlyAsked(elsewhere, before.state, after.state).join(',')}`)
  })

  app.post(`${at}/${paths.form}/:page/${paths.autosave}`, guarded, async (request: PageRequest, reply) => {
    const { ctx } = request
    const { load, first, page } = await postedTo(request)
    const body = (request.body ?? {}) as Body
    const { answers: posted } = readPage(page, body, ctx.catalogs)
    const saved = await savePage(ctx, {
      first,
      load,
      page,
      posted,
      was: readWas(body['_was']),
      marks: (filing) => marked(filing, page.key),
    })
    const { before, dossier } = saved
    const state = formState(ctx, dossier, before.version, before.view.parts)
    const questions = questionsOf(page)
    return reply.send({
      savedAt: formatTime(ctx.now),
      visible: questions.filter((question) => state.visible.has(question.key)).map((question) => question.key),
      hidden: questions.filter((question) => !state.visible.has(question.key)).map((question) => question.key),
      computed: Object.fromEntries(
        questions
          .filter((question) => question.type === 'computed')
          .map((question) => [question.key, fieldType('computed').show(question, state.values[question.key] ?? null, ctx.catalogs)]),
      ),
      redraw: toRedraw(page, body, posted, ctx.catalogs),
      ...mergeReport(page, saved, ctx.catalogs),
    })
  })

  await tusRoutes(app, { face, guarded })
  papersRoutes(app, { face, uploading, guarded, opened, styleFor, hrefOf, marked })

  const sendReview = (
    request: FastifyRequest,
    reply: FastifyReply,
    filing: Filing,
    sendFaults: readonly { key: string; message: string }[] = [],
  ) =>
    face.send(request, reply, {
      title: 'Xem lại và gửi',
      status: sendFaults.length > 0 ? 422 : 200,
      filing,
      content: (
        <ReviewView
          face={face}
          filing={filing}
          catalogs={request.ctx.catalogs}
          changeUnitHref={changeUnitHref?.(filing.dossier.id)}
          sendFaults={sendFaults}
        />
      ),
    })

  app.get(`${at}/${paths.review}`, guarded, async (request, reply) => {
    const filing = await opened(request, reply)
    if (!filing) return reply
    if (marksOf(filing.dossier.form).at !== REVIEW) await save(request.ctx, { dossier: filing.dossier.id, form: marked(filing, REVIEW) })
    return sendReview(request, reply, filing)
  })

  app.post(`${at}/${paths.submission}`, guarded, async (request: PageRequest, reply) => {
    const { ctx } = request
    const filing = await loadFiling(ctx, request.params.ref, styleFor(request))
    const { mode, dossier } = filing
    if (filing.view.acts.edit && mode === 'supplement') return seeOther(reply, face.submitted(dossier, 'draft'))
    try {
      const sent = mode === 'supplement' ? await supplement(ctx, { dossier: dossier.id }) : await submit(ctx, { dossier: dossier.id })
      return seeOther(reply, face.submitted(sent, mode))
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      const known = new Set(filing.faults.map((fault) => fault.key))
      return sendReview(
        request,
        reply,
        filing,
        error.fields.filter((fault) => !known.has(fault.key)),
      )
    }
  })
}
