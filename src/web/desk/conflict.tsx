// Somebody was first, or the dossier has moved on: who, when, what now, and nothing that was typed is lost.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Conflict } from '#core/errors.ts'
import type { Ctx } from '#core/ctx.ts'
import { formatDateTime } from '#core/text/index.ts'
import { dossierEvents, type DossierView, workItem } from '#modules/dossiers/index.ts'
import { officerNames } from '#modules/org/index.ts'
import type { Item } from '#modules/work/index.ts'
import { Actions, Button, Form, LinkButton, Notice, PageHeading, SummaryList, Timeline } from '#ui/index.ts'
import { sendDesk } from './frame.tsx'
import { dossierHref } from './words.tsx'

/** What the officer had typed and chosen when the page turned out to be old. */
export interface Kept {
  readonly action: string
  readonly fields: readonly (readonly [string, string])[]
  readonly note: string
}

function KeptNote({ note }: { note: string }) {
  if (!note) return null
  return (
    <div class="q">
      <label class="label" for="kept">Ghi chú ông/bà đã viết</label>
      <p class="hint">Chưa được ghi vào hồ sơ. Chép lại nếu còn cần.</p>
      <textarea id="kept" rows={4} readOnly>{note}</textarea>
    </div>
  )
}

async function whoAndWhen(ctx: Ctx, item: Item): Promise<{ who: string; at: Date | null; what: string } | null> {
  if (item.state === 'done') {
    const label = item.outcomes.find((outcome) => outcome.key === item.outcome)?.label
    return { who: item.doneByName ?? 'Người khác', at: item.doneAt, what: label ? `Đã xong: ${label}` : 'Đã làm xong' }
  }
  if (item.state === 'claimed') {
    const names = await officerNames(ctx.db, [item.claimedBy])
    return { who: names.get(item.claimedBy ?? '') ?? 'Người khác', at: item.claimedAt, what: 'Đã nhận việc này' }
  }
  if (item.state === 'cancelled') {
    const last = (await dossierEvents(ctx, item.subject)).findLast((event) => event.actorName !== null)
    return { who: last?.actorName ?? 'Hệ thống', at: item.doneAt, what: 'Hồ sơ đã chuyển hướng khác nên việc này không còn cần làm' }
  }
  return null
}

/** The clear 409: the item was taken, done or overtaken by somebody else. */
export async function sendTaken(request: FastifyRequest, reply: FastifyReply, { id, refused, note = '' }: { id: string; refused: Conflict; note?: string }): Promise<FastifyReply> {
  const { item, dossier } = await workItem(request.ctx, id)
  const told = await whoAndWhen(request.ctx, item)
  const title = told ? 'Đã có người làm trước' : 'Không làm được lúc này'
  return sendDesk(
    request, reply, { title, here: 'work', status: 409, crumbs: [{ label: 'Việc cần làm', href: '/desk' }, { label: dossier.code ?? 'Hồ sơ', href: dossierHref(dossier) }, { label: title }] },
    <div class="measure">
      <PageHeading title={title} lead={refused.message} />
      <SummaryList
        rows={[
          { label: 'Hồ sơ', value: <a href={dossierHref(dossier)}>{dossier.code} – {dossier.applicant.fullName}</a> },
          { label: 'Việc', value: item.name },
          ...(told ? [{ label: 'Ai', value: told.who }, { label: 'Khi nào', value: told.at ? formatDateTime(told.at) : '' }, { label: 'Kết quả', value: told.what }] : []),
        ]}
      />
      <KeptNote note={note} />
      <Actions><LinkButton look="primary" href={dossierHref(dossier)}>Mở hồ sơ</LinkButton><LinkButton href="/desk">Việc cần làm</LinkButton></Actions>
    </div>,
  )
}

/** The dossier has changed since the page was opened: what is new, and the same act again with what was typed. */
export async function sendStale(request: FastifyRequest, reply: FastifyReply, { view, since, label, kept }: { view: DossierView; since: Date | null; label: string; kept: Kept }): Promise<FastifyReply> {
  const { dossier } = view
  const news = view.timeline.filter((entry) => since !== null && entry.at > since)
  return sendDesk(
    request, reply, { title: 'Hồ sơ vừa có thay đổi', here: 'work', status: 409, crumbs: [{ label: 'Việc cần làm', href: '/desk' }, { label: dossier.code ?? 'Hồ sơ', href: dossierHref(dossier) }, { label: 'Có thay đổi' }] },
    <div class="measure">
      <PageHeading title="Hồ sơ vừa có thay đổi" lead="Hồ sơ đã thay đổi sau khi ông/bà mở trang, nên việc chưa được thực hiện. Xem thay đổi rồi quyết định." />
      {news.length > 0 ? <Timeline label="Thay đổi từ khi mở trang" entries={news.map(({ sentence, at, who }) => ({ sentence, at, actor: who }))} /> : <Notice><p>Nội dung hồ sơ đã được sửa.</p></Notice>}
      <Form action={kept.action}>
        {kept.fields.map(([name, value]) => <input type="hidden" name={name} value={value} />)}
        <input type="hidden" name="revision" value={String(dossier.revision)} />
        {kept.note && <div class="q"><label class="label" for="note">Ghi chú của ông/bà</label><textarea id="note" name="note" rows={4}>{kept.note}</textarea></div>}
        <Actions><Button look="primary">{`Vẫn thực hiện: ${label}`}</Button><LinkButton look="quiet" href={dossierHref(dossier)}>Mở lại hồ sơ</LinkButton></Actions>
      </Form>
    </div>,
  )
}
