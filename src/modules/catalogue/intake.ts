// Lists taken in: from a file, or fetched page by page from the national database; each a line of a log, and one that would end many entries waits for a yes.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { Conflict, Invalid, NotFound } from '#core/errors.ts'
import type { Job } from '#core/jobs/index.ts'
import { type ImportReport, ManyEnd, parseRows, takeRows } from './entries.ts'
import { fetchPage } from './national.ts'
import { needKeeper, needReader, whoIs } from './rules.ts'
import type { CatalogueEntry } from './schema.ts'
import * as log from './intake-store.ts'

export const NATIONAL_DATABASE = 'Cơ sở dữ liệu quốc gia về thủ tục hành chính'

export type Taken = { readonly kind: 'done'; readonly id: string; readonly report: ImportReport } | { readonly kind: 'waits'; readonly id: string; readonly gone: number }

/** Takes the fetched or read rows of an intake in; where too many entries would end it waits. */
async function settle(ctx: Ctx, id: string, ends: number | null = null): Promise<Taken> {
  const done = await inTransaction(ctx.db, async (tx): Promise<Taken | ManyEnd> => {
    const intake = await log.lock(tx, id)
    if (!intake || (intake.state !== 'dang_lay' && intake.state !== 'cho')) throw new Conflict('catalogue.intake_ended', 'Lần nạp này đã xong hoặc đã bỏ; xem nhật ký nạp.')
    // a round of the national database without a change is no fault; an empty file, or a whole list without rows, is
    const rows = intake.rows.length === 0 && !intake.whole ? [] : parseRows(intake.rows)
    try {
      const report = await takeRows(ctx, tx, rows, { source: intake.source, whole: intake.whole, ended: intake.ended, ends })
      await log.end(tx, id, { state: 'xong', report, at: ctx.now, decidedBy: ends === null ? null : whoIs(ctx).name })
      return { kind: 'done', id, report }
    } catch (error) {
      if (!(error instanceof ManyEnd)) throw error
      await log.wait(tx, id, error.gone.length)
      return error
    }
  })
  return done instanceof ManyEnd ? { kind: 'waits', id, gone: done.gone.length } : done
}

/** Takes a file in and keeps a line of it. Throws Forbidden; Invalid naming every faulty row, and then nothing was kept. */
export async function takeFile(ctx: Ctx, json: unknown, { source, whole }: { source: string; whole: boolean }): Promise<Taken> {
  await needKeeper(ctx.db, ctx)
  parseRows(json)
  const id = await inTransaction(ctx.db, (tx) => log.begin(tx, { how: 'tep', state: 'cho', source, whole, since: '', rows: json as unknown[], at: ctx.now, by: whoIs(ctx).name }))
  return settle(ctx, id)
}

const Confirm = z.object({ id: z.uuid('Mã lần nạp không đúng.'), gone: z.coerce.number().int().min(0) })

/** Says yes to what waits: exactly as many entries end as were shown. Throws Forbidden, NotFound; Conflict when it has ended. */
export async function confirmIntake(ctx: Ctx, input: z.input<typeof Confirm>): Promise<Taken> {
  await needKeeper(ctx.db, ctx)
  const { id, gone } = Confirm.parse(input)
  if (!(await log.find(ctx.db, id))) throw new NotFound('catalogue.no_intake', 'Không có lần nạp này.')
  return settle(ctx, id, gone)
}

/** Says no; nothing of the list is taken in. Again is nothing. */
export const dropIntake = act(z.object({ id: z.uuid('Mã lần nạp không đúng.') }), async (ctx, tx, { id }): Promise<void> => {
  await needKeeper(tx, ctx)
  const intake = await log.lock(tx, id)
  if (!intake) throw new NotFound('catalogue.no_intake', 'Không có lần nạp này.')
  if (intake.state === 'cho') await log.end(tx, id, { state: 'bo', at: ctx.now, decidedBy: whoIs(ctx).name })
})

export interface WaitingIntake {
  readonly intake: log.Intake
  readonly known: number
  /** What would end now, by code. */
  readonly gone: readonly CatalogueEntry[]
}

/** What waits for a yes, as it would be today. Throws Forbidden, NotFound. */
export async function viewIntake(ctx: Ctx, id: string): Promise<WaitingIntake> {
  needReader(ctx)
  const intake = z.uuid().safeParse(id).success ? await log.find(ctx.db, id) : null
  if (!intake) throw new NotFound('catalogue.no_intake', 'Không có lần nạp này.')
  return { intake, ...(intake.state === 'cho' ? await log.wouldEnd(ctx.db, intake) : { known: 0, gone: [] }) }
}

/** The last lists taken in, newest first. Throws Forbidden. */
export async function listIntakes(ctx: Ctx): Promise<log.Intake[]> {
  needReader(ctx)
  return log.list(ctx.db, 30)
}

const MOST_STARTS = 3

/** Fetches what the national database changed since the last time and takes it in. What was fetched is kept page by page: a fetch that dies goes on where it was.
 *  Throws Forbidden; Conflict when no database is configured; Unavailable with what was wrong. */
export async function syncNational(ctx: Ctx): Promise<Taken> {
  await needKeeper(ctx.db, ctx)
  const { national } = ctx
  if (!national) throw new Conflict('catalogue.no_national', 'Chưa nối với cơ sở dữ liệu quốc gia: đặt NATIONAL_URL và NATIONAL_KEY cho máy chủ và tiến trình việc nền, hoặc nạp bằng tệp.')
  const { id, since } = await inTransaction(ctx.db, (tx) => log.beginSync(tx, { source: NATIONAL_DATABASE, at: ctx.now, by: whoIs(ctx).name }))
  for (let starts = 1; ; ) {
    const before = (await log.find(ctx.db, id))!
    if (before.state !== 'dang_lay') throw new Conflict('catalogue.intake_ended', 'Một lần đồng bộ khác vừa xong; xem nhật ký nạp.')
    try {
      const page = await fetchPage(national, { since, page: before.pagesDone + 1 })
      if (before.revision !== null && before.revision !== page.revision) {
        // the list changed while it was read: from the beginning
        if (++starts > MOST_STARTS) throw new Conflict('catalogue.national_restless', `${NATIONAL_DATABASE} đổi liên tục trong lúc lấy; xin đồng bộ lại sau ít phút.`)
        await inTransaction(ctx.db, (tx) => log.restart(tx, id))
        continue
      }
      const living = page.rows.filter((row) => row['ended'] !== true)
      await inTransaction(ctx.db, (tx) => log.addPage(tx, id, { page: page.page, revision: page.revision, rows: living, ended: page.rows.filter((row) => row['ended'] === true).map((row) => row.code) }))
      if (page.page < page.pages) continue
    } catch (error) {
      await inTransaction(ctx.db, (tx) => log.noteFault(tx, id, (error as Error).message))
      throw error
    }
    try {
      return await settle(ctx, id)
    } catch (error) {
      // rows that cannot be used: nothing is taken in, and the next time begins anew
      if (error instanceof Invalid) await inTransaction(ctx.db, (tx) => log.end(tx, id, { state: 'hong', at: ctx.now, why: `${error.message} ${error.fields[0]?.message ?? ''}`.trim() }))
      throw error
    }
  }
}

/** Daily: nothing where no database is configured; tried again by the queue when it does not answer. */
export const syncJob: Job<never> = {
  name: 'catalogue.sync',
  run: async (ctx) => {
    if (ctx.national) await syncNational(ctx)
  },
}
