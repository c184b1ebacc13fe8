// Uploads in pieces by the tus protocol, under the papers of one dossier and its rights: begun, gone on with, given up, taken in.

import type { IncomingMessage } from 'node:http'
import { randomUUID } from 'node:crypto'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import type { FastifyInstance, FastifyRequest, RouteShorthandOptions } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { AppError, Conflict, Invalid } from '#core/errors.ts'
import { mayUpload, takeUpload, uploadSubject } from '#modules/dossiers/index.ts'
import { abandonUpload, beginUpload, getUpload, MAX_FILE_BYTES, partialDir } from '#modules/files/index.ts'
import type { FilingFace } from './face.ts'

/** What the protocol's handler cannot know by itself: who sends, for which dossier, under which address. */
interface Sender {
  readonly ctx: Ctx
  readonly ref: string
  readonly dossier: string
  readonly base: string
  readonly upload: string | undefined
}

const senders = new WeakMap<IncomingMessage, Sender>()

interface WithNode {
  readonly runtime?: { readonly node?: { readonly req: unknown } }
}

const senderOf = (request: WithNode): Sender => senders.get(request.runtime?.node?.req as IncomingMessage)!

/** One for the process; the bytes so far lie in the data directory, which all processes of the platform share. */
const servers = new Map<string, Server>()

function serverFor(dataDir: string): Server {
  const known = servers.get(dataDir)
  if (known) return known
  const made = new Server({
    path: '/',
    datastore: new FileStore({ directory: partialDir(dataDir) }),
    maxSize: MAX_FILE_BYTES,
    relativeLocation: true,
    namingFunction: () => randomUUID(),
    getFileIdFromRequest: (request) => senderOf(request).upload,
    generateUrl: (request, { id }) => `${senderOf(request).base}/${id}`,
    async onUploadCreate(request, { id, size, metadata }) {
      const { ctx, ref } = senderOf(request)
      const [field, name] = [metadata?.['field'] ?? '', metadata?.['filename'] ?? 'tep']
      try {
        if (size === undefined) throw new Invalid([{ key: 'file', message: 'Không rõ tệp nặng bao nhiêu. Chọn lại tệp.' }])
        const dossier = await mayUpload(ctx, ref, field)
        await beginUpload(ctx, { id, subject: uploadSubject(dossier), field, name, size })
      } catch (error) {
        throw refusal(error, name)
      }
      return {}
    },
    // Taken in at once, so that whoever closes the page after the last byte has handed in; a failure here is made good by `xong`.
    async onUploadFinish(request, { id }) {
      const { ctx, ref } = senderOf(request)
      await takeUpload(ctx, ref, id).catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error
      })
      return {}
    },
  })
  servers.set(dataDir, made)
  return made
}

/** A refusal in the shape the protocol's handler sends on. */
function refusal(error: unknown, name: string): unknown {
  if (!(error instanceof AppError)) return error
  const said = error instanceof Invalid ? (error.fields[0]?.message ?? error.message) : error.message
  // 409 would mean to the sender: wrong offset, try again.
  return { status_code: error.status === 409 ? 422 : error.status, body: JSON.stringify({ message: `${name}: ${said}` }) }
}

interface TusRoutes {
  readonly face: FilingFace
  readonly guarded: RouteShorthandOptions
}

type UploadRequest = FastifyRequest<{ Params: { ref: string; upload?: string } }>

export async function tusRoutes(app: FastifyInstance, { face, guarded }: TusRoutes): Promise<void> {
  const path = `${face.mount}/:ref/${face.paths.papers}/tus`
  // The body stays a stream: the handler writes it to disk as it comes.
  app.addContentTypeParser('application/offset+octet-stream', (_request, payload, done) => done(null, payload))

  const senderFrom = async ({ ctx, params: { ref, upload } }: UploadRequest): Promise<Sender> => {
    const dossier = await mayUpload(ctx, ref)
    return { ctx, ref, dossier: uploadSubject(dossier), base: `${face.base}/${encodeURIComponent(ref)}/${face.paths.papers}/tus`, upload }
  }

  app.post(path, guarded, async (request: UploadRequest, reply) => {
    senders.set(request.raw, await senderFrom(request))
    reply.hijack()
    return serverFor(request.ctx.dataDir).handle(request.raw, reply.raw)
  })

  app.route<{ Params: { ref: string; upload?: string } }>({
    ...guarded,
    method: ['HEAD', 'PATCH', 'DELETE'],
    url: `${path}/:upload`,
    async handler(request, reply) {
      const { ctx } = request
      const sender = await senderFrom(request)
      const upload = await getUpload(ctx, request.params.upload ?? '', sender.dossier)
      reply.header('tus-resumable', '1.0.0').header('cache-control', 'no-store')
      // Its bytes are gone, its answer is not: the sender may have lost it on the way.
      if (upload.result) {
        if (request.method === 'DELETE') throw new Conflict('files.done', 'Tệp này đã nhận xong; muốn bỏ thì bấm “Bỏ tệp”.')
        return reply.code(request.method === 'HEAD' ? 200 : 204).header('upload-offset', upload.size).header('upload-length', upload.size).send()
      }
      if (request.method === 'DELETE') {
        await abandonUpload(ctx, upload)
        return reply.code(204).send()
      }
      senders.set(request.raw, sender)
      reply.hijack()
      return serverFor(ctx.dataDir).handle(request.raw, reply.raw)
    },
  })

  app.post(`${path}/:upload/xong`, guarded, async (request: UploadRequest, reply) => {
    const result = await takeUpload(request.ctx, request.params.ref, request.params.upload ?? '')
    return reply.code(result.ok ? 200 : 422).send({ message: result.message, value: result.id })
  })

}
