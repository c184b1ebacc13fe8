// Where every figure comes from, for everybody: the list of rules, and each in plain words with its value today, its earlier and coming values, document and clause.

import type { FastifyInstance } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { isDay } from '#core/fields/calendar.ts'
import { NotFound } from '#core/errors.ts'
import { type Rule, type RuleRow, rowOn, sayPlain, sayValue } from '#core/law/index.ts'
import { fold, formatDate } from '#core/text/index.ts'
import { addDays, localDate } from '#core/workdays/index.ts'
import { getProcedure, getVersion, listVersions, type Version } from '#modules/procedures/index.ts'
import { type ProcedureRule, rulesOfProcedure } from '#modules/rules/index.ts'
import { EmptyState, LinkButton, Notice, PageHeading, SearchBox, StatusTag, SummaryList, Table } from '#ui/index.ts'
import { sendPortal } from './frame.tsx'
import { shortName } from './words.ts'

const CRUMBS = [{ label: 'Căn cứ của các con số', href: '/can-cu' }]
const span = (from: string, to: string | null): string => (to === null ? `Từ ${formatDate(from)} đến nay` : `${formatDate(from)} – ${formatDate(to)}`)

/** One value of a rule, whether of the register or of a procedure. */
interface Shown {
  readonly value: string
  readonly from: string
  readonly to: string | null
  readonly document: string
  readonly clause: string
  readonly sure: 'found' | 'memory'
  readonly note: string | null
}

const shownOf = (ctx: Ctx, rule: Rule, row: RuleRow): Shown => {
  const gone = ctx.law.replaced.find((one) => one.document === row.document)
  return {
    value: sayValue(row.value, rule.unit), from: row.from, to: row.to, document: [row.document, ctx.law.documentName(row.document)].filter(Boolean).join(': '), clause: row.clause, sure: row.sure,
    note: row.transition === 'all_open' ? 'Áp dụng cho cả hồ sơ đang giải quyết khi ấy.' : gone && row.to === null ? `Văn bản này được thay bằng ${gone.by} từ ${formatDate(gone.on)}.` : null,
  }
}

const Sure = ({ sure }: { sure: 'found' | 'memory' }) =>
  sure === 'found' ? <StatusTag tone="good">Đã đối chiếu nguồn công khai</StatusTag> : <StatusTag tone="wait">Ghi theo hiểu biết, chờ đối chiếu văn bản gốc</StatusTag>

function RulePage({ title, plain, values, on, today, usedIn, back, own = null }: {
  title: string; plain: string; values: readonly Shown[]; on: string; today: string; usedIn: readonly { text: string; href: string }[]; back?: { text: string; href: string }
  /** The version that a dossier follows, when it was asked from a dossier. */
  own?: OwnVersion | null
}) {
  const ofDay = values.find((one) => one.from <= on && (one.to === null || on <= one.to)) ?? values[0]!
  const now = !own ? ofDay : own.shown.value === ofDay.value && own.shown.clause === ofDay.clause ? ofDay : own.shown
  const coming = values.filter((one) => one.from > today)
  const earlier = values.filter((one) => one !== now && one.from <= today && !(own && one.from === now.from && one.value === now.value))
  return (
    <>
      <PageHeading title={title} lead={plain} meta={<Sure sure={now.sure} />} />
      <SummaryList
        rows={[
          { label: own ? `Hồ sơ theo phiên bản ${own.number}` : on === today ? 'Hiện nay' : `Ngày ${formatDate(on)}`, value: <b data-rule="here">{now.value}</b> },
          { label: 'Hiệu lực', value: on === today && now.from > today ? `Từ ${formatDate(now.from)}` : span(now.from, now.to) },
          { label: 'Văn bản', value: now.document },
          { label: 'Điều, khoản', value: now.clause },
          ...(now.note ? [{ label: 'Áp dụng', value: now.note }] : []),
        ]}
      />
      {coming.map((one) => (
        <Notice tone="info" title={`Từ ${formatDate(one.from)}: ${one.value}`}>
          <p>
            {one.clause}. {one.note ?? 'Hồ sơ nộp trước ngày ấy giữ quy định cũ.'}
          </p>
        </Notice>
      ))}
      {earlier.length > 0 && (
        <section data-rule="here">
          <h2>Các giá trị khác theo ngày</h2>
          <Table
            caption="Giá trị theo ngày" captionHidden rows={[...earlier].sort((a, b) => b.from.localeCompare(a.from))} empty=""
            columns={[
              { key: 'span', label: 'Thời gian', tight: true, main: true, cell: (one) => span(one.from, one.to) },
              { key: 'value', label: 'Giá trị', cell: (one) => <b>{one.value}</b> },
              { key: 'clause', label: 'Điều, khoản', cell: (one) => one.clause },
            ]}
          />
          <p class="soft measure">Hồ sơ luôn tính theo quy định của ngày nộp, trừ khi điều khoản chuyển tiếp nói khác.</p>
        </section>
      )}
      <section>
        <h2>Con số này dùng ở đâu</h2>
        <ul>
          {usedIn.map((one) => (
            <li>{one.href.startsWith('/desk') || one.href.startsWith('/admin') ? one.text : <a href={one.href}>{one.text}</a>}</li>
          ))}
        </ul>
      </section>
      <p>
        <LinkButton look="quiet" href={back?.href ?? '/can-cu'}>
          {back?.text ?? 'Mọi căn cứ khác'}
        </LinkButton>
      </p>
    </>
  )
}

interface OwnVersion {
  readonly number: number
  readonly shown: Shown
}

/** Values of one rule of a procedure over its versions; equal neighbours are one. `asked` names the version of a dossier. */
async function historyOf(ctx: Ctx, code: string, slug: string, today: string, asked: string): Promise<{ rule: ProcedureRule; version: Version; values: Shown[]; own: OwnVersion | null } | null> {
  const current = await getProcedure(ctx.db, code, today)
  const all = await listVersions(ctx.db, code)
  const summaries = all.filter((one) => one.id === asked || one.number <= current.number || one.effectiveFrom > today)
  const inForce = new Set(summaries.filter((one) => one.number <= current.number || one.effectiveFrom > today).map((one) => one.id))
  const values: Shown[] = []
  let found: { rule: ProcedureRule; version: Version } | null = null
  let own: OwnVersion | null = null
  for (const one of [...summaries].sort((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom) || a.number - b.number)) {
    const version = await getVersion(ctx.db, one.id)
    const rule = rulesOfProcedure(version.record).find((each) => each.slug === slug)
    if (!rule) continue
    if (version.id === current.id || !found) found = { rule, version }
    const shown: Shown = { value: rule.value, from: one.effectiveFrom, to: one.effectiveTo, document: `Quyết định công bố ${version.record.decision.no}`, clause: rule.clause, sure: rule.sure, note: null }
    if (one.id === asked) own = { number: one.number, shown }
    if (!inForce.has(one.id)) continue
    const last = values.at(-1)
    if (last && last.from === one.effectiveFrom) values.pop()
    else if (last) values[values.length - 1] = { ...last, to: addDays(one.effectiveFrom, -1) }
    const before = values.at(-1)
    if (before && before.value === rule.value && before.clause === rule.clause) values[values.length - 1] = { ...before, to: one.effectiveTo }
    else values.push(shown)
  }
  return found && { ...found, values, own }
}

const matches = (rule: Rule, q: string): boolean => {
  const text = fold([rule.title, rule.plain, ...rule.rows.flatMap((row) => [row.document, row.clause])].join(' '))
  return fold(q).split(/\s+/).filter(Boolean).every((word) => text.includes(word))
}

export function ruleRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: { q?: unknown } }>('/can-cu', async (request, reply) => {
    const { ctx } = request
    const today = localDate(ctx.now)
    const q = typeof request.query.q === 'string' ? request.query.q.trim().slice(0, 100) : ''
    const found = ctx.law.list().filter((rule) => !q || matches(rule, q))
    const groups = Object.entries(ctx.law.groups).flatMap(([key, name]) => {
      const rules = found.filter((rule) => rule.group === key)
      return rules.length > 0 ? [{ name, rules }] : []
    })
    return sendPortal(
      request, reply, { title: 'Căn cứ của các con số', description: 'Mỗi thời hạn, mức thu và con số trên trang này lấy từ văn bản nào.' },
      <>
        <PageHeading title="Căn cứ của các con số" lead="Mỗi thời hạn, số giờ, mức thu mà ông/bà nhìn thấy đều lấy từ một văn bản. Bấm chữ “căn cứ” cạnh con số, hoặc tìm ở đây." />
        <SearchBox action="/can-cu" label="Tìm theo việc hoặc số văn bản" value={q} />
        {groups.length === 0 && (
          <EmptyState icon="search" title={`Không có căn cứ nào khớp “${q}”`}>
            <p>
              Thử chữ khác, ví dụ “bổ sung”, “118/2025”, hoặc <a href="/can-cu">xem tất cả</a>.
            </p>
          </EmptyState>
        )}
        {groups.map((group) => (
          <section>
            <h2>{group.name}</h2>
            <ul class="airy">
              {group.rules.map((rule) => {
                const row = rowOn(rule.rows, today)
                return (
                  <li data-rule={rule.id}>
                    <a href={`/can-cu/${rule.id}`}>{rule.title}</a>
                    {rule.unit !== 'chu' && rule.unit !== 'ngay_khong_tinh' && (
                      <>
                        : <b>{sayValue(row.value, rule.unit)}</b>
                      </>
                    )}
                    <br />
                    <span class="soft">{row.clause}</span>
                  </li>
                )
              })}
            </ul>
          </section>
        ))}
        <section>
          <h2>Thời hạn và mức thu của từng thủ tục</h2>
          <p class="measure">
            Mỗi thủ tục có thời hạn, phí, lệ phí riêng. Mở <a href="/thu-tuc">trang thủ tục</a> rồi bấm “căn cứ” cạnh con số.
          </p>
        </section>
      </>,
    )
  })

  app.get<{ Params: { id: string }; Querystring: { ngay?: unknown } }>('/can-cu/:id', async (request, reply) => {
    const { ctx } = request
    const rule = ctx.law.find(request.params.id)
    if (!rule || rule.id !== request.params.id) throw new NotFound('rules.none', 'Không có căn cứ này. Tìm lại trong danh sách căn cứ.')
    const today = localDate(ctx.now)
    const on = isDay(request.query.ngay) ? request.query.ngay : today
    return sendPortal(
      request, reply, { title: rule.title, crumbs: CRUMBS },
      <RulePage title={rule.title} plain={sayPlain(rule, rowOn(rule.rows, on).value)} values={rule.rows.map((row) => shownOf(ctx, rule, row))} on={on} today={today} usedIn={rule.usedIn} />,
    )
  })

  app.get<{ Params: { code: string; what: string }; Querystring: { ngay?: unknown; 'phien-ban'?: unknown } }>('/can-cu/thu-tuc/:code/:what', async (request, reply) => {
    const { ctx } = request
    const { code, what } = request.params
    const today = localDate(ctx.now)
    const on = isDay(request.query.ngay) ? request.query.ngay : today
    const found = await historyOf(ctx, code, what, today, typeof request.query['phien-ban'] === 'string' ? request.query['phien-ban'] : '')
    if (!found) throw new NotFound('rules.none', 'Thủ tục này không có con số ấy. Mở trang thủ tục để xem các con số của nó.')
    const name = shortName(found.version.name)
    return sendPortal(
      request, reply, { title: `${found.rule.title}: ${name}`, crumbs: [...CRUMBS, { label: name, href: `/thu-tuc/${code}` }] },
      <RulePage
        title={`${found.rule.title}: ${name}`} plain={found.rule.plain} values={found.values} own={found.own} on={on} today={today}
        usedIn={[{ text: `Trang thủ tục ${name}`, href: `/thu-tuc/${code}` }, { text: 'Hạn trả và khoản phải nộp của mọi hồ sơ thủ tục này', href: '/tra-cuu' }]}
        back={{ text: 'Về trang thủ tục', href: `/thu-tuc/${code}` }}
      />,
    )
  })
}
