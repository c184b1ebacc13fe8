// HTTP of lists of dossiers and of search; an exact code leads straight to its dossier.

import { unitsNamed } from '../units/named.ts'
import type { FastifyInstance } from 'fastify'
import { NotFound } from '#core/errors.ts'
import { type DossierState, countByState, countByUnit, listForDesk, needDossier, recordRows, STATES } from '#modules/dossiers/index.ts'
import { listUnitsById } from '#modules/org/index.ts'
import { listViews } from '#modules/views/index.ts'
import { seeOther } from '../page.tsx'
import { one, queryOf } from './answers.tsx'
import { DossiersScreen, SearchScreen } from './dossiers.tsx'
import { sendDesk } from './frame.tsx'
import { dossierHref } from './words.tsx'

const PAGE = 50
const OPEN = (Object.keys(STATES) as DossierState[]).filter((state) => !STATES[state].final && state !== 'NHAP')

/** A dossier code, of today's shape or of an older one. */
const CODE = /^(?=[^-]*[a-z])[a-z0-9.]+-\d{6,8}-\d{4,7}$/i

/** What a scanner types: the code of a bar code, or the address of a QR code, which ends in the code. */
const scanned = (text: string): string => /^https?:\/\/\S+\/tra-cuu\/([^/?#\s]+)$/i.exec(text)?.[1] ?? text

export async function dossierListRoutes(app: FastifyInstance): Promise<void> {
  app.get('/dossiers', async (request, reply) => {
    const { ctx } = request
    const query = queryOf(request)
    const asked = one(query, 'state')
    const state = asked in STATES && asked !== 'NHAP' ? (asked as DossierState) : undefined
    const late = one(query, 'late') === '1'
    const open = one(query, 'open') === '1'
    const unitId = one(query, 'unit') || undefined
    const cursor = one(query, 'cursor') || undefined
    const [{ items, next }, counts, tree] = await Promise.all([
      listForDesk(ctx, { states: state ? [state] : open ? OPEN : undefined, late, unit: unitId, cursor, limit: PAGE }), countByState(ctx, unitId), countByUnit(ctx),
    ])
    const units = new Map((await listUnitsById(ctx.db, [...tree.map((row) => row.unitId), ...(unitId ? [unitId] : [])])).map((unit) => [unit.id, unit.name]))
    return sendDesk(request, reply, { title: 'Hồ sơ', here: 'dossiers' },
      <DossiersScreen
        ctx={ctx} rows={items} next={next} counts={counts} units={tree.map((row) => ({ ...row, name: units.get(row.unitId) ?? row.unitId }))}
        views={await listViews(ctx, 'dossiers')} state={state} late={late} open={open} cursor={cursor} unit={unitId ? { id: unitId, name: units.get(unitId) ?? 'Đơn vị không rõ' } : undefined}
      />)
  })

  app.get('/search', async (request, reply) => {
    const { ctx } = request
    const q = scanned(one(queryOf(request), 'q').normalize('NFC').slice(0, 200))
    const cursor = one(queryOf(request), 'cursor') || undefined
    if (CODE.test(q)) {
      try {
        return seeOther(reply, dossierHref(await needDossier(ctx.db, ctx, q.toUpperCase())))
      } catch (error) {
        if (!(error instanceof NotFound)) throw error
      }
    }
    const found = q === '' ? { items: [], next: null } : await listForDesk(ctx, { q, cursor, limit: PAGE })
    await recordRows(ctx, found.items, 'search')
    return sendDesk(request, reply, { title: q ? `Tìm: ${q}` : 'Tìm hồ sơ', here: 'search', q }, <SearchScreen ctx={ctx} q={q} rows={found.items} next={found.next} cursor={cursor} units={cursor ? [] : await unitsNamed(ctx, q)} />)
  })
}
