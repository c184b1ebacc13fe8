// "Ai đã xem dữ liệu của tôi": every look of an officer at the citizen's dossiers, with who, when, what and why; and a way to ask about a strange one.

import type { FastifyInstance, RouteShorthandOptions } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { type Actor, ROLES } from '#core/policy/actor.ts'
import { formatDateTime, maskPersonalId } from '#core/text/index.ts'
import { askAboutView, needDossier, type ViewRow, viewFacets, viewsOfMine, WHAT_LABELS, whyOf } from '#modules/dossiers/index.ts'
import { unitNames } from '#modules/org/index.ts'
import { Actions, Button, Card, Details, EmptyState, Form, LinkButton, Notice, PageHeading, Pagination, SummaryList } from '#ui/index.ts'
import { seeOther } from '../page.tsx'
import { sendPortal } from './frame.tsx'
import { MineTabs } from './mine-tabs.tsx'
import { shortName } from './words.ts'

/** Looks of one officer at one dossier that belong together. */
interface Visit {
  readonly first: ViewRow
  readonly last: ViewRow
  readonly rows: readonly ViewRow[]
}

const TOGETHER_MS = 30 * 60_000

/** From rows, newest first. */
export function visitsOf(rows: readonly ViewRow[]): Visit[] {
  const visits: ViewRow[][] = []
  for (const row of rows) {
    const before = visits.at(-1)
    const next = before?.at(-1)
    const same = next && next.officerId === row.officerId && next.dossierId === row.dossierId && next.ground === row.ground && next.at.getTime() - row.at.getTime() <= TOGETHER_MS
    if (same) before!.push(row)
    else visits.push([row])
  }
  return visits.map((rows) => ({ rows, last: rows[0]!, first: rows.at(-1)! }))
}

const what = (rows: readonly ViewRow[]): string => {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(WHAT_LABELS[row.what], (counts.get(WHAT_LABELS[row.what]) ?? 0) + 1)
  return [...counts].map(([label, n], at) => `${at === 0 ? label : label.charAt(0).toLowerCase() + label.slice(1)}${n > 1 ? ` (${n})` : ''}`).join(', ')
}

const roleOf = (row: ViewRow): string => row.postTitle || (row.role in ROLES ? ROLES[row.role as keyof typeof ROLES] : row.role)

function Visited({ ctx, visit, unitName, back }: { ctx: Ctx; visit: Visit; unitName: (id: string) => string; back: string }) {
  const { first, last, rows } = visit
  const question = rows.find((row) => row.question)?.question
  return (
    <Card title={`${first.officerName}, ${roleOf(first)}`}>
      <SummaryList
        rows={[
          { label: 'Đơn vị', value: unitName(first.unitId) },
          { label: 'Khi nào', value: `${formatDateTime(first.at)}${last.at.getTime() - first.at.getTime() >= 60_000 ? ` đến ${formatDateTime(last.at)}` : ''}` },
          { label: 'Xem gì', value: what(rows) },
          { label: 'Vì sao', value: whyOf(ctx, first) },
          { label: 'Hồ sơ', value: <a href={`/ho-so/${encodeURIComponent(first.dossierCode ?? first.dossierId)}`}>{shortName(first.procedureName)}, {first.dossierCode}</a> },
        ]}
      />
      {question ? <Asked question={question} /> : (
        <Details summary="Tôi thấy lạ, muốn hỏi">
          <Form action={`/tai-khoan/ai-da-xem/${first.id}/cau-hoi`} label={`Hỏi về lượt xem của ${first.officerName}`}>
            <input type="hidden" name="tro-lai" value={back} />
            <div class="q">
              <label class="label" for={`note-${first.id}`}>Điều ông/bà muốn hỏi <span class="optional">(không bắt buộc)</span></label>
              <textarea id={`note-${first.id}`} name="noi-dung" rows={3} maxLength={1000} />
            </div>
            <p class="hint">Câu hỏi gửi tới lãnh đạo đơn vị và cán bộ an toàn thông tin, không gửi tới người đã xem. Trả lời hiện ở trang này.</p>
            <Actions><Button>Gửi câu hỏi</Button></Actions>
          </Form>
        </Details>
      )}
    </Card>
  )
}

function Asked({ question }: { question: NonNullable<ViewRow['question']> }) {
  return (
    <Notice tone={question.answer ? 'good' : 'info'} title={question.answer ? 'Đã có trả lời' : 'Đã gửi câu hỏi, đang chờ trả lời'}>
      <p class="soft">Hỏi lúc {formatDateTime(question.askedAt)}{question.note ? `: “${question.note}”` : '.'}</p>
      {question.answer && <p>{question.answer} <span class="soft">({question.answeredName}, {formatDateTime(question.answeredAt!)})</span></p>}
    </Notice>
  )
}

function Level({ actor }: { actor: Extract<Actor, { kind: 'citizen' }> }) {
  return actor.level === 2 ? (
    <Notice tone="good" title="Định danh mức 2"><p>Nộp được mọi thủ tục trên mạng, không phải đến xác minh lại.</p></Notice>
  ) : (
    <Notice tone="warn" title="Định danh mức 1">
      <p>Ông/bà soạn và lưu được hồ sơ; nộp trên mạng cần mức 2.</p>
      <p>Nâng lên mức 2: mang thẻ căn cước đến Công an xã, phường nào cũng được, không thu tiền. Sau đó đăng nhập lại bằng VNeID; bản nháp vẫn còn. Không muốn nâng mức thì nộp tại Bộ phận một cửa.</p>
    </Notice>
  )
}

type Asking = { Querystring: { 'ho-so'?: string; 'don-vi'?: string; truoc?: string } }

export function viewerRoutes(app: FastifyInstance, citizen: RouteShorthandOptions): void {
  app.get('/tai-khoan', citizen, async (request, reply) => {
    const { actor } = request.ctx
    if (actor.kind !== 'citizen') return seeOther(reply, '/')
    return sendPortal(request, reply, { title: 'Tài khoản', here: 'dossiers' }, (
      <>
        <PageHeading title="Tài khoản" lead="Họ tên, số định danh và mức định danh lấy từ VNeID mỗi lần đăng nhập." />
        <MineTabs current="account" />
        <SummaryList rows={[{ label: 'Họ và tên', value: actor.name }, { label: 'Số định danh', value: maskPersonalId(actor.personalId) }, { label: 'Mức định danh', value: `Mức ${actor.level}` }]} />
        <Level actor={actor} />
        <section>
          <h2>Dữ liệu và an toàn</h2>
          <ul>
            <li><a href="/tai-khoan/ai-da-xem">Ai đã xem dữ liệu của tôi</a></li>
            <li><a href="/account/sessions">Nơi tôi đang đăng nhập, những lần đăng nhập gần đây</a></li>
          </ul>
        </section>
      </>
    ))
  })

  app.get<Asking>('/tai-khoan/ai-da-xem', citizen, async (request, reply) => {
    const { ctx } = request
    const { 'ho-so': ref, 'don-vi': unit, truoc } = request.query
    const dossier = ref ? await needDossier(ctx.db, ctx, ref) : null
    const before = truoc && /^\d{1,15}$/.test(truoc) ? Number(truoc) : undefined
    const [{ rows, next }, facets] = await Promise.all([viewsOfMine(ctx, { dossier: dossier?.id, unit: unit || undefined, before }), viewFacets(ctx)])
    const units = await unitNames(ctx.db, [...facets.map((row) => row.unit_id), ...rows.map((row) => row.unitId)])
    const unitName = (id: string) => units.get(id) ?? 'Đơn vị không còn'
    const dossiers = new Map(facets.map((row) => [row.dossier_id, `${shortName(row.procedure_name)}, ${row.code ?? ''}`]))
    const here = (more: Record<string, string>) => `/tai-khoan/ai-da-xem?${new URLSearchParams({ ...(ref ? { 'ho-so': ref } : {}), ...(unit ? { 'don-vi': unit } : {}), ...more })}`
    const filtered = dossier !== null || Boolean(unit)
    return sendPortal(request, reply, { title: 'Ai đã xem dữ liệu của tôi', here: 'dossiers', crumbs: [{ label: 'Tài khoản', href: '/tai-khoan' }] }, (
      <>
        <PageHeading title="Ai đã xem dữ liệu của tôi" lead="Mỗi lần cán bộ mở hồ sơ, giấy tờ hay thông tin của ông/bà đều được ghi lại và hiện ở đây. Xem lại trong 30 phút tính là một lần." />
        <MineTabs current="account" />
        {facets.length > 0 && (
          <form class="narrow" action="/tai-khoan/ai-da-xem" method="get" aria-label="Lọc lượt xem">
            <div class="q">
              <label class="label" for="ho-so">Hồ sơ</label>
              <select id="ho-so" name="ho-so"><option value="">Mọi hồ sơ</option>{[...dossiers].map(([id, label]) => <option value={id} selected={id === dossier?.id}>{label}</option>)}</select>
            </div>
            <div class="q">
              <label class="label" for="don-vi">Đơn vị</label>
              <select id="don-vi" name="don-vi"><option value="">Mọi đơn vị</option>{[...new Set(facets.map((row) => row.unit_id))].map((id) => <option value={id} selected={id === unit}>{unitName(id)}</option>)}</select>
            </div>
            <Actions><Button>Lọc</Button>{filtered && <LinkButton look="quiet" href="/tai-khoan/ai-da-xem">Bỏ lọc</LinkButton>}</Actions>
          </form>
        )}
        {rows.length === 0 ? (
          <EmptyState icon="user" title={filtered ? 'Không có lượt xem nào khớp' : 'Chưa ai xem'}>
            {filtered ? 'Thử bỏ bớt điều kiện lọc.' : 'Khi cán bộ mở hồ sơ của ông/bà, lượt xem hiện ở đây ngay.'}
          </EmptyState>
        ) : (
          <section class="stack">
            <h2 class="sr">Các lượt xem, mới nhất trước</h2>
            {visitsOf(rows).map((visit) => <Visited ctx={ctx} visit={visit} unitName={unitName} back={here({})} />)}
          </section>
        )}
        <Pagination olderHref={next ? here({ truoc: String(next) }) : undefined} />
      </>
    ))
  })

  app.post<{ Params: { view: string }; Body: { 'noi-dung'?: string; 'tro-lai'?: string } }>('/tai-khoan/ai-da-xem/:view/cau-hoi', citizen, async (request, reply) => {
    const { view } = request.params
    await askAboutView(request.ctx, { view: /^\d{1,15}$/.test(view) ? Number(view) : 0, note: request.body?.['noi-dung'] ?? null })
    const back = request.body?.['tro-lai'] ?? ''
    const safe = back.startsWith('/tai-khoan/ai-da-xem?') ? back : '/tai-khoan/ai-da-xem?'
    return seeOther(reply, `${safe}${safe.endsWith('?') ? '' : '&'}xong=da-hoi`)
  })
}

/** For the page of one dossier. */
export const ViewersLink = ({ dossier }: { dossier: { id: string } }) => <a href={`/tai-khoan/ai-da-xem?ho-so=${dossier.id}`}>Ai đã xem hồ sơ này</a>
