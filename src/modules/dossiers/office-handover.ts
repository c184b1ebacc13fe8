// What the holder of a post holds of dossiers: work taken, and drafts begun at the counter for people who will come back for them.

import type { Reader } from '#core/db/index.ts'
import { Invalid } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { formatDate } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { type HandoverPart, type Leaving, listHolders, postsHeldBy } from '#modules/org/index.ts'
import { handItemOn, heldAt, type Item } from '#modules/work/index.ts'
import { draftHandedOn } from './events.ts'
import * as store from './store.ts'

async function named(reader: Reader, items: readonly Item[]): Promise<{ item: Item; text: string; href: string }[]> {
  const dossiers = await store.findMany(reader, items.map((item) => item.subject))
  return items.map((item) => {
    const dossier = dossiers.get(item.subject)
    return { item, text: `${dossier?.code ?? ''} · ${item.name} · ${dossier?.procedureName ?? ''}`, href: `/desk/dossiers/${dossier?.code ?? item.subject}` }
  })
}

const itemsPart: HandoverPart = {
  key: 'items', label: 'Việc đang giữ', way: 'hand',
  list: async (reader, _ctx, { officer, post }) => (await named(reader, await heldAt(reader, officer.id, post))).map(({ text, href }) => ({ text, href })),
  hand: async (tx, ctx, { officer, post }, to) => {
    const handed: { text: string; went: string }[] = []
    for (const { item, text } of await named(tx, await heldAt(tx, officer.id, post))) {
      await store.lock(tx, item.subject)
      const went = await handItemOn(tx, ctx, { item: item.id, from: officer.id, to: to?.id ?? null, reason: `${officer.name} bàn giao chức danh ${post.title}` })
      if (went !== undefined) handed.push({ text, went: went ?? 'Danh sách chung của đơn vị' })
    }
    return handed
  },
}

/** Drafts at the counter of the post's unit. */
async function drafts(reader: Reader, { officer, post }: Leaving) {
  if (post.role !== 'mot_cua') return []
  return reader.selectFrom('dossiers.dossier').select(['id', 'procedure_name', 'applicant_name', 'created_at']).where('state', '=', 'NHAP').where('filed_by', '=', officer.id)
    .where('received_unit_id', '=', post.unitId).orderBy('created_at').execute()
}

const draftText = (row: { procedure_name: string; applicant_name: string; created_at: Date }) => `${row.procedure_name} cho ${row.applicant_name}, lập ${formatDate(row.created_at)}`

const draftsPart: HandoverPart = {
  key: 'drafts', label: 'Bản nháp lập tại quầy', way: 'needs',
  list: async (reader, _ctx, leaving) => (await drafts(reader, leaving)).map((row) => ({ text: draftText(row) })),
  hand: async (tx, ctx, leaving, to) => {
    const rows = await drafts(tx, leaving)
    const on = localDate(ctx.now)
    const desk = (await listHolders(tx, leaving.post.unitId, 'mot_cua', on)).filter((one) => one.id !== leaving.officer.id)
    const next = to ?? (desk[0] && { id: desk[0].id, name: desk[0].fullName })
    if (!next) return rows.map((row) => ({ text: draftText(row), went: 'Chờ người giữ chức danh tiếp theo' }))
    if (to && !(await postsHeldBy(tx, to.id, on)).some((post) => post.role === 'mot_cua' && post.unitId === leaving.post.unitId)) {
      throw new Invalid([{ key: 'to.drafts', message: `Bản nháp lập tại quầy: ${to.name} không ngồi quầy của đơn vị này. Chọn công chức Bộ phận một cửa của đơn vị.` }])
    }
    for (const row of rows) {
      await tx.updateTable('dossiers.dossier').set({ filed_by: next.id, client_key: null, updated_at: ctx.now }).where('id', '=', row.id).where('state', '=', 'NHAP').execute()
      await emit(tx, ctx, draftHandedOn, row.id, { from: leaving.officer.id, officer: next.id })
    }
    return rows.map((row) => ({ text: draftText(row), went: next.name }))
  },
}

export const dossierHandovers: readonly HandoverPart[] = [itemsPart, draftsPart]
