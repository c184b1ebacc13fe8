// Old code, old name → the unit in charge today: for everyone whose papers still name a commune or district that is no more.

import type { FastifyInstance } from 'fastify'
import type { Ctx } from '#core/ctx.ts'
import { NotFound } from '#core/errors.ts'
import { formatDate } from '#core/text/index.ts'
import { calledName, listUnits, type Resolution, resolveUnit, UNIT_LEVELS } from '#modules/org/index.ts'
import { Button, Card, EmptyState, Form, PageHeading, StatusTag } from '#ui/index.ts'
import { sendPortal } from './frame.tsx'
import { paperCode, publicUnitHref } from './unit.tsx'
import { capital, tiersOf } from './words.ts'

const MOST = 20
const leadOf = (tiers: 2 | 3): string =>
  tiers === 3
    ? 'Giấy tờ ghi tên cũ của xã, huyện đã sắp xếp vẫn dùng được; tra ở đây nơi phụ trách.'
    : 'Từ ngày 01/7/2025 tỉnh không còn cấp huyện, xã phường được sắp xếp lại. Giấy tờ ghi tên cũ vẫn dùng được; tra ở đây nơi phụ trách.'

/** By code or whole name; else by a part of a name, old units too. */
async function look(ctx: Ctx, q: string): Promise<Resolution[]> {
  try {
    return await resolveUnit(ctx.db, q)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
  }
  const like = await listUnits(ctx.db, { q, live: false, limit: MOST })
  const found = await Promise.all(like.map((unit) => resolveUnit(ctx.db, unit.code, unit.validTo ?? undefined).catch(() => [])))
  return [...new Map(found.flat().map((one) => [one.asked.id, one])).values()]
}

export function unitRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: { q?: string } }>('/don-vi', async (request, reply) => {
    const q = typeof request.query.q === 'string' ? request.query.q.trim().slice(0, 200) : ''
    const found = q ? await look(request.ctx, q) : null
    return sendPortal(
      request,
      reply,
      { title: q ? `Đơn vị: ${q}` : 'Đơn vị và tên cũ', here: 'units', crumbs: [] },
      <>
        <PageHeading
          title="Mã, tên cũ: nay đơn vị nào phụ trách"
          lead={leadOf(tiersOf(request.ctx))}
        />
        <Form action="/don-vi" method="get" label="Tìm đơn vị">
          <div class="q">
            <label class="label" for="q">
              Tên hoặc mã, cũ hay mới
            </label>
            <p class="hint" id="q--hint">
              Ví dụ: phường Đông Thọ, huyện Hoằng Hóa, 16435, H56.16.
            </p>
            <input id="q" name="q" value={q} autocomplete="off" aria-describedby="q--hint" />
          </div>
          <div class="actions">
            <Button look="primary" icon="search">
              Tìm
            </Button>
          </div>
        </Form>
        {found && (
          <section aria-live="polite">
            <h2>{found.length === 0 ? 'Chưa tìm thấy' : `${found.length} kết quả cho “${q}”`}</h2>
            {found.length === 0 ? (
              <EmptyState icon="building" title="Không có đơn vị nào mang tên hoặc mã này">
                Thử bớt chữ “xã”, “phường”, “huyện”, hoặc kiểm tra lại mã.
              </EmptyState>
            ) : (
              <div class="stack">
                {found.map((one) => (
                  <One found={one} />
                ))}
              </div>
            )}
          </section>
        )}
      </>,
    )
  })
}

function One({ found: { asked, live, successors } }: { found: Resolution }) {
  const lives = asked.id === live.id
  return (
    <Card
      title={capital(calledName(asked))}
      href={publicUnitHref(asked)}
      meta={
        <>
          {lives ? (
            <StatusTag tone="good">Đang hoạt động</StatusTag>
          ) : (
            <StatusTag tone="plain">Đã kết thúc {asked.validTo && formatDate(asked.validTo)}</StatusTag>
          )}
          <span>{UNIT_LEVELS[asked.level]}</span>
          <span>Mã {paperCode(asked)}</span>
          {asked.identifier && asked.identifier !== asked.code && <span>Mã định danh {asked.identifier}</span>}
        </>
      }
    >
      {!lives && (
        <p>
          Nay do <b>{calledName(live)}</b> (mã {live.code}) phụ trách.
        </p>
      )}
      {successors.length > 1 && (
        <p>Các phần được chuyển về: {successors.map((one) => `${calledName(one.unit)}${one.partial ? ' (một phần)' : ''}`).join('; ')}.</p>
      )}
    </Card>
  )
}
