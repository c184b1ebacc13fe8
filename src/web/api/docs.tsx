// A plain page that lists the routes for people; the truth for programs is openapi.json.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { CitizenLayout } from '#ui/index.ts'
import { sendPage } from '../page.tsx'
import type { Route } from './route.ts'
import { BASE } from './show.ts'

export function docsPage(request: FastifyRequest, reply: FastifyReply, routes: readonly Route[]): FastifyReply {
  const tags = [...new Set(routes.map((spec) => spec.tag))]
  return sendPage(
    request, reply, { title: 'Giao diện lập trình', body: 'citizen' },
    <CitizenLayout>
      <h1>Giao diện lập trình</h1>
      <p>Mô tả đầy đủ cho máy đọc: <a href={`${BASE}/openapi.json`}>OpenAPI 3.1</a>. Lỗi trả về dạng application/problem+json; danh sách đi theo cursor; POST nhận Idempotency-Key.</p>
      {tags.map((tag) => (
        <section>
          <h2>{tag}</h2>
          <dl>
            {routes.filter((spec) => spec.tag === tag).map((spec) => (
              <>
                <dt><code>{spec.method} {BASE}{spec.path}</code></dt>
                <dd>{spec.summary} {spec.access === 'anyone' ? 'Không cần đăng nhập.' : ''}</dd>
              </>
            ))}
          </dl>
        </section>
      ))}
    </CitizenLayout>,
  )
}
