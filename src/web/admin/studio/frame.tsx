// The frame of every tab of a draft: what it is, the tabs, who else is here, whether everything is saved.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { formatDateTime } from '#core/text/index.ts'
import { type Draft, type DraftPart, draftHere, getDraft, isProcedureAuthor, partOf } from '#modules/procedures/index.ts'
import { LinkButton, Notice, PageHeading, StatusTag, Tabs } from '#ui/index.ts'
import { sendDesk } from '../../desk/frame.tsx'
import { draftHref, STUDIO_TABS, type StudioTabKey } from './tab-list.ts'

export interface Here {
  readonly officerId: string
  readonly name: string
  readonly part: string
}

export interface DraftFrameProps {
  readonly draft: Draft
  readonly tab: StudioTabKey
  /** Who else has this draft open. */
  readonly here: readonly Here[]
  /** Whether this reader may write: an author, and the draft is open. */
  readonly write: boolean
  /** Id of the reader: what the device keeps is only given back to the same person. */
  readonly me?: string
  readonly children?: ComponentChildren
}

const ORIGINS = { version: 'sửa từ', copy: 'lấy lại', scratch: 'soạn mới', file: 'từ tệp' } as const

const tabLabel = (key: string): string => STUDIO_TABS.find((tab) => tab.key === key)?.label ?? key

/** Heading, tabs, who else is here; stands around the content of every tab. */
export function DraftFrame({ draft, tab, here, write, me, children }: DraftFrameProps) {
  const origin = draft.source ? `${ORIGINS[draft.origin]} phiên bản ${draft.source.number}` : ORIGINS[draft.origin]
  return (
    <>
      <link rel="stylesheet" href="/assets/heavy/studio.css" />
      <PageHeading
        title={draft.name}
        meta={
          <>
            <b>{draft.code}</b>
            <StateTag draft={draft} />
            <span>Bản nháp, {origin}</span>
            <span class="soft">Sửa gần nhất: {draft.touchedByName}, {formatDateTime(draft.touchedAt)}</span>
          </>
        }
        action={<LinkButton look="quiet" href="/admin/procedures/drafts">Các bản nháp</LinkButton>}
      />
      {draft.state === 'dropped' && <Notice tone="warn" title={`Bản nháp đã bị bỏ, ${draft.closedByName ?? ''}`}><p>{draft.closedNote ?? 'Không ghi lý do.'} Chỉ còn để xem.</p></Notice>}
      <div class="studio-bar">
        <Tabs label="Các phần của thủ tục" items={STUDIO_TABS.map(({ key, label }) => ({ label, href: draftHref(draft.id, key), current: key === tab }))} />
        <p class="studio-state" data-studio-draft={draft.id} data-studio-tab={tab} data-studio-me={me}>
          <span data-part-status role="status">{draft.state !== 'open' ? 'Chỉ để xem' : write ? 'Mọi thay đổi đã được lưu' : 'Chỉ để xem: cán bộ cấp tỉnh soạn thủ tục'}</span>
          <span data-studio-here aria-live="polite">{here.map((one) => <span class="person">{one.name} đang mở “{tabLabel(one.part)}”</span>)}</span>
        </p>
      </div>
      {children}
      <script type="module" src="/assets/heavy/studio.js" />
    </>
  )
}

export function StateTag({ draft }: { draft: Pick<Draft, 'state' | 'submitted'> }) {
  if (draft.state === 'published') return <StatusTag tone="good">Đã công bố</StatusTag>
  if (draft.state === 'dropped') return <StatusTag tone="plain">Đã bỏ</StatusTag>
  return draft.submitted ? <StatusTag tone="wait">Chờ công bố</StatusTag> : <StatusTag tone="info">Đang soạn</StatusTag>
}

type Id = { Params: { id: string } }

/** Loads the draft, notes who is here, and sends the tab in its frame. `render` gets the draft and whether this reader may write in it. */
export async function sendDraftTab(
  request: FastifyRequest, reply: FastifyReply, tab: StudioTabKey, render: (draft: Draft, write: boolean) => ComponentChildren | Promise<ComponentChildren>, status = 200,
): Promise<FastifyReply> {
  const { ctx } = request
  const draft = await getDraft(ctx.db, (request.params as Id['Params']).id)
  const write = draft.state === 'open' && (await isProcedureAuthor(ctx.db, ctx.actor))
  const [here, content] = await Promise.all([draft.state === 'open' ? draftHere(ctx, draft.id, tab) : [], render(draft, write)])
  const crumbs = [{ label: 'Thủ tục', href: '/admin/procedures' }, { label: 'Bản nháp', href: '/admin/procedures/drafts' }, { label: draft.code }]
  return sendDesk(request, reply, { title: `${tabLabel(tab)} · ${draft.name}`, here: 'procedures', crumbs, status }, <DraftFrame draft={draft} tab={tab} here={here} write={write} me={ctx.actor.kind === 'officer' ? ctx.actor.id : ''}>{content}</DraftFrame>)
}

/** Attributes of the element in which an editor of one part lives; `openPart` of src/client/studio/save.ts reads them. */
export const partHost = (draft: Draft, part: DraftPart, write: boolean) => ({
  'data-part': part,
  'data-part-draft': draft.id,
  'data-part-base': String(draft.revision),
  'data-part-value': JSON.stringify(partOf(draft.record, part)),
  'data-part-write': write ? 'true' : undefined,
})
