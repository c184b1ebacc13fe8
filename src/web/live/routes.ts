// The stream of hints to open pages (Server-Sent Events): that the desk, or the dossier looked at, has changed; the page then asks anew, under the policy.

import type { FastifyInstance } from 'fastify'
import type { Env } from '#core/ctx.ts'
import { AppError, Forbidden, Unavailable } from '#core/errors.ts'
import { needDossier } from '#modules/dossiers/index.ts'
import { type Change, openHub } from './hub.ts'

/** A stream ends after this time and is opened again by the browser: so nobody listens for long after their session ended. */
const LIFE_MS = 10 * 60_000
const BEAT_MS = 20_000
const MOST_OF_ONE = 8
const MOST_OF_ALL = 3000

export async function liveRoutes(app: FastifyInstance, { env, everyMs }: { env: Env; everyMs?: number }): Promise<void> {
  const hub = openHub(env, everyMs)
  const open = new Map<string, number>()
  const endings = new Set<() => void>()
  app.addHook('preClose', async () => {
    for (const end of endings) end()
    hub.close()
  })

  app.get<{ Querystring: { dossier?: string } }>('/live', { config: { passive: true } }, async (request, reply) => {
    const { actor } = request.ctx
    if (actor.kind !== 'officer' && actor.kind !== 'citizen') throw new Forbidden('live.sign_in', 'Hãy đăng nhập để theo dõi thay đổi.', 401)
    const { id } = actor
    if ((open.get(id) ?? 0) >= MOST_OF_ONE) throw new AppError(429, 'live.too_many', 'Đã mở quá nhiều trang cùng lúc; trang này không tự cập nhật, hãy tải lại khi cần.')
    if (endings.size >= MOST_OF_ALL) throw new Unavailable('live', 'Đang có quá nhiều người theo dõi; trang này không tự cập nhật, hãy tải lại khi cần.')
    const watched = request.query.dossier ? (await needDossier(request.ctx.db, request.ctx, request.query.dossier)).id : null
    const units = actor.kind === 'officer' ? actor.posts.map((post) => post.unitId) : []

    const { raw } = reply.hijack()
    raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no', connection: 'keep-alive' })
    raw.write('retry: 5000\n\n')
    const hint = (name: string) => raw.write(`event: ${name}\ndata: {}\n\n`)
    const stop = hub.listen((change: Change) => {
      if (watched && change.subjects.has(watched)) hint('dossier')
      if (actor.kind === 'officer' ? units.some((unit) => change.units.has(unit)) : change.citizens.has(id)) hint('desk')
    })
    const beat = setInterval(() => raw.write(': \n\n'), BEAT_MS)
    const end = (): void => {
      clearInterval(beat)
      clearTimeout(life)
      stop()
      if (endings.delete(end)) open.set(id, (open.get(id) ?? 1) - 1)
      if (open.get(id) === 0) open.delete(id)
      raw.end()
    }
    const life = setTimeout(end, LIFE_MS)
    endings.add(end)
    open.set(id, (open.get(id) ?? 0) + 1)
    raw.on('close', end)
    raw.on('error', end)
  })
}
