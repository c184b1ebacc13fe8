// One procedure in plain words: for whom, what it gives, how long, how much, which papers, who does what, and how to begin.

import type { FastifyInstance } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { localDate } from '#core/workdays/index.ts'
import { findUnitByKey, listUnits, type Unit } from '#modules/org/index.ts'
import { explain, type Explanation, getProcedure, type UnitNames, type Version } from '#modules/procedures/index.ts'
import { Card, LinkButton, Notice, PageHeading, Split, StatusTag, SummaryList } from '#ui/index.ts'
import { entryInstead, sendEntry } from './entry.tsx'
import { orAbolished } from './abolished.tsx'
import { sendPortal } from './frame.tsx'
import { Costs, Law, Papers, Steps, Time } from './procedure-parts.tsx'
import { deciderOf, WhoDecides } from './who-decides.tsx'
import { onlineWords, shortName, tiersOf } from './words.ts'

/** Names of the units that a record names by key. */
export async function unitNamesOf(ctx: Ctx, { record }: Version): Promise<UnitNames> {
  const keys = [record.competence.department, ...record.steps.map((step) => step.unit)].filter((key): key is string =>
    /^[a-z][a-z0-9_]*$/.test(key ?? ''),
  )
  const [root] = await listUnits(ctx.db, { limit: 1 })
  const named = await Promise.all(
    [...new Set(keys)].map(async (key) => [key, root ? nameFor(await findUnitByKey(ctx.db, key, root)) : null] as const),
  )
  const names = new Map(named)
  return (key) => names.get(key) ?? null
}

/** What every commune has is named without its commune: which one it is depends on who decides. */
function nameFor(unit: Unit | null): string | null {
  if (!unit) return null
  const ofCommune = /^\d{5}\./.test(unit.code)
  return ofCommune ? `${unit.shortName.replace(/ (xã|phường)$/, ' xã, phường')} nơi giải quyết` : unit.name
}

/** Why it cannot be filed on line, or null when it can. */
export function whyNotOnline({ record }: Version): string | null {
  if (record.online.level === 'thong_tin')
    return record.online.note ?? 'Thủ tục này phải làm trực tiếp; xin đến Bộ phận một cửa nơi thuận tiện nhất.'
  if (!record.channels.some((one) => one.channel === 'truc_tuyen'))
    return 'Thủ tục này chưa nhận hồ sơ trực tuyến; xin đến Bộ phận một cửa nơi thuận tiện nhất.'
  return null
}

export function procedureRoutes(app: FastifyInstance): void {
  app.get<{ Params: { code: string }; Querystring: { noi?: string } }>('/thu-tuc/:code', { errorHandler: orAbolished }, async (request, reply) => {
    const { ctx } = request
    const entry = await entryInstead(ctx, request.params.code)
    if (entry) return sendEntry(request, reply, entry)
    const version = await getProcedure(ctx.db, request.params.code, localDate(ctx.now))
    const words = explain(version.record, await unitNamesOf(ctx, version))
    const title = shortName(version.name)
    const decider = await deciderOf(ctx, version, String(request.query.noi ?? ''))
    return sendPortal(
      request,
      reply,
      { title, here: 'procedures', description: version.record.summary, crumbs: [{ label: 'Thủ tục', href: '/thu-tuc' }] },
      <>
        <PageHeading
          title={title}
          lead={version.record.summary}
          meta={
            <StatusTag tone="plain" icon="file">
              {onlineWords(ctx, version, words)}
            </StatusTag>
          }
        />
        <Split aside={<Aside tiers={tiersOf(ctx)} version={version} words={words} />}>
          <Begin version={version} words={words} />
          <Time ctx={ctx} version={version} words={words} />
          <Costs words={words} code={version.code} />
          <Papers words={words} code={version.code} />
          <Steps words={words} />
          <WhoDecides version={version} decider={decider} tiers={tiersOf(ctx)} />
          <Law version={version} words={words} />
        </Split>
      </>,
    )
  })
}

function Begin({ version, words }: { version: Version; words: Explanation }) {
  const why = whyNotOnline(version)
  return (
    <section>
      {why ? (
        <Notice tone="info" title="Chưa nộp trực tuyến được">
          {<p>{why}</p>}
        </Notice>
      ) : (
        <>
          <p>
            <LinkButton look="primary" icon="pen" href={`/thu-tuc/${version.code}/nop`}>
              Nộp hồ sơ trực tuyến
            </LinkButton>
          </p>
          <p class="soft">Cần đăng nhập bằng VNeID. Nghỉ giữa chừng được, bản nháp tự lưu.{words.onlineNote && ` ${words.onlineNote}`}</p>
        </>
      )}
      <h2>Ai làm được, được gì</h2>
      <SummaryList
        rows={[
          { label: 'Dành cho', value: words.targets.join(', ') },
          { label: 'Kết quả', value: words.results.map(({ name, validity }) => (validity ? `${name} (${validity})` : name)).join('\n') },
          { label: 'Cơ quan giải quyết', value: words.decidedBy },
        ]}
      />
      {words.conditions.length > 0 && (
        <>
          <h3>Điều kiện</h3>
          <ul>
            {words.conditions.map((text) => (
              <li>{text}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Aside({ tiers, version, words }: { tiers: 2 | 3; version: Version; words: Explanation }) {
  return (
    <Card title="Nộp ở đâu">
      <ul>
        {words.channels.map(({ channel }) => (
          <li>
            {channel === 'truc_tuyen' &&
              (whyNotOnline(version) ? (
                'Trên mạng: chưa nhận.'
              ) : (
                <>
                  <a href={`/thu-tuc/${version.code}/nop`}>Ngay tại đây</a>, bất cứ giờ nào.
                </>
              ))}
            {channel === 'truc_tiep' &&
              (tiers === 3
                ? 'Bộ phận một cửa của huyện, thị xã, thành phố hoặc xã, phường, thị trấn, trong giờ làm việc.'
                : 'Trung tâm Phục vụ hành chính công của bất cứ xã, phường nào trong tỉnh, trong giờ làm việc.')}
            {channel === 'bcci' && 'Bưu điện gần nhà: nhân viên bưu chính công ích nhận và chuyển hồ sơ.'}
          </li>
        ))}
      </ul>
    </Card>
  )
}
