// Reading one dossier under the policy: a stranger is told that it does not exist; who may read but has no work on it says why first.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { Forbidden, Invalid, NotFound } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import type { AccessReason } from '#core/policy/access.ts'
import type { Post } from '#core/policy/actor.ts'
import { involvedIn, type Item, listItems, worksOn } from '#modules/work/index.ts'
import { accessGiven } from './events.ts'
import { checkReason, type Ground, groundOf, maskApplicant, readingPost, readReason } from './reading-rules.ts'
import { canRead, type Party } from './rules.ts'
import type { Dossier } from './schema.ts'
import * as store from './store.ts'
import * as views from './views-store.ts'

const none = () => new NotFound('dossiers.none', 'Không có hồ sơ này, hoặc ông/bà không được xem. Xem lại mã hồ sơ.')

/** The dossier by id or code, when the actor may read it; locked until the transaction ends when asked. Throws NotFound. For acts, which have
 *  their own rules; whoever only looks comes through `openDossier`. */
export async function needDossier(reader: Reader, ctx: Ctx, ref: string, hold?: 'lock'): Promise<Dossier> {
  return (await readable(reader, ctx, ref, hold)).dossier
}

async function readable(reader: Reader, ctx: Ctx, ref: string, hold?: 'lock'): Promise<{ dossier: Dossier; parties: Party[] }> {
  const dossier = hold === 'lock' ? await store.lock(reader as Tx, ref) : await store.find(reader, ref)
  if (!dossier) throw none()
  const parties = await store.parties(reader, dossier.id)
  if (!canRead({ ...dossier, parties }, ctx.actor)) throw none()
  return { dossier, parties }
}

/** The reader must say why first (403). Carries what the page that asks shows; no personal data. */
export class ReasonRequired extends Forbidden {
  readonly dossier: Pick<Dossier, 'id' | 'code' | 'procedureName'>
  constructor({ id, code, procedureName }: Dossier, message = 'Ông/bà không có việc ở hồ sơ này. Hãy nêu lý do cần xem; lý do được ghi lại và người nộp hồ sơ đọc được.') {
    super('dossiers.reason_required', message)
    this.dossier = { id, code, procedureName }
  }
}

/** How somebody came to look: kept with each view. */
export interface Access {
  readonly ground: Ground
  /** The post looked from; null for the applicant and the platform. */
  readonly post: Post | null
  readonly reason: views.Pass | null
}

export interface Opened {
  readonly dossier: Dossier
  readonly access: Access
  readonly items: readonly Item[]
}

/** The dossier for somebody who looks at it, with its items. Throws NotFound for strangers, ReasonRequired for those who may read but have no work
 *  on it and have not said why within the last half hour. A program says why with each call (`ctx.accessReason`). */
export async function openDossier(ctx: Ctx, ref: string): Promise<Opened> {
  const { dossier, parties } = await readable(ctx.db, ctx, ref)
  const items = await listItems(ctx.db, dossier.id)
  const post = readingPost(parties, ctx.actor)
  const ground = groundOf(dossier, ctx.actor, worksOn(items, ctx.actor))
  if (ground) return { dossier, items, access: { ground, post, reason: null } }
  const pass = await views.findPass(ctx.db, dossier.id, ctx.actor, post, ctx.now)
  if (pass) return { dossier, items, access: { ground: 'reason', post, reason: pass } }
  if (ctx.accessReason === undefined) throw new ReasonRequired(dossier, needed(ctx))
  const given = readReason(ctx.accessReason)
  const found = checkReason(ctx.access, given)
  if (typeof found === 'string') throw new ReasonRequired(dossier, `${found} ${needed(ctx)}`)
  await giveReason(ctx, { dossier: dossier.id, ...given })
  return { dossier, items, access: { ground: 'reason', post, reason: { code: given.code, note: given.note } } }
}

const needed = (ctx: Ctx): string =>
  `Ông/bà không có việc ở hồ sơ này. Hãy nêu lý do cần xem; lý do được ghi lại và người nộp hồ sơ đọc được. Chương trình gửi kèm đầu đề access-reason, một trong: ${ctx.access.reasons.map(({ code }) => code).join(', ')}; lời ghi thêm đứng sau dấu chấm phẩy.`

/** The reasons one may choose from. */
export const accessReasons = (ctx: Ctx): readonly AccessReason[] => ctx.access.reasons

/** Says why one looks at a dossier that is not one's work; lets in for half an hour. Saying it twice is saying it once. Throws NotFound, Invalid. */
export const giveReason = act(
  z.object({ dossier: z.string(), code: z.string(), note: z.string().trim().max(500).nullish() }),
  async (ctx, tx, { dossier: ref, code, note: words }) => {
    const { dossier, parties } = await readable(tx, ctx, ref)
    const note = words?.normalize('NFC') || null
    const found = checkReason(ctx.access, { code, note })
    if (typeof found === 'string') throw new Invalid([{ key: ctx.access.reasons.some((one) => one.code === code) ? 'note' : 'code', message: found }])
    const post = readingPost(parties, ctx.actor)
    if (ctx.actor.kind !== 'officer' || !post) return dossier
    const until = new Date(ctx.now.getTime() + ctx.access.minutes * 60_000)
    const fresh = await views.keepPass(tx, { dossierId: dossier.id, officerId: ctx.actor.id, postId: post.id, code, note, at: ctx.now, until })
    if (fresh) await emit(tx, ctx, accessGiven, dossier.id, { reason: code, clause: found.clause, note }, { role: post.role, unitId: post.unitId, postId: post.id })
    return dossier
  },
)

/** Rows of a list as this reader may see them: of applicants the numbers masked, names too where the reader has no work; no answers. The
 *  applicant's own rows and the platform's are left whole. */
export async function maskRows(ctx: Ctx, rows: readonly Dossier[]): Promise<Dossier[]> {
  if (ctx.actor.kind !== 'officer') return [...rows]
  const strange = await strangersAmong(ctx, rows)
  return rows.map((row) => ({ ...row, form: {}, applicant: maskApplicant(row.applicant, strange.has(row.id)) }))
}

/** Which of the dossiers the actor would have to say why for. */
export async function strangersAmong(ctx: Ctx, rows: readonly Dossier[]): Promise<Set<string>> {
  if (ctx.actor.kind !== 'officer') return new Set()
  const works = await involvedIn(ctx.db, ctx.actor, rows.map((row) => row.id))
  return new Set(rows.filter((row) => groundOf(row, ctx.actor, works.has(row.id)) === null).map((row) => row.id))
}
