// A procedure that was abolished: since when, what to do instead, and that what was handed in goes on.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { formatDate } from '#core/text/index.ts'
import { Abolished } from '#modules/procedures/index.ts'
import { Actions, LinkButton, Notice, PageHeading, StatusTag } from '#ui/index.ts'
import { sendPortal } from './frame.tsx'
import { shortName } from './words.ts'

/** Says it with 410: search engines and old links learn that it is over. */
function sendAbolished(request: FastifyRequest, reply: FastifyReply, { by, replacement }: Abolished): FastifyReply {
  const title = shortName(by.name)
  return sendPortal(
    request, reply, { title, here: 'procedures', status: 410, crumbs: [{ label: 'Thủ tục', href: '/thu-tuc' }] },
    <>
      <PageHeading title={title} meta={<StatusTag tone="plain" icon="stop">Đã bãi bỏ</StatusTag>} />
      <Notice tone="info" title={`Thủ tục này đã bãi bỏ từ ngày ${formatDate(by.effectiveFrom)}`}>
        {replacement ? <p>Nay làm thủ tục “{shortName(replacement.name)}”.</p> : <p>Không phải làm thủ tục này nữa. Nếu cần hỏi thêm, xin đến Bộ phận một cửa nơi thuận tiện nhất.</p>}
        <p>Hồ sơ đã nộp trước ngày đó vẫn được giải quyết tới cùng.</p>
      </Notice>
      <Actions>
        {replacement && <LinkButton look="primary" icon="right" href={`/thu-tuc/${replacement.code}`}>Mở thủ tục làm thay</LinkButton>}
        <LinkButton href="/thu-tuc">Tìm thủ tục khác</LinkButton>
      </Actions>
    </>,
  )
}

/** For `errorHandler` of a route that names a procedure: an abolished one is explained, anything else goes on to the house. */
export function orAbolished(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Abolished) return sendAbolished(request, reply, error)
  throw error
}
