// Every component of the kit in every state, in both densities.

import type { FastifyInstance } from 'fastify'
import { GalleryPage } from '#ui/gallery.tsx'
import { Card, Cards, PageHeading, renderPage } from '#ui/index.ts'
import { sendPortal } from '../portal/frame.tsx'

export function galleryRoutes(app: FastifyInstance): void {
  app.get('/dev', async (request, reply) =>
    sendPortal(
      request,
      reply,
      { title: 'Cho người phát triển', crumbs: [] },
      <>
        <PageHeading title="Cho người phát triển" />
        <h2 class="sr">Các trang</h2>
        <Cards>
          <Card title="Bộ giao diện, mặt người dân" href="/dev/ui">
            Mọi thành phần ở mọi trạng thái.
          </Card>
          <Card title="Bộ giao diện, bàn làm việc" href="/dev/ui?mat=desk">
            Cùng thành phần, dày hơn.
          </Card>
          <Card title="Hộp thư đi mô phỏng" href="/dev/outbox">
            Tin nhắn, thư điện tử đã “gửi”.
          </Card>
        </Cards>
      </>,
    ),
  )

  app.get<{ Querystring: { mat?: string } }>('/dev/ui', async (request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(renderPage(<GalleryPage body={request.query.mat === 'desk' ? 'desk' : 'citizen'} assets={request.server.pageAssets} />)),
  )
}
