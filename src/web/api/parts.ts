// Parts of a dossier: a file streamed to disk beside the name of the part, in either order; or a note that it came on paper.

import { z } from 'zod'
import type { FastifyRequest } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { AppError, Invalid, orThrow } from '#core/errors.ts'
import { addPaperPart, addPart, canEdit, mayAddPart, needDossier, removePart, viewDossier } from '#modules/dossiers/index.ts'
import { type Staged, stageFile } from '#modules/files/index.ts'
import { checkCsrf } from '../session/index.ts'
import { Ref } from './inputs.ts'
import { patiently } from '#core/db/patience.ts'
import { check, route, type Route } from './route.ts'
import * as shapes from './shapes.ts'
import * as show from './show.ts'

const fault = (key: string, message: string) => new Invalid([{ key, message }])
const noPart = () => fault('part', 'Ghi mã giấy tờ trong trường part; xem danh sách parts của thủ tục.')
const noFile = () => fault('file', 'Gửi kèm một tệp trong trường file.')

interface Upload {
  part: string | undefined
  file: Staged | undefined
  csrf: unknown
}

/** Whether anything may be added at all: asked before bytes of a stranger reach the disk. */
async function mayEdit(ctx: Ctx, ref: string): Promise<void> {
  orThrow(canEdit(await needDossier(ctx.db, ctx, ref), ctx.actor))
}

/** The rest of a body that nobody will read: let through, so that the sender can finish and the connection is free again. The reader of
 *  multipart unpipes later still, which pauses the request: so each pause is lifted. */
function drain({ raw }: FastifyRequest): void {
  raw.unpipe()
  raw.on('pause', () => raw.resume())
  raw.resume()
}

async function receive(ctx: Ctx, request: FastifyRequest, ref: string): Promise<Upload> {
  const given = (request.query as { part?: unknown }).part
  const upload: Upload = { part: typeof given === 'string' ? given : undefined, file: undefined, csrf: undefined }
  for await (const piece of request.parts()) {
    if (piece.type === 'field') {
      if (piece.fieldname === 'part') upload.part = String(piece.value).normalize('NFC').trim()
      if (piece.fieldname === '_csrf') upload.csrf = piece.value
      continue
    }
    if (upload.file) throw fault('file', 'Mỗi lần chỉ gửi một tệp; gửi từng tệp một.')
    if (upload.part !== undefined) {
      checkCsrf(request, upload.csrf)
      await patiently(() => mayAddPart(ctx, ref, upload.part!))
    }
    upload.file = await stageFile(ctx, piece.file, piece.filename ?? '')
  }
  return upload
}

const PaperBody = z.object({ part: z.string().min(1, 'Ghi mã giấy tờ.'), source: z.literal('paper', 'Gửi tệp bằng multipart/form-data; JSON chỉ dùng để ghi nhận bản giấy (source: "paper").') })

export const partRoutes: readonly Route[] = [
  route({
    id: 'addPart', method: 'POST', path: '/dossiers/{id}/parts', tag: 'Giấy tờ', access: 'signed-in', status: 201, summary: 'Thêm một giấy tờ: tệp đến 100 MB, loại nhận theo nội dung.',
    description: 'multipart/form-data với part và file, thứ tự nào cũng được. Tại quầy có thể gửi JSON {"part": "…", "source": "paper"} để ghi nhận bản giấy.',
    params: Ref, upload: z.object({ part: z.string(), file: z.string().meta({ format: 'binary' }) }),
    problems: { 401: 'chưa đăng nhập', 403: 'không phải hồ sơ của người gọi', 409: 'hồ sơ đã nộp', 413: 'tệp lớn hơn 100 MB', 415: 'loại tệp không nhận' },
    answer: shapes.Part,
    async handle({ ctx, params, request }) {
      await patiently(() => mayEdit(ctx, params.id))
      let id: string
      if (request.isMultipart()) {
        try {
          const { part, file, csrf } = await receive(ctx, request, params.id)
          checkCsrf(request, csrf)
          if (!part) throw noPart()
          if (!file) throw noFile()
          id = (await addPart(ctx, { dossier: params.id, part, file })).id
        } catch (error) {
          drain(request)
          throw unreadable(error)
        }
      } else {
        checkCsrf(request, undefined)
        const { part } = check(PaperBody, request.body ?? {})
        id = (await addPaperPart(ctx, { dossier: params.id, part })).id
      }
      const view = await patiently(() => viewDossier(ctx, params.id))
      return show.part(view.parts.find((one) => one.id === id)!)
    },
  }),
  route({
    id: 'removePart', method: 'DELETE', path: '/dossiers/{id}/parts/{part}', tag: 'Giấy tờ', access: 'signed-in', status: 204, summary: 'Bỏ một giấy tờ; được khi hồ sơ còn sửa được.',
    params: Ref.extend({ part: z.string().max(100) }), problems: { 401: 'chưa đăng nhập', 403: 'không phải hồ sơ của người gọi', 409: 'hồ sơ đã nộp' }, answer: z.undefined(),
    async handle({ ctx, params }) {
      await needDossier(ctx.db, ctx, params.id)
      const id = z.uuid().safeParse(params.part)
      return (await removePart(ctx, { dossier: params.id, id: id.success ? id.data : '00000000-0000-4000-8000-000000000000' })) as undefined
    },
  }),
]

/** What the reader of multipart throws on a body that is none. */
function unreadable(error: unknown): unknown {
  const code = (error as { code?: unknown }).code
  const isPlain = error instanceof Error && !(error instanceof AppError) && code === undefined
  if (isPlain && /multipart|boundary|unexpected end/i.test(error.message)) {
    return new AppError(400, 'bad_multipart', 'Nội dung multipart bị cắt hoặc sai dạng; hãy gửi lại.')
  }
  return error
}
