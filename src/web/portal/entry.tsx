// A procedure that is known here by name only: what the national list says of it, who decides it, and where to go.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { formatDate } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { type CatalogueEntry, findEntry, findProcedures, ministryOf } from '#modules/catalogue/index.ts'
import { levelLabels, listVersions, targetLabels } from '#modules/procedures/index.ts'
import { LinkButton, Notice, PageHeading, StatusTag, SummaryList } from '#ui/index.ts'
import { sendPortal } from './frame.tsx'
import { shortName } from './words.ts'

/** The entry to show where no record of the code is in force; null when there is a record, now or once, or nothing at all. */
export async function entryInstead(ctx: Ctx, code: string): Promise<CatalogueEntry | null> {
  const known = (await findProcedures(ctx, { q: code })).find((one) => one.code === code)
  if (known?.published || (await listVersions(ctx.db, code)).length > 0) return null
  return findEntry(ctx.db, code)
}

const labels = (names: Readonly<Record<string, string>>, codes: readonly string[]): string => codes.map((code) => names[code] ?? code).join(', ')

export function sendEntry(request: FastifyRequest, reply: FastifyReply, entry: CatalogueEntry): FastifyReply {
  const title = shortName(entry.name)
  const rows = [
    { label: 'Mã thủ tục', value: entry.code },
    { label: 'Lĩnh vực', value: entry.field },
    { label: 'Bộ, ngành quản lý', value: ministryOf(entry.ministry).name },
    { label: 'Cấp giải quyết', value: labels(levelLabels, entry.levels) },
    ...(entry.targets.length > 0 ? [{ label: 'Ai làm', value: labels(targetLabels, entry.targets) }] : []),
    ...(entry.decision ? [{ label: 'Quyết định công bố', value: entry.decision }] : []),
    { label: 'Theo', value: `${entry.source}, ngày ${formatDate(localDate(entry.changedAt))}` },
  ]
  return sendPortal(
    request,
    reply,
    { title, here: 'procedures', description: entry.name, crumbs: [{ label: 'Thủ tục', href: '/thu-tuc' }] },
    <>
      <PageHeading
        title={title}
        meta={
          <StatusTag tone="plain" icon="info">
            Chỉ có thông tin
          </StatusTag>
        }
      />
      {entry.goneAt ? (
        <Notice tone="warn" title="Thủ tục này không còn trong danh mục quốc gia">
          <p>Hãy tìm việc cần làm bằng lời thường; có thể đã có thủ tục khác thay thế.</p>
          <p>
            <a href="/thu-tuc">Tìm thủ tục</a>
          </p>
        </Notice>
      ) : (
        <Notice tone="info" title="Chưa nộp được ở trang này">
          <p>Trang này chỉ mới biết tên và cơ quan của thủ tục. Giấy tờ, phí và thời hạn xem trên Cổng Dịch vụ công quốc gia theo mã {entry.code}, hoặc hỏi tại quầy.</p>
        </Notice>
      )}
      <SummaryList rows={rows} />
      {!entry.goneAt && (
        <div class="actions">
          <LinkButton look="primary" href={`/tham-quyen?${new URLSearchParams({ viec: entry.name.slice(0, 200), ma: entry.code })}#tra-loi`} icon="building">
            Ở chỗ tôi thì ai giải quyết?
          </LinkButton>
          <LinkButton href="/don-vi">Nơi nhận hồ sơ</LinkButton>
        </div>
      )}
    </>,
  )
}
