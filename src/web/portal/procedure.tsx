// One procedure in plain words: for whom, what it gives, how long, how much, which papers, who does what, and how to begin.

import type { FastifyInstance } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { formatDateTime } from '#core/text/index.ts'
import { deadline, localDate } from '#core/workdays/index.ts'
import { findUnitByKey, listUnits } from '#modules/org/index.ts'
import { explain, type Explanation, getProcedure, type PartWords, type UnitNames, type Version } from '#modules/procedures/index.ts'
import { Card, Details, LinkButton, Notice, PageHeading, Split, StatusTag, SummaryList, Table } from '#ui/index.ts'
import { sendPortal } from './frame.tsx'
import { shortName } from './words.ts'

/** Names of the units that a record names by key. */
export async function unitNamesOf(ctx: Ctx, { record }: Version): Promise<UnitNames> {
  const keys = [record.competence.department, ...record.steps.map((step) => step.unit)].filter((key): key is string => /^[a-z][a-z0-9_]*$/.test(key ?? ''))
  const [root] = await listUnits(ctx.db, { limit: 1 })
  const named = await Promise.all([...new Set(keys)].map(async (key) => [key, root ? ((await findUnitByKey(ctx.db, key, root))?.name ?? null) : null] as const))
  const names = new Map(named)
  return (key) => names.get(key) ?? null
}

/** Why it cannot be filed on line, or null when it can. */
export function whyNotOnline({ record }: Version): string | null {
  if (record.online.level === 'thong_tin') return record.online.note ?? 'Thủ tục này phải làm trực tiếp; xin đến Bộ phận một cửa nơi thuận tiện nhất.'
  if (!record.channels.some((one) => one.channel === 'truc_tuyen')) return 'Thủ tục này chưa nhận hồ sơ trực tuyến; xin đến Bộ phận một cửa nơi thuận tiện nhất.'
  return null
}

export function procedureRoutes(app: FastifyInstance): void {
  app.get<{ Params: { code: string } }>('/thu-tuc/:code', async (request, reply) => {
    const { ctx } = request
    const version = await getProcedure(ctx.db, request.params.code, localDate(ctx.now))
    const words = explain(version.record, await unitNamesOf(ctx, version))
    const title = shortName(version.name)
    return sendPortal(request, reply, { title, here: 'procedures', description: version.record.summary, crumbs: [{ label: 'Thủ tục', href: '/thu-tuc' }] }, (
      <>
        <PageHeading title={title} lead={version.record.summary} meta={<StatusTag tone="plain" icon="file">{words.onlineLevel}</StatusTag>} />
        <Split aside={<Aside version={version} words={words} />}>
          <Begin version={version} words={words} />
          <Time ctx={ctx} version={version} words={words} />
          <Costs words={words} />
          <Papers words={words} />
          <Steps words={words} />
          <Law version={version} words={words} />
        </Split>
      </>
    ))
  })
}

function Begin({ version, words }: { version: Version; words: Explanation }) {
  const why = whyNotOnline(version)
  return (
    <section>
      {why
        ? <Notice tone="info" title="Chưa nộp trực tuyến được">{<p>{why}</p>}</Notice>
        : (
          <>
            <p><LinkButton look="primary" icon="pen" href={`/thu-tuc/${version.code}/nop`}>Nộp hồ sơ trực tuyến</LinkButton></p>
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
      {words.conditions.length > 0 && <><h3>Điều kiện</h3><ul>{words.conditions.map((text) => <li>{text}</li>)}</ul></>}
    </section>
  )
}

function Time({ ctx, version: { record }, words }: { ctx: Ctx; version: Version; words: Explanation }) {
  const term = record.channels.find((one) => one.channel === 'truc_tuyen')?.term ?? record.term
  const due = deadline({ term, receivedAt: ctx.now, calendar: ctx.calendar })
  return (
    <section>
      <h2>Bao lâu có kết quả</h2>
      <SummaryList rows={words.channels.map(({ label, term: length, note }) => ({ label, value: note ? `${length}\n${note}` : length }))} />
      {words.extension && <p class="measure">Có thể lâu hơn: {words.extension}</p>}
      <p class="measure soft">Nếu hồ sơ được tiếp nhận lúc này, hẹn trả là <b>{formatDateTime(due.dueAt)}</b>. {due.derivation}</p>
    </section>
  )
}

function Costs({ words }: { words: Explanation }) {
  return (
    <section>
      <h2>Hết bao nhiêu tiền</h2>
      {words.fees.length === 0 ? <p>Không thu phí, lệ phí.</p> : (
        <Table
          caption="Phí, lệ phí"
          captionHidden
          rows={words.fees}
          columns={[
            { key: 'name', label: 'Khoản', main: true, cell: (fee) => <>{fee.name}{fee.when && <><br /><span class="soft">{fee.when}</span></>}</> },
            { key: 'amount', label: 'Mức', cell: (fee) => fee.amount },
            { key: 'collect', label: 'Khi nào nộp', cell: (fee) => fee.collect },
          ]}
          empty=""
        />
      )}
      {words.exemptions.length > 0 && <Details summary="Ai được miễn, giảm"><ul>{words.exemptions.map((text) => <li>{text}</li>)}</ul></Details>}
    </section>
  )
}

function PartList({ title, parts }: { title: string; parts: readonly PartWords[] }) {
  if (parts.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul class="airy">
        {parts.map((part) => (
          <li>
            <b>{part.name}</b>{part.count && <span class="soft"> ({part.count})</span>}
            {part.help && <><br />{part.help}</>}
            {part.when && <><br /><span class="soft">{part.when.replace(/[.]?$/, '.')}</span></>}
            {part.reuse && <><br /><span class="soft">{part.reuse}</span></>}
          </li>
        ))}
      </ul>
    </>
  )
}

function Papers({ words: { parts } }: { words: Explanation }) {
  const none = parts.required.length + parts.when.length + parts.optional.length + parts.shown.length === 0
  return (
    <section>
      <h2>Cần giấy tờ gì</h2>
      <p>{none ? 'Chỉ cần điền tờ khai, không phải nộp kèm giấy tờ nào.' : 'Ngoài tờ khai điền ngay trên mạng:'}</p>
      <PartList title="Luôn phải nộp" parts={parts.required} />
      <PartList title="Nộp khi thuộc trường hợp" parts={parts.when} />
      <PartList title="Nộp thêm nếu có" parts={parts.optional} />
      <PartList title="Chỉ xuất trình khi được hỏi, không nộp" parts={parts.shown} />
    </section>
  )
}

function Steps({ words }: { words: Explanation }) {
  return (
    <section>
      <h2>Hồ sơ đi qua những bước nào</h2>
      <ol class="airy">
        {words.steps.map((step) => (
          <li>
            {step.name}<br />
            <span class="soft">{step.who}, {step.where}: {step.time}.{step.waitsFor && ` ${step.waitsFor}`}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Law({ version, words }: { version: Version; words: Explanation }) {
  return (
    <Details summary="Căn cứ pháp lý và tên đầy đủ">
      <p>{version.name} (mã {version.code}).</p>
      <p>Công bố: {words.decision}. Lĩnh vực: {version.fieldName}. {words.levels.join(', ')}.</p>
      <ul>{version.record.legalBasis.map((basis) => <li>{basis.name} số {basis.no}{basis.articles && `, ${basis.articles}`}</li>)}</ul>
    </Details>
  )
}

function Aside({ version, words }: { version: Version; words: Explanation }) {
  return (
    <Card title="Nộp ở đâu">
      <ul>
        {words.channels.map(({ channel }) => (
          <li>
            {channel === 'truc_tuyen' && (whyNotOnline(version) ? 'Trên mạng: chưa nhận.' : <><a href={`/thu-tuc/${version.code}/nop`}>Ngay tại đây</a>, bất cứ giờ nào.</>)}
            {channel === 'truc_tiep' && 'Trung tâm Phục vụ hành chính công của bất cứ xã, phường nào trong tỉnh, trong giờ làm việc.'}
            {channel === 'bcci' && 'Bưu điện gần nhà: nhân viên bưu chính công ích nhận và chuyển hồ sơ.'}
          </li>
        ))}
      </ul>
    </Card>
  )
}
