// HTTP of saved views, and the page of shortcuts with the switch that turns them off.

import type { FastifyInstance } from 'fastify'
import { Invalid } from '#core/errors.ts'
import { dropView, keepView } from '#modules/views/index.ts'
import { seeOther } from '../page.tsx'
import { safeReturnTo } from '../session/index.ts'
import { bodyOf, one } from './answers.tsx'
import { say } from './flash.ts'
import { keysOff, sendDesk, setKeys } from './frame.tsx'
import { KeysScreen } from './keys-page.tsx'

export async function viewRoutes(app: FastifyInstance): Promise<void> {
  app.post('/views', async (request, reply) => {
    const body = bodyOf(request)
    const back = safeReturnTo(one(body, 'returnTo')) ?? '/desk'
    try {
      const view = await keepView(request.ctx, { list: one(body, 'list') as 'worklist', name: one(body, 'name'), query: one(body, 'query') })
      say(request, reply, { message: `Đã lưu cách xem “${view.name}”. Bấm tên ở đầu danh sách để mở lại.` })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      say(request, reply, { message: error.fields.map(({ message }) => message).join(' '), tone: 'warn' })
    }
    return seeOther(reply, back)
  })

  app.post<{ Params: { id: string } }>('/views/:id/removal', async (request, reply) => {
    await dropView(request.ctx, { id: request.params.id })
    say(request, reply, { message: 'Đã bỏ cách xem.' })
    return seeOther(reply, safeReturnTo(one(bodyOf(request), 'returnTo')) ?? '/desk')
  })

  app.get('/keys', async (request, reply) => sendDesk(request, reply, { title: 'Phím tắt', here: 'none' }, <KeysScreen off={keysOff(request)} />))

  app.post('/keys', async (request, reply) => {
    const off = one(bodyOf(request), 'keys') === 'off'
    setKeys(request, reply, off)
    say(request, reply, { message: off ? 'Đã tắt phím tắt trên máy này.' : 'Đã bật phím tắt trên máy này.' })
    return seeOther(reply, '/desk/keys')
  })
}
