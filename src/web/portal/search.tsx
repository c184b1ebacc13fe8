// Finding a procedure by everyday words, by who asks, by level and field.

import type { FastifyInstance } from 'fastify'
import { compareVi } from '#core/text/index.ts'
import { countCatalogue, type Found as FoundProcedure, findProcedures, listFields, noteSearch, whatIsMeant } from '#modules/catalogue/index.ts'
import { levelLabels, targetLabels } from '#modules/procedures/index.ts'
import { Button, Card, EmptyState, Form, PageHeading, StatusTag, type Tone } from '#ui/index.ts'
import { unitsNamed } from '../units/named.ts'
import { NamedUnits } from '../units/named-units.tsx'
import { sendPortal } from './frame.tsx'
import { shortName } from './words.ts'

const ONLINE: Readonly<Record<string, { tone: Tone; words: string }>> = {
  toan_trinh: { tone: 'good', words: 'Làm trọn trên mạng' },
  mot_phan: { tone: 'info', words: 'Nộp trên mạng, có bước đến tận nơi' },
  thong_tin: { tone: 'plain', words: 'Phải đến tận nơi' },
}

const NAMED = { tone: 'plain', words: 'Chỉ có thông tin' } as const

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

const entries = (labels: Readonly<Record<string, string>>): Choice[] => Object.entries(labels).map(([value, label]) => ({ value, label }))

/** As many as one looks through on a phone; the rest a link away. */
const SHOWN = { asked: 8, listed: 40 }

const filteredBy = (query: Readonly<Record<string, unknown>>): boolean => ['doi-tuong', 'cap', 'linh-vuc'].some((key) => one(query[key]) !== undefined)

const one = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined

export function searchRoutes(app: FastifyInstance): void {
  app.get('/thu-tuc', async (request, reply) => {
    const { ctx } = request
    const query = request.query as Record<string, unknown>
    const [q, target, level, field] = [one(query['q']), one(query['doi-tuong']), one(query['cap']), one(query['linh-vuc'])]
    const [all, fields, { named }] = await Promise.all([findProcedures(ctx, { q, target, level, field, limit: Number.MAX_SAFE_INTEGER }), listFields(ctx), countCatalogue(ctx)])
    if (q && !target && !level && !field) await noteSearch(ctx, q, (await whatIsMeant(ctx, q, 1)).sure ? (all[0]?.code ?? null) : null)
    const whole = query['het'] === '1'
    const units = q && !filteredBy(query) ? await unitsNamed(ctx, q) : []
    const found = whole ? all : all.slice(0, q ? SHOWN.asked : SHOWN.listed)
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
              options={entries(targetLabels)}
            />
            <Choose
              name="linh-vuc"
              label="Lĩnh vực"
              any="Mọi lĩnh vực"
              value={field}
              options={fields.map(({ key, name, count }) => ({ value: key, label: `${name} (${count})` })).sort((a, b) => compareVi(a.label, b.label))}
            />
            <Choose
              name="cap"
              label="Cấp giải quyết"
              any="Mọi cấp"
              value={level}
              options={entries(levelLabels)}
            />
          </div>
          <div class="actions">
            <Button look="primary" icon="search">
              Tìm
            </Button>
            {(q || filtered) && <a href="/thu-tuc">Xóa điều kiện tìm</a>}
          </div>
        </Form>
        <NamedUnits units={units} />
        <section aria-live="polite">
          <h2>
            {all.length === 0 ? 'Chưa tìm thấy' : q ? 'Gần nhất với lời ông/bà gõ' : filtered ? `${all.length} thủ tục phù hợp` : `Tất cả ${all.length} thủ tục`}
          </h2>
          {found.length === 0 ? (
            <Nothing q={q} filtered={filtered} />
          ) : (
            <div class="stack">
              {found.map((one) => (
                <Found found={one} />
              ))}
            </div>
          )}
          {found.length < all.length && (
            <p>
              <a href={`/thu-tuc?${new URLSearchParams({ q: q ?? '', 'doi-tuong': target ?? '', 'linh-vuc': field ?? '', cap: level ?? '', het: '1' })}`}>
                {q ? `Xem cả ${all.length} thủ tục gần với lời này` : `Xem cả ${all.length} thủ tục`}
              </a>
            </p>
          )}
          {named > 0 && <p class="soft">Thủ tục ghi “Chỉ có thông tin” chưa nộp được ở trang này; trang của thủ tục ấy cho biết ai giải quyết và nộp ở đâu.</p>}
        </section>
      </>,
    )
  })
}

function Found({ found }: { found: FoundProcedure }) {
  const online = found.published ? ONLINE[found.onlineLevel] : NAMED
  return (
    <Card
      title={shortName(found.name)}
      href={`/thu-tuc/${found.code}`}
      meta={
        <>
          {online && <StatusTag tone={online.tone}>{online.words}</StatusTag>}
          {found.essential && <StatusTag tone="info" icon="check">Dịch vụ thiết yếu</StatusTag>}
          <span>{found.fieldName}</span>
          <span>Mã {found.code}</span>
        </>
      }
    >
      {found.about && <p>{found.about}</p>}
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
      <p>
        Không biết tên việc? Trung tâm Phục vụ hành chính công xã, phường sẽ chỉ giúp; hoặc hỏi <a href="/tham-quyen">ai giải quyết việc này</a>.
      </p>
    </EmptyState>
  )
}
