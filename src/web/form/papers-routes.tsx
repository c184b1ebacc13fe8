// The page of papers: shown, and its one form taken in, whether sent whole by a browser or file by file by the client script.

import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify'
import { addPaperPart, addPart, mayAddPart, listReusable, removePart, reusePart, save, uploadSubject } from '#modules/dossiers/index.ts'
import { abandonUpload, getUpload, listOpenUploads } from '#modules/files/index.ts'
import { seeOther } from '../page.tsx'
import type { FilingFace } from './face.ts'
import { type Filing, loadFiling, mustBeEditable, PAPERS, REVIEW } from './filing.ts'
import { fileField, PapersView, type PapersViewProps } from './papers-view.tsx'
import type { PageStyle } from './pages.ts'
import { receiveForm } from './receive.ts'

interface PapersRoutes {
  readonly face: FilingFace
  readonly uploading: RouteShorthandOptions
  readonly guarded: RouteShorthandOptions
  styleFor(request: FastifyRequest): PageStyle
  opened(request: FastifyRequest, reply: FastifyReply): Promise<Filing | null>
  hrefOf(filing: Filing, key: string): string
  marked(filing: Filing, at: string, seen?: string): Record<string, unknown>
}

const PREFIX = fileField('')

export function papersRoutes(app: FastifyInstance, { face, uploading, guarded, opened, styleFor, hrefOf, marked }: PapersRoutes): void {
  const path = `${face.mount}/:ref/${face.paths.papers}`

  const show = async (request: FastifyRequest, reply: FastifyReply, filing: Filing, props: Pick<PapersViewProps, 'errors' | 'toReview' | 'notes'> = {}) =>
    face.send(request, reply, {
      title: 'Giấy tờ',
      status: props.errors ? 422 : 200,
      filing,
      content: <PapersView face={face} filing={filing} {...(await aside(request, filing))} {...props} />,
    })

  const aside = async ({ ctx }: FastifyRequest, { dossier, version }: Filing): Promise<Pick<PapersViewProps, 'open' | 'reusable'>> => ({
    open: await listOpenUploads(ctx, uploadSubject(dossier)),
    reusable: await listReusable(ctx, dossier, version),
  })

  app.get(path, guarded, async (request, reply) => {
    const filing = await opened(request, reply)
    return filing ? show(request, reply, filing, { toReview: (request.query as { ve?: string }).ve === 'xem-lai' }) : reply
  })

  app.post(path, uploading, async (request, reply) => {
    const { ctx } = request
    const before = await loadFiling(ctx, (request.params as { ref: string }).ref, styleFor(request))
    mustBeEditable(before)
    const dossier = before.dossier.id
    const notes: string[] = []
    const { body, files, faults } = await receiveForm(request, async (field, file) => {
      const part = field.startsWith(PREFIX) ? field.slice(PREFIX.length) : ''
      await mayAddPart(ctx, dossier, part)
      await addPart(ctx, { dossier, part, file })
      if (file.note) notes.push(`${file.name}: ${file.note}`)
    })
    if (request.headers['x-requested-with'] === 'upload') {
      return faults.length > 0 || files.length === 0
        ? reply.code(422).send({ message: faults[0]?.message ?? 'Không có tệp nào được gửi. Chọn lại tệp.' })
        : reply.send({ message: [`Đã nhận ${files.join(', ')}.`, ...notes].join(' ') })
    }
    const toReview = body['_back'] === 'review'
    const here = `${hrefOf(before, PAPERS)}${toReview ? '?ve=xem-lai' : ''}`
    if (typeof body['_removeFile'] === 'string') {
      await removePart(ctx, { dossier, id: body['_removeFile'] })
      return seeOther(reply, here)
    }
    if (typeof body['_dropUpload'] === 'string') {
      await abandonUpload(ctx, await getUpload(ctx, body['_dropUpload'], uploadSubject(before.dossier)))
      return seeOther(reply, here)
    }
    if (typeof body['_reuse'] === 'string') {
      const [part = '', from = ''] = body['_reuse'].split(':')
      await reusePart(ctx, { dossier, part, from })
      return seeOther(reply, `${here}#${fileField(part)}`)
    }
    if (typeof body['_paper'] === 'string') {
      await addPaperPart(ctx, { dossier, part: body['_paper'] })
      return seeOther(reply, `${here}#${fileField(body['_paper'])}`)
    }
    const going = body['_do'] === 'next' || body['_do'] === undefined
    const after = await loadFiling(ctx, dossier, styleFor(request))
    const missing = going ? after.faults.filter((fault) => fault.key.startsWith('parts.')) : []
    if (faults.length > 0 || missing.length > 0) {
      const told = new Set(faults.map((fault) => fault.key))
      return show(request, reply, after, {
        toReview,
        errors: [...faults, ...missing.filter((one) => !told.has(fileField(one.key.slice(6))))],
      })
    }
    if (notes.length > 0) return show(request, reply, after, { toReview, notes })
    await save(ctx, { dossier, form: marked(after, going ? REVIEW : PAPERS, going ? PAPERS : undefined) })
    if (body['_do'] === 'later') return seeOther(reply, face.later(before.dossier))
    return seeOther(reply, going ? hrefOf(after, REVIEW) : here)
  })
}
