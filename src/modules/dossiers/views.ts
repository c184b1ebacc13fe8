// Looking at somebody's data is an event: recorded before the page is made, once for the same post within half an hour.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { Conflict, NotFound } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { type Actor, holds, postOf, type Role } from '#core/policy/actor.ts'
import { listViewed, questioned, questionAnswered, viewed } from './events.ts'
import { type Access, openDossier, strangersAmong } from './reading.ts'
import { REVEALABLE, type Revealable } from './reading-rules.ts'
import type { Dossier } from './schema.ts'
import * as store from './views-store.ts'

/** Records that the actor looks at a dossier or a piece of it; to be called before the page is made, so that it stands even if the page then
 *  fails. Does nothing for applicants, the platform, and drafts (which only their writer sees). `detail`: which file, paper or value. */
export async function recordView(ctx: Ctx, { dossier, access }: { dossier: Dossier; access: Access }, what: store.What, detail = ''): Promise<void> {
  const { actor } = ctx
  const { post, ground, reason } = access
  if (actor.kind !== 'officer' || !post || ground === 'own' || dossier.state === 'NHAP') return
  await inTransaction(ctx.db, async (tx) => {
    const [added] = await store.addLooks(tx, by(ctx, actor), [{ dossierId: dossier.id, what, detail, ground, reason, post }])
    if (!added) return
    await emit(tx, ctx, viewed, dossier.id, { what, detail, ground, reason: reason?.code ?? null }, { role: post.role, unitId: post.unitId, postId: post.id })
  })
}

const by = (ctx: Ctx, actor: Extract<Actor, { kind: 'officer' }>) =>
  ({ officerId: actor.id, officerName: actor.name, at: ctx.now, viewMarkMinutes: ctx.access.minutes, requestId: ctx.requestId })

/** Records rows of a search or an export that showed whole names: one statement for all of them, one fact. Rows whose names were masked showed
 *  nobody, and are no look; an export is a look at every row. */
export async function recordRows(ctx: Ctx, rows: readonly Dossier[], what: 'search' | 'list' | 'export'): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'officer') return
  const [post] = actor.posts
  const sent = rows.filter((row) => row.state !== 'NHAP')
  const strange = what === 'export' ? new Set<string>() : await strangersAmong(ctx, sent)
  const seen = sent.filter((row) => !strange.has(row.id))
  if (!post || seen.length === 0) return
  await inTransaction(ctx.db, async (tx) => {
    const added = await store.addLooks(tx, by(ctx, actor), seen.map((row) => ({ dossierId: row.id, what, detail: '', ground: 'list' as const, reason: null, post })))
    if (added.length > 0) await emit(tx, ctx, listViewed, actor.id, { what, rows: added.length })
  })
}

/** One masked value of the applicant in full, as a look of its own. Throws NotFound, ReasonRequired. */
export async function revealValue(ctx: Ctx, ref: string, field: Revealable): Promise<{ dossier: Dossier; label: string; value: string }> {
  const opened = await openDossier(ctx, ref)
  await recordView(ctx, opened, 'value', field)
  return { dossier: opened.dossier, label: REVEALABLE[field], value: String(opened.dossier.applicant[field] ?? '') }
}

// — questions about looks —

/** Who answers for a unit: its heads, and those who keep information safe in the tree above. */
const HEADS: readonly Role[] = ['chu_tich', 'lanh_dao_don_vi']
const KEEPER: Role = 'an_toan_tt'

export const answersQuestions = (actor: Actor): boolean => holds(actor, [...HEADS, KEEPER])

const reach = (actor: Actor) => {
  const posts = actor.kind === 'officer' ? actor.posts : []
  return {
    trees: posts.filter((post) => post.role === KEEPER).map((post) => post.unitPath),
    units: posts.filter((post) => HEADS.includes(post.role)).map((post) => post.unitId),
    notBy: actor.kind === 'officer' ? actor.id : '',
  }
}

/** Questions this officer answers, open ones first; never those about the officer's own looks. */
export const listViewQuestions = (ctx: Ctx): Promise<store.QuestionRow[]> => store.listQuestions(ctx.db, reach(ctx.actor))

/** How many of them wait for an answer. */
export const countViewQuestions = (ctx: Ctx): Promise<number> => store.countOpenQuestions(ctx.db, reach(ctx.actor))

const none = () => new NotFound('dossiers.no_view', 'Không có lượt xem này ở hồ sơ của ông/bà.')

/** The citizen asks why somebody has looked. Asked twice it is one question. Throws NotFound when the look was at somebody else's data. */
export const askAboutView = act(z.object({ view: z.coerce.number().int(), note: z.string().trim().max(1000).nullish() }), async (ctx, tx, { view: viewId, note }) => {
  if (ctx.actor.kind !== 'citizen') throw none()
  const look = await store.viewForQuestion(tx, viewId, ctx.actor.id)
  if (!look) throw none()
  const id = await store.addQuestion(tx, {
    viewId, dossierId: look.dossier_id, citizenId: ctx.actor.id, unitId: look.unit_id, unitPath: look.unit_path as string, officerId: look.officer_id,
    note: note?.normalize('NFC') || null, at: ctx.now,
  })
  if (id) await emit(tx, ctx, questioned, look.dossier_id, { question: id, unit: look.unit_id, officer: look.officer_id })
})

/** Answers a citizen's question. Throws NotFound for those it does not concern, Conflict when a colleague was first, Invalid without words. */
export const answerAboutView = act(
  z.object({ question: z.uuid(), answer: z.string().trim().min(20, 'Trả lời đủ câu để người dân hiểu (ít nhất 20 ký tự).').max(2000) }),
  async (ctx, tx, { question, answer }) => {
    const { actor } = ctx
    const found = await store.findQuestion(tx, question)
    const { trees, units, notBy } = reach(actor)
    const mine = found && found.officerId !== notBy && (units.includes(found.unitId) || trees.some((tree) => found.unitPath === tree || found.unitPath.startsWith(`${tree}.`)))
    if (!found || !mine || actor.kind !== 'officer') throw new NotFound('dossiers.no_question', 'Không có câu hỏi này, hoặc câu hỏi không thuộc đơn vị của ông/bà.')
    if (!(await store.setAnswer(tx, question, answer.normalize('NFC'), actor, ctx.now))) {
      throw new Conflict('dossiers.question_answered', `Câu hỏi này đã được ${found.answeredName ?? 'người khác'} trả lời.`)
    }
    const post = postOf(actor, [...HEADS, KEEPER])
    await emit(tx, ctx, questionAnswered, found.dossierId, { question, citizen: found.citizenId }, post ? { role: post.role, unitId: post.unitId, postId: post.id } : undefined)
  },
)

