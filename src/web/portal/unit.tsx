// What became of a unit: one sentence, where to go now, since when, by which decision, and its history; for every code and name it ever bore.

import type { FastifyInstance } from 'fastify'
import { isDay } from '#core/fields/calendar.ts'
import type { Ctx } from '#core/ctx.ts'
import { NotFound } from '#core/errors.ts'
import { compareVi, formatDate } from '#core/text/index.ts'
import { becameOf, calledName, cameFrom, deskFor, findSeat, findUnitByKey, type Gone, goneSentence, historyOf, listBearers, listUnitsById, type Passage, resolveUnit, type Seat, takenBack, type Unit, UNIT_LEVELS } from '#modules/org/index.ts'
import { Actions, Button, Card, Cards, Details, Form, LinkButton, PageHeading, StatusTag, SummaryList, Timeline } from '#ui/index.ts'
import { sendPortal } from './frame.tsx'
import { capital } from './words.ts'

/** The code that papers of its time bear. */
export const paperCode = (unit: Pick<Unit, 'code' | 'adminCode'>): string => (unit.code.startsWith('CU.') ? (unit.adminCode ?? unit.code.slice(3)) : unit.code)

/** The public page of a unit, living or ended. */
export const publicUnitHref = (unit: Pick<Unit, 'code' | 'validTo'>): string =>
  `/don-vi/${encodeURIComponent(unit.code)}${unit.validTo === null || unit.code.startsWith('CU.') ? '' : `?ngay=${unit.validTo}`}`

interface UnitPage {
  readonly unit: Unit
  readonly live: Unit
  readonly parent: Unit | null
  readonly before: readonly Passage[]
  readonly after: readonly Passage[]
  readonly desk: Unit
  readonly seat: Seat | null
  /** Others that bore the same code in their time. */
  readonly sameCode: readonly Unit[]
  /** Villages that tell which heir, and the one said. */
  readonly villages: readonly string[]
  readonly village: string
}

/** The unit's own one-stop centre, else whoever receives for it. */
async function deskOf(ctx: Ctx, live: Unit): Promise<Unit> {
  const centre = await findUnitByKey(ctx.db, 'trung_tam_phuc_vu_hanh_chinh_cong', live)
  return centre?.path.startsWith(`${live.path}.`) ? centre : deskFor(ctx.db, live, 'mot_cua')
}

async function read(ctx: Ctx, text: string, on: string | undefined, village: string): Promise<UnitPage> {
  const { asked: unit, live, villages = [] } = (await resolveUnit(ctx.db, text, on, village ? { words: village } : undefined))[0]!
  const [{ before, after }, desk, bearers, [parent]] = await Promise.all([
    historyOf(ctx.db, unit.id), deskOf(ctx, live), listBearers(ctx.db, paperCode(unit)), listUnitsById(ctx.db, unit.parentId ? [unit.parentId] : []),
  ])
  const seat = (await findSeat(ctx.db, desk.id)) ?? (await findSeat(ctx.db, live.id))
  return { unit, live, before, after, desk, seat, parent: parent ?? null, sameCode: bearers.filter((one) => one.id !== unit.id), villages, village }
}

export function unitPageRoutes(app: FastifyInstance): void {
  app.get<{ Params: { code: string }; Querystring: { ngay?: unknown; thon?: unknown } }>('/don-vi/:code', async (request, reply) => {
    const { ngay, thon } = request.query
    const village = typeof thon === 'string' ? thon.trim().slice(0, 120).normalize('NFC') : ''
    const asked = request.params.code.slice(0, 200)
    const page = await read(request.ctx, asked, isDay(ngay) ? ngay : undefined, village).catch(async (error: unknown) => {
      const gone = error instanceof NotFound ? await takenBack(request.ctx.db, asked) : null
      if (!gone) throw error
      return gone
    })
    if (!('unit' in page)) {
      const name = capital(page.name)
      return sendPortal(request, reply, { title: name, here: 'units', crumbs: [{ label: 'Đơn vị và tên cũ', href: '/don-vi' }] }, <TakenBack gone={page} title={name} />)
    }
    const title = capital(calledName(page.unit))
    return sendPortal(request, reply, { title, here: 'units', crumbs: [{ label: 'Đơn vị và tên cũ', href: '/don-vi' }] }, <UnitStory {...page} title={title} />)
  })
}

/** A unit that is no more because its plan was taken back. */
function TakenBack({ gone, title }: { gone: Gone; title: string }) {
  return (
    <>
      <PageHeading title={title} meta={<><StatusTag tone="plain">Sắp xếp đã hoàn tác</StatusTag><span>Mã {gone.code}</span></>} lead={goneSentence(gone)} />
      {gone.heirs.length > 0 && (
        <section>
          <h2>Nay đến đâu</h2>
          <Cards>{gone.heirs.map((unit) => <Card title={capital(calledName(unit))} href={publicUnitHref(unit)} meta={<span>Mã {paperCode(unit)}</span>} />)}</Cards>
          <p class="measure">Hồ sơ đã nộp giữ nguyên mã và hạn trả, không phải nộp lại gì.</p>
        </section>
      )}
      <Actions>
        <LinkButton href="/tra-cuu" look="primary">Tra cứu hồ sơ đã nộp</LinkButton>
        <LinkButton href="/don-vi">Tìm đơn vị khác</LinkButton>
      </Actions>
    </>
  )
}

function UnitStory({ title, unit, live, parent, before, after, desk, seat, sameCode, villages, village }: UnitPage & { title: string }) {
  const became = becameOf(unit, after, live)
  const heirs = after.filter((one) => one.from.id === unit.id)
  return (
    <>
      <PageHeading
        title={title}
        meta={
          <>
            {became ? <StatusTag tone="plain">Đã kết thúc {formatDate(unit.validTo!)}</StatusTag> : <StatusTag tone="good">Đang hoạt động</StatusTag>}
            <span>{UNIT_LEVELS[unit.level]}</span>
            <span>Mã {paperCode(unit)}</span>
          </>
        }
        lead={became?.sentence ?? cameFrom(unit, before) ?? undefined}
      />
      {became?.now && !village && <p class="measure">{became.now}</p>}
      <section id="nay-den-dau">
        <h2>{village ? `${capital(village)} nay đến đâu` : 'Nay đến đâu'}</h2>
        {villages.length > 0 && <WhichVillage unit={unit} villages={villages} village={village} />}
        <Card title={capital(calledName(live))} href={live.id === unit.id ? undefined : publicUnitHref(live)}>
          <p>
            Nộp hồ sơ, nhận kết quả tại <b>{desk.name}</b>
            {seat?.address && `, ${seat.address}`}.
          </p>
        </Card>
        <p class="measure">Giấy tờ ghi tên cũ vẫn dùng được, không phải đổi. Trung tâm Phục vụ hành chính công xã, phường nào trong tỉnh cũng nhận hồ sơ.</p>
        <Actions>
          <LinkButton href="/thu-tuc" look="primary">Chọn thủ tục để làm</LinkButton>
          <LinkButton href="/tra-cuu">Tra cứu hồ sơ đã nộp</LinkButton>
        </Actions>
      </section>
      {heirs.length > 1 && (
        <section>
          <h2>Chia về {heirs.length} nơi</h2>
          <Cards>
            {heirs.map((one) => (
              <Card title={capital(calledName(one.to))} href={publicUnitHref(one.to)} meta={<span>Mã {paperCode(one.to)}</span>}>
                <p class="soft">{one.main ? 'Phụ trách khi chưa rõ thuộc nơi nào' : 'Một phần'}</p>
              </Card>
            ))}
          </Cards>
        </section>
      )}
      <section>
        <h2>Thông tin đơn vị</h2>
        <SummaryList
          rows={[
            { label: 'Hoạt động', value: `${formatDate(unit.validFrom)} – ${unit.validTo ? formatDate(unit.validTo) : 'nay'}` },
            ...(parent ? [{ label: 'Thuộc', value: <a href={publicUnitHref(parent)}>{capital(calledName(parent))}</a> }] : []),
            ...(unit.adminCode ? [{ label: 'Mã đơn vị hành chính', value: unit.adminCode }] : []),
            ...(unit.identifier ? [{ label: 'Mã định danh', value: unit.identifier }] : []),
            ...(unit.qcvn ? [{ label: 'Mã định danh trước năm 2020', value: unit.qcvn }] : []),
            ...(became && became.acts.length > 0 ? [{ label: 'Theo văn bản', value: became.acts.join('; ') }] : []),
            ...(sameCode.length > 0 ? [{ label: 'Cùng mã, thời khác', value: sameCode.map((one) => <div><a href={publicUnitHref(one)}>{capital(calledName(one))}</a> ({formatDate(one.validFrom)} – {one.validTo ? formatDate(one.validTo) : 'nay'})</div>) }] : []),
          ]}
        />
      </section>
      {before.length + after.length > 0 && <History unit={unit} passages={[...before, ...after]} />}
    </>
  )
}

/** Of a unit divided by villages: the village says which heir. */
function WhichVillage({ unit, villages, village }: { unit: Unit; villages: readonly string[]; village: string }) {
  return (
    <Form action={`/don-vi/${encodeURIComponent(unit.code)}#nay-den-dau`} method="get" label="Chọn thôn, tổ dân phố">
      {unit.validTo !== null && !unit.code.startsWith('CU.') && <input type="hidden" name="ngay" value={unit.validTo} />}
      <div class="q">
        <label class="label" for="thon">Ở thôn, tổ dân phố nào của {calledName(unit)}</label>
        <div class="row">
          <select id="thon" name="thon">
            <option value="">Nơi khác, hoặc chưa rõ</option>
            {villages.toSorted(compareVi).map((one) => <option value={one} selected={one === village}>{one}</option>)}
          </select>
          <Button>Xem nơi phụ trách</Button>
        </div>
      </div>
    </Form>
  )
}

const SHOWN = 12

function History({ unit, passages }: { unit: Unit; passages: readonly Passage[] }) {
  const entries = passages.toReversed().map(({ from, to, on, partial, act }) => ({
    at: on, tone: from.id === unit.id ? ('info' as const) : ('plain' as const), more: act ? <p class="soft">{act}</p> : undefined,
    sentence: (
      <>
        <a href={publicUnitHref(from)}>{capital(calledName(from))}</a> {partial ? 'chuyển một phần về' : 'về'} <a href={publicUnitHref(to)}>{calledName(to)}</a>
      </>
    ),
  }))
  return (
    <section>
      <h2>Lịch sử</h2>
      <Timeline entries={entries.slice(0, SHOWN)} label="Lịch sử đơn vị" />
      {entries.length > SHOWN && (
        <Details summary={`Xem thêm ${entries.length - SHOWN} lần chuyển`}>
          <Timeline entries={entries.slice(SHOWN)} label="Lịch sử đơn vị, tiếp theo" />
        </Details>
      )}
    </section>
  )
}
