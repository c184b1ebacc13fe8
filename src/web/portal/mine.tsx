// My dossiers: what waits for me, drafts, what is under way, what is over.

import type { FastifyInstance, RouteShorthandOptions } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { relativeDue } from '#core/text/index.ts'
import { type Dossier, type DossierState, listDossiers, STATES, worklist } from '#modules/dossiers/index.ts'
import { Figure, Card, EmptyState, LinkButton, PageHeading, Pagination, StatusTag, Time } from '#ui/index.ts'
import { filingPaths } from '../form/index.ts'
import { dossierHref, portalFace } from './filing-face.tsx'
import { sendPortal } from './frame.tsx'
import { MineTabs } from './mine-tabs.tsx'
import { shortName, STATE_WORDS, termRule } from './words.ts'

const statesWhere = (wanted: (state: DossierState) => boolean): DossierState[] => (Object.keys(STATES) as DossierState[]).filter(wanted)

const ASKED: readonly DossierState[] = ['YC_BS_TIEP_NHAN', 'YC_BO_SUNG', 'YC_TAI_CHINH', 'DA_CO_KET_QUA']
const FINISHED = statesWhere((state) => STATES[state].final)
const UNDER_WAY = statesWhere((state) => state !== 'NHAP' && !ASKED.includes(state) && !STATES[state].final)

function Row({ ctx, dossier }: { ctx: Ctx; dossier: Dossier }) {
  const draft = dossier.state === 'NHAP'
  const { tone, sentence } = STATE_WORDS[dossier.state]
  const due = dossier.dueAt && !STATES[dossier.state].final && !dossier.pausedAt && !dossier.finishedAt ? dossier.dueAt : null
  return (
    <Card
      title={shortName(dossier.procedureName)}
      href={draft ? filingPaths(portalFace, dossier.id).start : dossierHref(dossier)}
      meta={
        <>
          {dossier.code && <span>Mã {dossier.code}</span>}
          {draft ? (
            <span>
              Sửa lần cuối <Time at={dossier.updatedAt} />
            </span>
          ) : (
            <span>
              Nộp <Time at={dossier.submittedAt ?? dossier.createdAt} />
            </span>
          )}
          {due && (
            <span>
              Hẹn trả{' '}
              <Figure rule={termRule(dossier)} of="hẹn trả">
                <Time at={due} />, {relativeDue(due, ctx.now, ctx.calendar)}
              </Figure>
            </span>
          )}
        </>
      }
    >
      <p>
        <StatusTag tone={tone}>{STATES[dossier.state].label}</StatusTag>
      </p>
      {!draft && <p>{sentence}</p>}
    </Card>
  )
}

function Group({
  ctx,
  title,
  items,
  id,
  children,
}: {
  ctx: Ctx
  title: string
  items: readonly Dossier[]
  id: string
  children?: preact.ComponentChildren
}) {
  if (items.length === 0 && !children) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div class="stack">
        {items.map((dossier) => (
          <div>
            <Row ctx={ctx} dossier={dossier} />
            {dossier.state === 'NHAP' && (
              <p>
                <a href={`/ho-so/${dossier.id}/xoa`}>
                  Xóa bản nháp<span class="sr"> {shortName(dossier.procedureName)}</span>
                </a>
              </p>
            )}
          </div>
        ))}
      </div>
      {children}
    </section>
  )
}

export function mineRoutes(app: FastifyInstance, citizen: RouteShorthandOptions): void {
  app.get('/ho-so', citizen, async (request, reply) => {
    const { ctx } = request
    const { sau } = request.query as { sau?: string }
    const older = typeof sau === 'string' && sau !== ''
    const list = (states: readonly DossierState[]) => (older ? { items: [], next: null } : listDossiers(ctx, { states, limit: 100 }))
    const [waiting, drafts, under, finished, steps] = await Promise.all([
      list(ASKED),
      list(['NHAP']),
      list(UNDER_WAY),
      listDossiers(ctx, { states: FINISHED, limit: 20, cursor: sau }),
      older ? [] : worklist(ctx),
    ])
    const mine = new Set(steps.map((row) => row.dossier.id))
    const asked = [...waiting.items, ...under.items.filter((dossier) => mine.has(dossier.id))]
    const underWay = under.items.filter((dossier) => !mine.has(dossier.id))
    const nothing = !older && [asked, drafts.items, underWay, finished.items].every((items) => items.length === 0)
    return sendPortal(
      request,
      reply,
      { title: 'Hồ sơ của tôi', here: 'dossiers' },
      <>
        <PageHeading
          title="Hồ sơ của tôi"
          action={
            <LinkButton look={nothing ? 'primary' : 'secondary'} icon="plus" href="/thu-tuc">
              Làm thủ tục mới
            </LinkButton>
          }
        />
        <MineTabs current="dossiers" unread={request.unread} />
        {nothing && (
          <EmptyState icon="folder" title="Chưa có hồ sơ nào">
            Hồ sơ ông/bà nộp trên mạng sẽ nằm ở đây. Hồ sơ nộp tại quầy thì <a href="/tra-cuu">tra cứu theo mã</a> trên giấy hẹn.
          </EmptyState>
        )}
        <Group ctx={ctx} id="can-lam" title="Đang chờ ông/bà" items={asked} />
        <Group ctx={ctx} id="nhap" title="Bản nháp" items={drafts.items} />
        <Group ctx={ctx} id="dang-giai-quyet" title="Đang giải quyết" items={underWay} />
        <Group ctx={ctx} id="da-xong" title="Đã xong" items={finished.items}>
          {finished.next && <Pagination olderHref={`/ho-so?sau=${encodeURIComponent(finished.next)}`} />}
        </Group>
      </>,
    )
  })
}
