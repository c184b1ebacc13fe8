// Looks at people's data as those who keep information safe see them: by officer and day, the unusual first, without a word of the cases; and the
// questions of citizens about looks, for the heads of units and the keepers.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Forbidden, Invalid } from '#core/errors.ts'
import { holds } from '#core/policy/actor.ts'
import { formatDate, formatDateTime, formatTime } from '#core/text/index.ts'
import { addDays, localDate } from '#core/workdays/index.ts'
import { accessDay, accessLog, answerAboutView, answersQuestions, listViewQuestions, type QuestionRow, WHAT_LABELS, whyOf } from '#modules/dossiers/index.ts'
import { officerNames, unitNames } from '#modules/org/index.ts'
import { Actions, Button, Card, DayInput, EmptyState, Form, Notice, PageHeading, type ShownError, StatusTag, SummaryList, Table, Tabs } from '#ui/index.ts'
import { seeOther } from '../page.tsx'
import { bodyOf, day, one, queryOf, withQuery } from './answers.tsx'
import { say } from './flash.ts'
import { sendDesk } from './frame.tsx'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const dayOf = (text: string, fallback: string): string => (DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : fallback)

const tabs = (request: FastifyRequest, current: 'log' | 'questions') => (
  <Tabs
    label="Xem dữ liệu"
    items={[
      ...(holds(request.ctx.actor, 'an_toan_tt') ? [{ label: 'Nhật ký', href: '/desk/access', current: current === 'log' }] : []),
      { label: 'Câu hỏi của người dân', href: '/desk/access/questions', current: current === 'questions' },
    ]}
  />
)

function Question({ row, unitName, why, errors = [], answer = '' }: { row: QuestionRow; unitName: string; why: string; errors?: readonly ShownError[]; answer?: string }) {
  const fault = errors[0]?.message
  return (
    <Card title={`${row.officerName}, ${row.postTitle}`} meta={<><span>{unitName}</span><span>Xem lúc {formatDateTime(row.viewedAt)}</span></>}>
      <SummaryList
        rows={[
          { label: 'Hồ sơ', value: row.dossierCode }, { label: 'Xem gì', value: WHAT_LABELS[row.what] }, { label: 'Lý do đã ghi', value: why },
          { label: 'Người dân hỏi', value: `${row.note ? `“${row.note}”, ` : ''}${formatDateTime(row.askedAt)}` },
        ]}
      />
      {row.answer ? (
        <Notice tone="good" title={`${row.answeredName} đã trả lời lúc ${formatDateTime(row.answeredAt!)}`}><p>{row.answer}</p></Notice>
      ) : (
        <Form action={`/desk/access/questions/${row.id}`} guard label={`Trả lời về hồ sơ ${row.dossierCode}`}>
          <div class={fault ? 'q wrong' : 'q'}>
            <label class="label" for={`a-${row.id}`}>Trả lời người dân</label>
            {fault && <p class="fault" id={`a-${row.id}--error`}><span class="sr">Lỗi: </span>{fault}</p>}
            <p class="hint">Nói rõ người xem cần gì ở hồ sơ và đã xử lý thế nào nếu không đúng việc. Người dân đọc nguyên văn.</p>
            <textarea id={`a-${row.id}`} name="answer" rows={4} maxLength={2000} aria-invalid={fault ? true : undefined} aria-describedby={fault ? `a-${row.id}--error` : undefined}>{answer}</textarea>
          </div>
          <Actions><Button look="primary">Gửi trả lời</Button></Actions>
        </Form>
      )}
    </Card>
  )
}

async function questionsPage(request: FastifyRequest, reply: FastifyReply, wrong?: { id: string; answer: string; errors: readonly ShownError[] }): Promise<FastifyReply> {
  const { ctx } = request
  if (!answersQuestions(ctx.actor)) throw new Forbidden('dossiers.not_answering', 'Câu hỏi về lượt xem do lãnh đạo đơn vị và cán bộ an toàn thông tin trả lời.')
  const rows = await listViewQuestions(ctx)
  const units = await unitNames(ctx.db, rows.map((row) => row.unitId))
  return sendDesk(request, reply, { title: 'Câu hỏi về lượt xem', here: 'access', status: wrong ? 422 : 200 },
    <>
      <PageHeading title="Câu hỏi của người dân về lượt xem" lead="Người dân thấy ai đã mở dữ liệu của mình và hỏi vì sao. Không ai trả lời câu hỏi về chính mình." />
      {tabs(request, 'questions')}
      {rows.length === 0 && <EmptyState icon="tick" title="Chưa có câu hỏi nào" />}
      <div class="stack">
        {rows.map((row) => (
          <Question
            row={row} unitName={units.get(row.unitId) ?? row.unitId} why={whyOf(ctx, { ground: row.ground, reasonCode: row.reasonCode, note: row.reasonNote })}
            {...(wrong?.id === row.id ? { errors: wrong.errors, answer: wrong.answer } : {})}
          />
        ))}
      </div>
    </>)
}

export async function accessRoutes(app: FastifyInstance): Promise<void> {
  app.get('/access', async (request, reply) => {
    const { ctx } = request
    const query = queryOf(request)
    const to = dayOf(day(query, 'to'), localDate(ctx.now))
    const from = dayOf(day(query, 'from'), addDays(to, -6))
    const unit = one(query, 'unit') || undefined
    let fault: string | null = null
    const rows = await accessLog(ctx, { from, to, unit }).catch((error: unknown) => {
      if (!(error instanceof Invalid)) throw error
      fault = error.fields[0]?.message ?? error.message
      return []
    })
    const units = await unitNames(ctx.db, rows.map((row) => row.unitId))
    const odd = rows.filter((row) => row.unusual.length > 0).length
    return sendDesk(request, reply, { title: 'Nhật ký xem dữ liệu', here: 'access' },
      <>
        <PageHeading title="Nhật ký xem dữ liệu" lead="Ai mở dữ liệu của người dân, mỗi ngày bao nhiêu, vì sao. Không có nội dung hồ sơ ở đây." />
        {tabs(request, 'log')}
        <form class="picks filters" action="/desk/access" method="get" aria-label="Chọn khoảng ngày">
          <label>Từ <DayInput name="from" value={from} /></label> <label>đến <DayInput name="to" value={to} /></label>
          {unit && <input type="hidden" name="unit" value={unit} />}
          <Button>Xem</Button>
          {unit && <a href={withQuery('/desk/access', { from, to })}>Mọi đơn vị</a>}
        </form>
        {fault && <Notice tone="warn"><p>{fault}</p></Notice>}
        {odd > 0 && <Notice tone="warn" title={`${odd} ngày làm việc có điều bất thường`}><p>Nhiều hồ sơ không thuộc việc của mình, hoặc nhiều lượt xem ban đêm. Bất thường chưa phải là sai; hỏi lãnh đạo đơn vị trước.</p></Notice>}
        {rows.length === 0 ? <EmptyState icon="tick" title="Không có lượt xem nào trong khoảng này" /> : (
          <Table
            caption="Lượt xem theo cán bộ và ngày" captionHidden rows={rows} empty="" strong={(row) => row.unusual.length > 0}
            rowHref={(row) => `/desk/access/${encodeURIComponent(row.officerId)}/${row.on}`}
            columns={[
              { key: 'who', label: 'Cán bộ', main: true, cell: (row) => <>{row.officerName}<span class="soft">, {row.postTitle}</span></> },
              { key: 'unit', label: 'Đơn vị', cell: (row) => <span class="clip">{units.get(row.unitId) ?? row.unitId}</span> },
              { key: 'on', label: 'Ngày', tight: true, cell: (row) => formatDate(row.on) },
              { key: 'looks', label: 'Lượt', num: true, cell: (row) => row.looks },
              { key: 'dossiers', label: 'Hồ sơ', num: true, cell: (row) => row.dossiers },
              { key: 'strangers', label: 'Ngoài việc mình', num: true, cell: (row) => row.strangers },
              { key: 'nights', label: 'Ban đêm', num: true, cell: (row) => row.nights },
              { key: 'odd', label: 'Bất thường', cell: (row) => (row.unusual.length > 0 ? <StatusTag tone="warn">{row.unusual.join('; ')}</StatusTag> : <span class="soft">Không</span>) },
            ]}
          />
        )}
      </>)
  })

  app.get('/access/questions', (request, reply) => questionsPage(request, reply))

  app.post<{ Params: { id: string } }>('/access/questions/:id', async (request, reply) => {
    const { id } = request.params
    const answer = one(bodyOf(request), 'answer')
    try {
      await answerAboutView(request.ctx, { question: id, answer })
    } catch (error) {
      if (error instanceof Invalid && error.fields.some(({ key }) => key === 'answer')) return questionsPage(request, reply, { id, answer, errors: error.fields })
      throw error
    }
    say(request, reply, { message: 'Đã gửi trả lời cho người dân.' })
    return seeOther(reply, '/desk/access/questions')
  })

  app.get<{ Params: { officer: string; on: string } }>('/access/:officer/:on', async (request, reply) => {
    const { ctx } = request
    const on = dayOf(request.params.on, localDate(ctx.now))
    const rows = await accessDay(ctx, request.params.officer, on)
    const name = (await officerNames(ctx.db, [request.params.officer])).get(request.params.officer) ?? 'Cán bộ'
    return sendDesk(request, reply, { title: `${name}, ${formatDate(on)}`, here: 'access', crumbs: [{ label: 'Nhật ký xem dữ liệu', href: '/desk/access' }, { label: name }] },
      <>
        <PageHeading title={name} lead={`Các lượt xem ngày ${formatDate(on)}. Hồ sơ chỉ được đánh số thứ tự trong ngày.`} />
        <Table
          caption={`Các lượt xem của ${name}`} captionHidden rows={rows} empty="Không có lượt xem nào trong ngày này."
          columns={[
            { key: 'at', label: 'Lúc', main: true, tight: true, cell: (row) => formatTime(row.at) },
            { key: 'dossier', label: 'Hồ sơ thứ', num: true, cell: (row) => row.dossier },
            { key: 'what', label: 'Xem gì', cell: (row) => WHAT_LABELS[row.what] },
            { key: 'why', label: 'Vì sao', cell: (row) => whyOf(ctx, row) },
          ]}
        />
      </>)
  })
}
