// The tabs that are plain forms of one part: shown, saved without a script, drawn anew with what others wrote, and the choice when two wrote the same.

import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { Invalid } from '#core/errors.ts'
import { localDate } from '#core/workdays/index.ts'
import { listUnits } from '#modules/org/index.ts'
import { type Draft, DraftConflict, type DraftPart, type DraftRecord, getDraft, isDraftPart, knownHeads, saveDraftPart } from '#modules/procedures/index.ts'
import { Actions, Button, Form, Notice } from '#ui/index.ts'
import { readPartForm } from '#ui/part-form.ts'
import { type Body, bodyOf, one } from '../../desk/answers.tsx'
import { say } from '../../desk/flash.ts'
import { seeOther } from '../../page.tsx'
import { BasicsFields, type BasicsOffers } from './basics.tsx'
import { DecisionFields } from './decision.tsx'
import { PartForm } from './fields.tsx'
import { sendDraftTab } from './frame.tsx'
import { conflictView } from './parts.ts'
import { ReasonsFields } from './reasons.tsx'
import { draftHref, type StudioTabKey, tabOfPart } from './tab-list.ts'

type Id = { Params: { id: string } }
type PartId = { Params: { id: string; part: string } }
type FormTab = 'basics' | 'decision' | 'reasons'

/** What the selects of the first tab offer: what the province's procedures name already, and its departments. */
async function offersFor({ ctx }: FastifyRequest): Promise<BasicsOffers> {
  const [heads, units] = await Promise.all([knownHeads(ctx.db), listUnits(ctx.db, { level: 'tinh', limit: 80 })])
  return { ...heads, departments: units.filter((unit) => unit.key).map((unit) => ({ value: unit.key!, label: unit.name })) }
}

async function fieldsOf(request: FastifyRequest, tab: FormTab, record: DraftRecord): Promise<ComponentChildren> {
  if (tab === 'basics') return <BasicsFields record={record} offers={await offersFor(request)} />
  if (tab === 'decision') return <DecisionFields record={record} today={localDate(request.ctx.now)} />
  return <ReasonsFields record={record} />
}

export async function formTabRoutes(app: FastifyInstance): Promise<void> {
  for (const tab of ['basics', 'decision', 'reasons'] as const) {
    const send = (request: FastifyRequest, reply: FastifyReply, typed?: object) =>
      sendDraftTab(request, reply, tab satisfies StudioTabKey, async (draft, write) => {
        const record = typed ? { ...draft.record, ...typed } : draft.record
        return <PartForm draft={draft} part={tab} tab={tab} write={write}>{await fieldsOf(request, tab, record as DraftRecord)}</PartForm>
      })
    app.get<Id>(`/procedures/drafts/:id/${tab}`, (request, reply) => send(request, reply))
    /** The form with what stands on somebody's device, or with what the server has; changes nothing. */
    app.post<Id>(`/procedures/drafts/:id/${tab}/drawing`, { bodyLimit: 8 * 1024 * 1024 }, (request, reply) => {
      const text = one(bodyOf(request), 'value')
      return send(request, reply, text ? (parsed(text) ?? undefined) : undefined)
    })
  }

  /** A part sent by its form: what a browser without script sends, and what comes of choosing between two texts. */
  app.post<PartId>('/procedures/drafts/:id/parts/:part', { bodyLimit: 8 * 1024 * 1024 }, async (request, reply) => {
    const { id, part } = request.params
    if (!isDraftPart(part)) return seeOther(reply, draftHref(id))
    const body = bodyOf(request)
    const carried = '_value' in body
    const value = (carried ? parsed(one(body, '_value')) : readPartForm(pairsOf(body))) as Record<string, never> | null
    if (value === null) throw new Invalid([{ key: '_value', message: 'Phần gửi lên bị cắt mất; tải lại trang rồi làm lại.' }])
    const tab = tabOfPart(part)
    try {
      const saved = await saveDraftPart(request.ctx, { draft: id, part, base: Number(one(body, '_base')) || 0, value, before: (parsed(one(body, '_before')) ?? undefined) as Record<string, never> | undefined, ...picksIn(body) })
      say(request, reply, { message: saved.merged ? 'Đã lưu, cùng với chỗ người khác vừa sửa.' : 'Đã lưu.', tone: 'good' })
      return seeOther(reply, draftHref(id, tab))
    } catch (error) {
      if (!(error instanceof DraftConflict)) throw error
      const draft = await getDraft(request.ctx.db, id)
      return sendDraftTab(request, reply, tab as StudioTabKey, () => <ChooseSides draft={draft} part={part} base={one(body, '_base')} conflict={error} />, 409)
    }
  })
}

/** JSON that one of our own pages carried; null for anything else. */
function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function* pairsOf(body: Body): Iterable<[string, unknown]> {
  for (const [name, value] of Object.entries(body)) for (const entry of [value].flat()) yield [name, entry === '__code__' ? `moi_${randomBytes(3).toString('hex')}` : entry]
}

function picksIn(body: Body): { picks?: Record<string, 'mine' | 'theirs'>; seen?: number } {
  const seen = one(body, '_seen')
  if (!seen) return {}
  const picks = Object.entries(body).flatMap(([name, side]) => (name.startsWith('_pick.') && (side === 'mine' || side === 'theirs') ? [[name.slice(6), side] as const] : []))
  return { picks: Object.fromEntries(picks), seen: Number(seen) }
}

/** Both texts side by side, for a browser without script. */
export function ChooseSides({ draft, part, base, conflict }: { draft: Draft; part: DraftPart; base: string; conflict: DraftConflict }) {
  const { by, paths, revision } = conflictView(conflict)
  return (
    <Form action={draftHref(draft.id, `parts/${part}`)} class="studio-conflict">
      <Notice tone="warn" title={`${by} cũng vừa sửa ${paths.length} chỗ này`}><p>Chọn cách viết đúng. Các chỗ khác của cả hai người đã được giữ; chưa có gì bị mất.</p></Notice>
      <input type="hidden" name="_base" value={base} />
      <input type="hidden" name="_seen" value={String(revision)} />
      <input type="hidden" name="_value" value={JSON.stringify(conflict.mine).replaceAll('>', '\\u003e')} />
      <input type="hidden" name="_before" value={JSON.stringify(conflict.before)} />
      {paths.map(({ key, label, before, mine, theirs }) => (
        <fieldset>
          <legend>{label}</legend>
          <p class="soft">Trước đó: {before}</p>
          <label class="choice"><input type="radio" name={`_pick.${key}`} value="mine" checked /><span><b>Của tôi:</b> {mine}</span></label>
          <label class="choice"><input type="radio" name={`_pick.${key}`} value="theirs" /><span><b>{by}:</b> {theirs}</span></label>
        </fieldset>
      ))}
      <Actions><Button look="primary">Lưu lựa chọn</Button></Actions>
    </Form>
  )
}
