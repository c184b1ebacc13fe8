// "Is this message ours?": by its check code and its words, telling nobody more than masked; and what citizens report as false.

import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { holdsLink } from '#core/notices/sms.ts'
import { localDate } from '#core/workdays/index.ts'
import { maskAddress } from './contacts.ts'
import { fakeReported, reportClosed } from './events.ts'
import { canHandleReports, codeIn, likeness, templateOn } from './rules.ts'
import { CHANNELS, CheckInput, CloseReportInput, KINDS, ReportInput } from './schema.ts'
import * as store from './store.ts'

/** `ours`: a message of ours; `altered`: our code around other words, the way of copiers; `unknown`: no message of ours has that code;
 *  `no_code`: nothing in the text looks like a code. */
export type Verdict = 'ours' | 'altered' | 'unknown' | 'no_code'

export interface Checked {
  readonly verdict: Verdict
  readonly code: string | null
  /** Whether the pasted text would lead somewhere: ours never does in a short message. */
  readonly link: boolean
  readonly ours: { readonly sentAt: Date; readonly channel: string; readonly kind: string; readonly label: string; readonly recipient: string; readonly wholeText: boolean } | null
}

/** Looks a message up by what was typed or pasted. Of the case nothing is told, of the recipient a masked number. */
export async function checkMessage(ctx: Ctx, input: { text: string }): Promise<Checked> {
  const { text } = CheckInput.parse(input)
  const code = codeIn(text)
  const link = holdsLink(text)
  if (!code) return { verdict: 'no_code', code, link, ours: null }
  const message = await store.byCheckCode(ctx.db, code)
  const went = message?.sentAt ?? message?.firstTryAt
  if (!message || message.officerId || !went) return { verdict: 'unknown', code, link, ours: null }
  const like = likeness(text, message.body)
  const mail = message.channel === 'email'
  // A mail has our links and signature around the stored words; only of a short message may we say that every other word is foreign.
  const altered = like === 'other' && !(mail && sameWords(text, message.body))
  return {
    verdict: altered || (link && !mail) ? 'altered' : 'ours', code, link,
    ours: {
      sentAt: went, channel: CHANNELS[message.channel], kind: KINDS[message.kind], label: templateOn(ctx.notices.book, message.template, localDate(message.createdAt))?.label ?? KINDS[message.kind],
      recipient: maskAddress(message.channel, message.recipient) || 'tài khoản công dân trên cổng', wholeText: like === 'same',
    },
  }
}

const sameWords = (pasted: string, body: string): boolean => pasted.normalize('NFC').replaceAll(/\s+/g, ' ').includes(body.replaceAll(/\s+/g, ' '))

/** Keeps what a citizen takes for false, for those who guard the platform. Returns its number. */
export const reportFake = act(ReportInput, async (ctx, tx, { text, sender, note }) => {
  const { verdict } = await checkMessage(ctx, { text })
  const { id } = await tx
    .insertInto('notify.report').values({ reported_at: ctx.now, pasted: text, sender: sender || null, note: note || null, verdict })
    .returning('id').executeTakeFirstOrThrow()
  await emit(tx, ctx, fakeReported, id, { verdict })
  return { id }
})

export interface FakeReport {
  readonly id: string
  readonly reportedAt: Date
  readonly pasted: string
  readonly sender: string | null
  readonly note: string | null
  readonly verdict: Verdict
  readonly closedAt: Date | null
  readonly closedBy: string | null
  readonly closedNote: string | null
}

/** Reports of false messages, the open ones first. Throws Forbidden. */
export async function listReports(ctx: Ctx): Promise<FakeReport[]> {
  orThrow(canHandleReports(ctx.actor))
  const rows = await ctx.db.selectFrom('notify.report').selectAll().orderBy('closed_at', 'desc').orderBy('reported_at', 'desc').limit(200).execute()
  return rows.map((row) => ({
    id: row.id, reportedAt: row.reported_at, pasted: row.pasted, sender: row.sender, note: row.note, verdict: row.verdict as Verdict, closedAt: row.closed_at,
    closedBy: row.closed_by, closedNote: row.closed_note,
  }))
}

/** Writes what was done about a report. Throws Forbidden. */
export const closeReport = act(CloseReportInput, async (ctx, tx, { id, note }) => {
  orThrow(canHandleReports(ctx.actor))
  const by = ctx.actor.kind === 'officer' ? ctx.actor.name : 'Hệ thống'
  const done = await tx.updateTable('notify.report').set({ closed_at: ctx.now, closed_by: by, closed_note: note }).where('id', '=', id).where('closed_at', 'is', null).returning('id').executeTakeFirst()
  if (done) await emit(tx, ctx, reportClosed, id, { note })
})
