// Finding a procedure by everyday words, by who asks, by level and field.

import type { FastifyInstance } from 'fastify'
import { compareVi } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { levelLabels, searchProcedures, targetLabels, type VersionSummary } from '#modules/procedures/index.ts'
import { Button, Card, EmptyState, Form, PageHeading, StatusTag, type Tone } from '#ui/index.ts'
import { sendPortal } from './frame.tsx'
import { shortName } from './words.ts'

const ONLINE: Readonly<Record<string, { tone: Tone; words: string }>> = {
  toan_trinh: { tone: 'good', words: 'Làm trọn trên mạng' },
  mot_phan: { tone: 'info', words: 'Nộp trên mạng, có bước đến tận nơi' },
  thong_tin: { tone: 'plain', words: 'Phải đến tận nơi' },
}

interface Choice {
  readonly value: string
  readonly label: string
}

function Choose({
  name,
  label,
  any,
  options,
  value,
}: {
  name: string
  label: string
  any: string
  options: readonly Choice[]
  value: string | undefined
}) {
  return (
    <div class="part">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">{any}</option>
        {options.map((one) => (
          <option value={one.value} selected={one.value === value}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  )
}

const entries = (labels: Readonly<Record<string, string>>, used: readonly string[]): Choice[] =>
  Object.entries(labels)
    .filter(([value]) => used.includes(value))
    .map(([value, label]) => ({ value, label }))

const one = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined

export function searchRoutes(app: FastifyInstance): void {
  app.get('/thu-tuc', async (request, reply) => {
    const { ctx } = request
    const query = request.query as Record<string, unknown>
    const [q, target, level, field] = [one(query['q']), one(query['doi-tuong']), one(query['cap']), one(query['linh-vuc'])]
    const on = localDate(ctx.now)
    const [found, all] = await Promise.all([
      searchProcedures(ctx.db, { q, target, level, field, on, limit: 100 }),
      searchProcedures(ctx.db, { on, limit: 5000 }),
    ])
    const fields = [...new Map(all.map((version) => [version.fieldCode, version.fieldName]))].map(([value, label]) => ({ value, label }))
    const filtered = Boolean(target || level || field)
    return sendPortal(
      request,
      reply,
      { title: q ? `Tìm “${q}”` : 'Thủ tục', here: 'procedures' },
      <>
        <PageHeading title="Tìm thủ tục" lead="Gõ việc cần làm bằng lời thường, có dấu hay không dấu." />
        <Form action="/thu-tuc" method="get" label="Tìm thủ tục">
          <div class="q">
            <label class="label" for="q">
              Việc cần làm, hoặc mã thủ tục
            </label>
            <input id="q" name="q" type="search" value={q} autocomplete="off" />
          </div>
          <div class="parts">
            <Choose
              name="doi-tuong"
              label="Ai làm"
              any="Ai cũng được"
              value={target}
              options={entries(
                targetLabels,
                all.flatMap((version) => version.targets),
              )}
            />
            <Choose
              name="linh-vuc"
              label="Lĩnh vực"
              any="Mọi lĩnh vực"
              value={field}
              options={fields.toSorted((a, b) => compareVi(a.label, b.label))}
            />
            <Choose
              name="cap"
              label="Cấp giải quyết"
              any="Mọi cấp"
              value={level}
              options={entries(
                levelLabels,
                all.flatMap((version) => version.levels),
              )}
            />
          </div>
          <div class="actions">
            <Button look="primary" icon="search">
              Tìm
            </Button>
            {(q || filtered) && <a href="/thu-tuc">Xóa điều kiện tìm</a>}
          </div>
        </Form>
        <section aria-live="polite">
          <h2>
            {found.length === 0 ? 'Chưa tìm thấy' : q || filtered ? `${found.length} thủ tục phù hợp` : `Tất cả ${found.length} thủ tục`}
          </h2>
          {found.length === 0 ? (
            <Nothing q={q} filtered={filtered} />
          ) : (
            <div class="stack">
              {found.map((version) => (
                <Found version={version} />
              ))}
            </div>
          )}
        </section>
      </>,
    )
  })
}

function Found({ version }: { version: VersionSummary & { readonly about?: string } }) {
  const online = ONLINE[version.onlineLevel]
  return (
    <Card
      title={shortName(version.name)}
      href={`/thu-tuc/${version.code}`}
      meta={
        <>
          {online && <StatusTag tone={online.tone}>{online.words}</StatusTag>}
          <span>{version.fieldName}</span>
          <span>Mã {version.code}</span>
        </>
      }
    >
      {version.about && <p>{version.about}</p>}
    </Card>
  )
}

function Nothing({ q, filtered }: { q: string | undefined; filtered: boolean }) {
  return (
    <EmptyState icon="search" title={q ? `Không có thủ tục nào khớp với “${q}”` : 'Không có thủ tục nào khớp với các điều kiện đã chọn'}>
      <p>
        {filtered ? 'Thử bỏ bớt điều kiện về người làm, lĩnh vực, cấp; hoặc ' : 'Thử '}dùng từ ngắn hơn, ví dụ “khai sinh”, “tạm trú”, “hộ
        kinh doanh”.
      </p>
      <p>Không biết tên việc? Trung tâm Phục vụ hành chính công xã, phường sẽ chỉ giúp.</p>
    </EmptyState>
  )
}
