// HTTP of the head's board: the figures, the lists behind them, giving work out.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#core/errors.ts'
import { localDate } from '#core/workdays/index.ts'
import { boardRows, headsBoard, reasonCounts } from '#modules/dossiers/index.ts'
import { listAbsences, listUnmanned, officerNames } from '#modules/org/index.ts'
import { type Assignable, assignItem, deskOfficers, headedBy, WAITING, type Waiting } from '#modules/work/index.ts'
import { bodyOf, many, one, queryOf, withQuery } from '../answers.tsx'
import { say } from '../flash.ts'
import { sendDesk } from '../frame.tsx'
import { seeOther } from '../../page.tsx'
import { safeReturnTo } from '../../session/index.ts'
import { BoardScreen, WorkListScreen } from './screens.tsx'

const PAGE = 50
const DAY_MS = 86_400_000

function filterOf(request: FastifyRequest) {
  const query = queryOf(request)
  const [officer, due, step, waiting, by, cursor] = ['officer', 'due', 'step', 'waiting', 'by', 'cursor'].map((key) => one(query, key) || undefined)
  return {
    officer, step, by, cursor, due: due === 'late' || due === 'today' ? due : undefined, waiting: waiting && waiting in WAITING ? (waiting as Waiting) : undefined,
  } as const
}

export async function boardRoutes(app: FastifyInstance): Promise<void> {
  app.get('/board', async (request, reply) => {
    const { ctx } = request
    const board = await headsBoard(ctx)
    const today = localDate(ctx.now)
    const paths = headedBy(ctx.actor)
    const [names, absences, unmanned, reasons] = await Promise.all([
      officerNames(ctx.db, board.officers.map((row) => row.officer)),
      Promise.all(paths.map((path) => listAbsences(ctx.db, { within: path, since: today }))), Promise.all(paths.map((path) => listUnmanned(ctx.db, today, path))),
      reasonCounts(ctx, { since: new Date(ctx.now.getTime() - 30 * DAY_MS), until: ctx.now }),
    ])
    const away = new Map(absences.flat().filter((absence) => absence.from <= today).map((absence) => [absence.officerId, absence]))
    const unitName = ctx.actor.kind === 'officer' ? (ctx.actor.posts[0]?.unitName ?? '') : ''
    return sendDesk(request, reply, { title: 'Bảng điều hành', here: 'board' },
      <BoardScreen ctx={ctx} unitName={unitName} board={board} nameOf={(id) => names.get(id) ?? id} away={away} unmanned={unmanned.flat()} reasons={reasons} />)
  })

  app.get('/board/work', async (request, reply) => {
    const { ctx } = request
    const filter = filterOf(request)
    const { rows, next } = await boardRows(ctx, filter, { cursor: filter.cursor, limit: PAGE })
    const names = await officerNames(ctx.db, [...rows.map(({ item }) => item.claimedBy), filter.officer ?? null, filter.by ?? null])
    const nameOf = (id: string) => names.get(id) ?? id
    const words = [
      ...(filter.officer ? [filter.officer === 'nobody' ? 'Chưa ai nhận' : nameOf(filter.officer)] : []), ...(filter.by ? [`Do ${nameOf(filter.by)} thụ lý`] : []),
      ...(filter.waiting ? [`Chờ ${WAITING[filter.waiting].toLocaleLowerCase('vi')}`] : []), ...(filter.step ? [filter.step] : []), ...(filter.due ? [filter.due === 'late' ? 'Quá hạn' : 'Đến hạn hôm nay'] : []),
    ]
    const desks = [...new Map(rows.flatMap(({ item }) => (item.unitId && item.role !== 'cong_dan' ? [[`${item.unitId}|${item.role}`, { unit: item.unitId, role: item.role }] as const] : []))).values()].slice(0, 12)
    const choices = new Map<string, Assignable>()
    for (const officers of await Promise.all(desks.map((desk) => deskOfficers(ctx.db, desk.unit, desk.role, localDate(ctx.now))))) for (const officer of officers) choices.set(officer.id, officer)
    const { cursor, ...kept } = filter
    return sendDesk(request, reply, { title: words.join(', ') || 'Việc đang mở', here: 'board', crumbs: [{ label: 'Bảng điều hành', href: '/desk/board' }, { label: words.join(', ') || 'Việc đang mở' }] },
      <WorkListScreen
        ctx={ctx} rows={rows} next={next} filter={filter} nameOf={nameOf} words={words} choices={[...choices.values()]} oneDesk={desks.length <= 1} back={withQuery('/desk/board/work', kept, { cursor })}
      />)
  })

  app.post('/board/assignments', async (request, reply) => {
    const body = bodyOf(request)
    const back = safeReturnTo(one(body, 'back')) ?? '/desk/board/work'
    const ids = [...new Set(many(body, 'item'))].slice(0, 200)
    const [officer, reason] = [one(body, 'officer'), one(body, 'reason')]
    if (ids.length === 0 || !officer) {
      say(request, reply, { message: ids.length === 0 ? 'Chưa chọn việc nào. Đánh dấu ô ở đầu dòng rồi bấm lại.' : 'Chưa chọn cán bộ nhận việc.', tone: 'warn' })
      return seeOther(reply, back)
    }
    let given = 0
    const refused: string[] = []
    for (const item of ids) {
      try {
        await assignItem(request.ctx, { item, officer, reason })
        given++
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500) throw error
        refused.push('fields' in error ? (error.fields as { message: string }[])[0]!.message : error.message)
      }
    }
    const name = (await officerNames(request.ctx.db, [officer])).get(officer) ?? 'cán bộ'
    const others = refused.length > 0 ? ` ${refused.length} việc không giao được: ${[...new Set(refused)].join(' ')}` : ''
    say(request, reply, { message: `Đã giao ${given} việc cho ${name}.${others}`, tone: given === 0 || others ? 'warn' : 'good' })
    return seeOther(reply, back)
  })
}
