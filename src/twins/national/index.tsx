// The simulated national database of procedures over HTTP, with a page where the nation changes something and a switchboard of faults.

import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Clock } from '#core/clock.ts'
import { fromHere, TWIN_CSP, twinPage } from '../frame.tsx'
import { type NationalFaults, type NationalRow, NationalTwin } from './book.ts'

export { type NationalFaults, type NationalRow, NationalTwin } from './book.ts'

/** Below which path the simulator lives; the platform's NATIONAL_URL in the demo. */
export const NATIONAL_PREFIX = '/twins/national'
export const NATIONAL_TWIN_KEY = 'mo-phong'

export const createNationalTwin = (rows: readonly NationalRow[], clock: Clock): NationalTwin => new NationalTwin(rows, NATIONAL_TWIN_KEY, clock)

const SWITCHES: readonly (readonly [Exclude<keyof NationalFaults, 'slowMs'>, string])[] = [
  ['down', 'Ngừng phục vụ: mọi câu trả lời là 500'],
  ['diesMidway', 'Trả lời trang đầu rồi lỗi 500'],
  ['nonsense', 'Trả lời trang web bảo trì thay cho dữ liệu'],
  ['wrongRows', 'Trả lời những dòng sai cấp thực hiện'],
  ['empty', 'Nói là không có thủ tục nào'],
]
const SLOW = [[0, 'Trả lời ngay'], [3000, 'Chậm 3 giây'], [30_000, 'Chậm 30 giây, quá sức chờ của người hỏi']] as const
const FRAME = { of: 'cơ sở dữ liệu quốc gia về thủ tục hành chính', links: [{ href: `${NATIONAL_PREFIX}/`, label: 'Danh mục và gây lỗi' }, { href: '/admin/catalogue/entries', label: 'Danh mục của tỉnh' }] }

function home(twin: NationalTwin, said: string | null): string {
  const rows = twin.living()
  return twinPage({ ...FRAME, title: `${rows.length} thủ tục` },
    <>
      {said && <p role="status"><b>{said}</b></p>}
      <form method="post" action={`${NATIONAL_PREFIX}/changes`}>
        <fieldset>
          <legend>Trung ương đổi danh mục</legend>
          <label>Thủ tục <select name="code">{rows.map((row) => <option value={row.code}>{`${row.code} ${row.name.slice(0, 80)}`}</option>)}</select></label>
          <label>Tên mới <input name="name" size={60} /></label>
          <button name="do" value="rename">Đổi tên</button> <button name="do" value="end">Bãi bỏ thủ tục này</button> <button name="do" value="many">Bãi bỏ một nửa danh mục</button>
        </fieldset>
      </form>
      <form method="post" action={`${NATIONAL_PREFIX}/faults`}>
        <fieldset>
          <legend>Hỏng gì</legend>
          {SWITCHES.map(([name, label]) => <label><input type="checkbox" name={name} value="1" checked={twin.faults[name]} /> {label}</label>)}
          {SLOW.map(([ms, label]) => <label><input type="radio" name="slowMs" value={String(ms)} checked={twin.faults.slowMs === ms} /> {label}</label>)}
        </fieldset>
        <button>Đặt</button>
      </form>
    </>)
}

const sendHtml = (reply: FastifyReply, html: string, status = 200) => reply.code(status).header('content-security-policy', TWIN_CSP).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html)

/** Mounts the database on the platform's own server, without its sessions and CSRF checks. */
export function mountNational(app: FastifyInstance, twin: NationalTwin): void {
  const config = { config: { session: false as const } }
  const word = (value: unknown): string => (typeof value === 'string' ? value.trim().normalize('NFC') : '')
  app.register(
    async (scope) => {
      scope.get<{ Querystring: { since?: string; page?: string } }>('/v1/procedures', config, async (request, reply) => {
        const { status, type, body } = twin.ask(String(request.headers['x-api-key'] ?? ''), String(request.query.since ?? ''), Math.max(1, Math.trunc(Number(request.query.page)) || 1))
        if (twin.faults.slowMs > 0) await sleep(twin.faults.slowMs)
        return reply.code(status).type(type).send(body)
      })
      scope.get('/', config, (_request, reply) => sendHtml(reply, home(twin, null)))
      scope.post('/changes', config, (request, reply) => {
        if (!fromHere(request.headers, request.host)) return sendHtml(reply, home(twin, 'Biểu mẫu đến từ trang khác: không nhận.'), 403)
        const fields = (request.body ?? {}) as Record<string, unknown>
        const row = twin.living().find((one) => one.code === fields['code'])
        if (fields['do'] === 'many') twin.end(twin.living().filter((_, at) => at % 2 === 0).map((one) => one.code))
        else if (row && fields['do'] === 'end') twin.end([row.code])
        else if (row && word(fields['name'])) twin.put({ ...row, name: word(fields['name']) })
        else return sendHtml(reply, home(twin, 'Chọn thủ tục và ghi tên mới.'), 422)
        return sendHtml(reply, home(twin, 'Đã đổi.'))
      })
      scope.post('/faults', config, (request, reply) => {
        if (!fromHere(request.headers, request.host)) return sendHtml(reply, home(twin, 'Biểu mẫu đến từ trang khác: không nhận.'), 403)
        const fields = (request.body ?? {}) as Record<string, unknown>
        for (const [name] of SWITCHES) twin.faults[name] = fields[name] === '1'
        twin.faults.slowMs = SLOW.find(([ms]) => String(ms) === fields['slowMs'])?.[0] ?? 0
        return sendHtml(reply, home(twin, 'Đã đặt. Có hiệu lực ngay.'))
      })
    },
    { prefix: NATIONAL_PREFIX },
  )
}
