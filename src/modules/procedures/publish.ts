// From draft to version: everything checked, another pair of eyes, once; and taking back, before it came into force, what was published.

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { Conflict, denial, Invalid, NotFound, orThrow, type Refusal, refusal } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { formatDate } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { needAuthor, whoIs } from './authors.ts'
import { checkDraftRecord, needOpen } from './drafts.ts'
import type { DraftRecord } from './draft-parts.ts'
import * as drafts from './drafts-store.ts'
import { buildDmn } from './dmn.ts'
import { draftSubmitted, published, withdrawn } from './events.ts'
import { type Json, merge3 } from './merge.ts'
import { bpmnOf } from './process.ts'
import type { ProcedureRecord } from './record.ts'
import * as store from './store.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const noDraft = () => new NotFound('procedures.no_draft', 'Không có bản nháp này. Xem lại ở danh sách bản nháp.')

/** Four eyes: who has written in a draft does not publish it. Null: may. */
export async function canPublish(reader: Reader, ctx: Ctx, draftId: string): Promise<Refusal | null> {
  const { actor } = ctx
  if (actor.kind !== 'officer') return null
  const wrote = (await drafts.edits(reader, draftId)).some((edit) => edit.byId === actor.id)
  return wrote ? denial('procedures.four_eyes', 'Người soạn không tự công bố: bấm “Trình công bố” để một cán bộ khác đọc lại và công bố.') : null
}

const PublishInput = z.object({
  draft: z.string(),
  /** The revision that the publisher has read. */
  revision: z.int().min(0),
  /** Why it holds from a day that has passed, with the clause that allows it. */
  backdated: z.string().trim().max(500).optional(),
})

export interface PublishedDraft {
  readonly code: string
  readonly version: number
  /** It had been published already, by this name: nothing was done. */
  readonly already: string | null
}

/** Publishes a draft as a further version, once: a second press or a second publisher finds it done. Throws Invalid naming every fault, Forbidden for
 *  who wrote in it, Conflict when it has changed since it was read, or another version has come in between. */
export const publishDraft = act(PublishInput, async (ctx, tx, input): Promise<PublishedDraft> => {
  await needAuthor(tx, ctx)
  const draft = await drafts.lock(tx, input.draft)
  if (!draft) throw noDraft()
  if (draft.state === 'published' && draft.versionId) {
    const version = await store.findVersion(tx, draft.versionId)
    return { code: draft.code, version: version!.number, already: draft.closedByName }
  }
  needOpen(draft)
  if (draft.revision !== input.revision) throw new Conflict('procedures.draft_moved', `${draft.touchedByName} vừa sửa bản nháp này. Tải lại trang, đọc chỗ mới sửa rồi công bố.`)
  orThrow(await canPublish(tx, ctx, draft.id))
  const { faults } = await checkDraftRecord(ctx, draft)
  if (faults.length > 0) throw new Invalid(faults.map(({ path, message }) => ({ key: path, message })), `Bản nháp còn ${faults.length} chỗ phải sửa nên chưa công bố được.`)
  await store.lockCode(tx, draft.code)
  const record = draft.record as unknown as ProcedureRecord
  const latest = await store.findLatest(tx, draft.code)
  orThrow(followed(draft, latest))
  orThrow(waiting(record, await store.versionsOf(tx, draft.code)))
  const late = record.effectiveFrom < localDate(ctx.now)
  if (late && !input.backdated) {
    throw new Invalid([{ key: 'backdated', message: `Ngày bắt đầu ${formatDate(record.effectiveFrom)} đã qua: ghi lý do và điều khoản cho phép hiệu lực trở về trước, hoặc sửa ngày ở tab Quyết định.` }])
  }
  const number = (await store.latestNumber(tx, draft.code)) + 1
  const [bpmn, dmn] = await Promise.all([bpmnOf(record), buildDmn(record)])
  const who = whoIs(ctx)
  const version = await store.insertVersion(tx, number, {
    record, digest: sha256(JSON.stringify(record)), bpmn, bpmnDigest: sha256(bpmn), dmn, dmnDigest: sha256(dmn), importedAt: ctx.now, publishedByName: who.name, draftId: draft.id,
    backdatedReason: late ? input.backdated!.normalize('NFC') : null,
  })
  await drafts.close(tx, draft.id, 'published', { at: ctx.now, name: who.name, versionId: version.id })
  await emit(tx, ctx, published, `procedure:${draft.code}`, {
    code: draft.code, version: number, decision: record.decision.no, draft: draft.id, effectiveFrom: record.effectiveFrom, abolishes: record.decision.kind === 'bai_bo',
  })
  return { code: draft.code, version: number, already: null }
})

/** Another version came while this was being written: its changes must be taken in first, or they would be lost. */
export function followed(draft: drafts.DraftRow, latest: store.VersionSummary | null): Refusal | null {
  if (!latest || latest.id === draft.baseVersion) return null
  return refusal('procedures.base_followed', `Phiên bản ${latest.number} đã được công bố trong lúc bản nháp này đang soạn. Bấm “Lấy thay đổi của phiên bản ${latest.number} vào” rồi đọc lại.`)
}

/** A version that is still to come would be hidden by a newer one from the day it comes. */
export function waiting(record: Pick<ProcedureRecord, 'effectiveFrom'>, versions: readonly store.VersionSummary[]): Refusal | null {
  const later = versions.find((version) => !version.withdrawn && version.effectiveFrom > record.effectiveFrom)
  return later ? refusal('procedures.later_waits', `Phiên bản ${later.number} sẽ có hiệu lực từ ${formatDate(later.effectiveFrom)}. Rút phiên bản đó trước, hoặc cho bản này có hiệu lực từ ngày đó trở đi.`) : null
}

/** Hands a draft to the second pair of eyes; a later edit makes it void. Throws Invalid while there are faults. */
export const submitDraft = act(z.object({ draft: z.string() }), async (ctx, tx, { draft: id }) => {
  await needAuthor(tx, ctx)
  const draft = await drafts.lock(tx, id)
  if (!draft) throw noDraft()
  needOpen(draft)
  const { faults } = await checkDraftRecord(ctx, draft)
  if (faults.length > 0) throw new Invalid(faults.map(({ path, message }) => ({ key: path, message })), `Bản nháp còn ${faults.length} chỗ phải sửa nên chưa trình được.`)
  await drafts.submit(tx, id, draft.revision, ctx.now, whoIs(ctx).name)
  await emit(tx, ctx, draftSubmitted, `procedure:${draft.code}`, { code: draft.code, draft: id, revision: draft.revision })
})

export interface TakenIn {
  readonly version: number
  /** Places that both had changed: the draft's own words stand, and are to be read again. */
  readonly both: readonly (readonly string[])[]
}

/** Brings into a draft what a version published meanwhile has changed. */
export const takeInVersion = act(z.object({ draft: z.string() }), async (ctx, tx, { draft: id }): Promise<TakenIn | null> => {
  await needAuthor(tx, ctx)
  const draft = await drafts.lock(tx, id)
  if (!draft) throw noDraft()
  needOpen(draft)
  await store.lockCode(tx, draft.code)
  const latest = await store.findLatest(tx, draft.code)
  if (!latest || latest.id === draft.baseVersion) return null
  const base = draft.baseVersion ? await store.findVersion(tx, draft.baseVersion) : null
  // The decision and its days are of this draft alone.
  const plain = (record: unknown): Json => {
    const { decision: _decision, effectiveFrom: _from, effectiveTo: _to, ...rest } = record as { [key: string]: Json }
    return rest
  }
  const sides = [base ? plain(base.record) : {}, plain(draft.record), plain(latest.record)] as const
  const first = merge3(...sides)
  const merged = merge3(...sides, new Map(first.conflicts.map(({ path }) => [path.join('/'), 'mine'])))
  const { decision, effectiveFrom, effectiveTo } = draft.record
  const own = Object.fromEntries(Object.entries({ decision, effectiveFrom, effectiveTo }).filter(([, value]) => value !== undefined))
  const record = { ...(merged.value as DraftRecord), ...own } as DraftRecord
  await drafts.saveWhole(tx, id, { revision: draft.revision + 1, record, at: ctx.now, who: whoIs(ctx) })
  await drafts.follow(tx, id, latest.id)
  return { version: latest.number, both: first.conflicts.map(({ path }) => path) }
})

const WithdrawInput = z.object({
  version: z.string(),
  reason: z.string().trim().min(5, 'Ghi lý do rút phiên bản.').max(500, 'Lý do không dài quá 500 ký tự.'),
  decision: z.string().trim().max(100).optional(),
})

/** Whether a version may be taken back on a day: only before it comes into force. */
export function canWithdraw(version: store.VersionSummary, today: string): Refusal | null {
  if (version.withdrawn) return refusal('procedures.withdrawn', `Phiên bản này đã được rút (${version.withdrawn.byName}).`)
  if (version.effectiveFrom <= today) return refusal('procedures.in_force', 'Phiên bản này đã có hiệu lực nên không rút được. Lấy lại một phiên bản cũ bằng bản nháp mới, hoặc bãi bỏ thủ tục.')
  return null
}

/** Takes a version back before its day. The same twice changes nothing more. Throws Conflict when it is in force. */
export const withdrawVersion = act(WithdrawInput, async (ctx, tx, { version: id, reason, decision }) => {
  await needAuthor(tx, ctx)
  const found = await needVersion(tx, id)
  await store.lockCode(tx, found.code)
  const version = await needVersion(tx, id)
  if (version.withdrawn) return { code: version.code, version: version.number }
  orThrow(canWithdraw(version, localDate(ctx.now)))
  await store.withdraw(tx, id, { at: ctx.now, name: whoIs(ctx).name, reason: reason.normalize('NFC'), decision: decision || null })
  await emit(tx, ctx, withdrawn, `procedure:${version.code}`, { code: version.code, version: version.number, reason })
  return { code: version.code, version: version.number }
})

async function needVersion(tx: Tx, id: string): Promise<store.Version> {
  const version = await store.findVersion(tx, id)
  if (!version) throw new NotFound('procedures.no_version', 'Không có phiên bản thủ tục này.')
  return version
}
