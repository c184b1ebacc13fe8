// Where a unit has its seat: shown with how sure that is, and set by its administrators from a survey or a record.

import type { FastifyInstance } from 'fastify'
import { Forbidden, Invalid } from '#core/errors.ts'
import type { FieldError } from '#core/errors.ts'
import { canPlaceSeat, findSeat, placeSeat, type Seat, SURE, type Unit } from '#modules/org/index.ts'
import { Actions, Button, ErrorSummary, Form, LinkButton, Notice, PageHeading, SummaryList } from '#ui/index.ts'
import { type Body, bodyOf, one } from '../desk/answers.tsx'
import { say } from '../desk/flash.ts'
import { sendDesk } from '../desk/frame.tsx'
import { seeOther } from '../page.tsx'
import { unitIn } from './routes-org.tsx'
import { degrees, SeatLine } from './seat-line.tsx'
import { unitHref } from './units.tsx'

const FIELDS = [
  { key: 'latitude', label: 'Vĩ độ', hint: 'Ví dụ 19,80710. Ở Việt Nam từ 6 đến 24.' }, { key: 'longitude', label: 'Kinh độ', hint: 'Ví dụ 105,77630. Ở Việt Nam từ 102 đến 118.' },
  { key: 'address', label: 'Địa chỉ trụ sở', hint: '' }, { key: 'source', label: 'Vị trí lấy từ đâu', hint: 'Ví dụ: đo bằng GPS ngày 20/11/2026, hoặc số hồ sơ trụ sở.' },
  { key: 'people', label: 'Số dân phục vụ', hint: 'Không bắt buộc. Có số dân thì quãng đường đi của người dân tính theo số dân.' }, { key: 'peopleSource', label: 'Số dân lấy từ đâu', hint: 'Ví dụ: thống kê 31/12/2025.' },
] as const

function SeatScreen({ unit, seat, values, errors }: { unit: Unit; seat: Seat | null; values: Readonly<Record<string, string>>; errors: readonly FieldError[] }) {
  return (
    <div class="measure">
      <ErrorSummary errors={errors} />
      <PageHeading title="Vị trí trụ sở" lead={unit.name} />
      {seat && <SummaryList rows={[{ label: 'Đang ghi', value: <SeatLine seat={seat} href={null} /> }, { label: 'Nguồn', value: seat.source }]} />}
      {seat && seat.sure !== 'measured' && <Notice><p>Vị trí này chưa đo. Bản đồ và quãng đường đi của người dân nói rõ điều đó cho đến khi có vị trí thật.</p></Notice>}
      <Form action={`${unitHref(unit)}/seat`} guard>
        {FIELDS.map(({ key, label, hint }) => {
          const fault = errors.find((error) => error.key === key)?.message
          return (
            <div class={fault ? 'q wrong' : 'q'}>
              <label class="label" for={key}>{label}</label>
              {hint && <p class="hint">{hint}</p>}
              {fault && <p class="fault" id={`${key}--error`}>{fault}</p>}
              <input id={key} name={key} value={values[key] ?? ''} class={['address', 'source', 'peopleSource'].includes(key) ? undefined : 'w16'} autocomplete="off" aria-invalid={fault ? true : undefined} aria-describedby={fault ? `${key}--error` : undefined} />
            </div>
          )
        })}
        <fieldset class={errors.some(({ key }) => key === 'sure') ? 'q wrong' : 'q'} id="sure">
          <legend class="label">Chắc đến đâu</legend>
          {(['measured', 'memory'] as const).map((sure) => <label class="choice"><input type="radio" name="sure" value={sure} checked={values['sure'] === sure} /><span>{SURE[sure]}</span></label>)}
        </fieldset>
        <Actions><Button look="primary">Lưu vị trí</Button><LinkButton look="quiet" href={unitHref(unit)}>Không lưu</LinkButton></Actions>
      </Form>
    </div>
  )
}

const number = (text: string): string => text.replace(',', '.')

function inputOf(unit: Unit, body: Body): Record<string, unknown> {
  const people = one(body, 'people').replaceAll(/[.\s]/g, '')
  return {
    unit: unit.id, latitude: number(one(body, 'latitude')) || 'x', longitude: number(one(body, 'longitude')) || 'x', address: one(body, 'address'), source: one(body, 'source'), sure: one(body, 'sure'),
    people: people === '' ? null : people, peopleSource: one(body, 'peopleSource'),
  }
}

export async function seatRoutes(app: FastifyInstance): Promise<void> {
  const page = (unit: Unit) => ({ title: 'Vị trí trụ sở', here: 'units' as const, crumbs: [{ label: 'Đơn vị', href: '/admin/units' }, { label: unit.shortName, href: unitHref(unit) }, { label: 'Vị trí trụ sở' }] })

  app.get<{ Params: { id: string } }>('/units/:id/seat', async (request, reply) => {
    const unit = await unitIn(request, request.params.id)
    const refused = canPlaceSeat(unit, request.ctx.actor)
    if (refused) throw new Forbidden(refused.code, refused.message)
    const seat = await findSeat(request.ctx.db, unit.id)
    const values = seat && seat.sure !== 'generated'
      ? { latitude: degrees(seat.latitude), longitude: degrees(seat.longitude), address: seat.address ?? '', source: seat.source, sure: seat.sure, people: seat.people === null ? '' : String(seat.people), peopleSource: seat.peopleSource ?? '' }
      : { address: seat?.address ?? '' }
    return sendDesk(request, reply, page(unit), <SeatScreen unit={unit} seat={seat} values={values as Record<string, string>} errors={[]} />)
  })

  app.post<{ Params: { id: string } }>('/units/:id/seat', async (request, reply) => {
    const unit = await unitIn(request, request.params.id)
    const body = bodyOf(request)
    try {
      await placeSeat(request.ctx, inputOf(unit, body) as never)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      const values = Object.fromEntries([...FIELDS.map(({ key }) => key), 'sure'].map((key) => [key, one(body, key)]))
      return sendDesk(request, reply, { ...page(unit), status: 422 }, <SeatScreen unit={unit} seat={await findSeat(request.ctx.db, unit.id)} values={values} errors={error.fields} />)
    }
    say(request, reply, { message: 'Đã ghi vị trí trụ sở.' })
    return seeOther(reply, unitHref(unit))
  })
}
