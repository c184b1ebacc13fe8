// "Tôi muốn nhận tin qua": which kinds of news come by which way, and to which number and address.

import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify'
import { Conflict, Invalid } from '#core/errors.ts'
import { type Contact, CHOOSABLE, chooseChannels, claimContact, dropContact, KINDS, myContacts, type Reach, verifyContact } from '#modules/notify/index.ts'
import { Actions, Button, ErrorSummary, Form, Notice, PageHeading, StatusTag, SummaryList } from '#ui/index.ts'
import { seeOther } from '../page.tsx'
import { sendPortal } from './frame.tsx'
import { MineTabs } from './mine-tabs.tsx'

const REACHES = [
  { channel: 'sms', title: 'Tin nhắn SMS', label: 'Số điện thoại di động', hint: 'Ví dụ: 0912 345 678', type: 'tel', autocomplete: 'tel' },
  { channel: 'email', title: 'Thư điện tử', label: 'Địa chỉ thư', hint: 'Ví dụ: hoa@example.vn', type: 'email', autocomplete: 'email' },
] as const

const isReach = (text: unknown): text is Reach => text === 'sms' || text === 'email'

interface Fault {
  readonly key: string
  readonly message: string
}

function Box({ id, label, hint, type, autocomplete, name, value, fault }: { id: string; label: string; hint: string; type: 'text' | 'tel' | 'email'; autocomplete: 'tel' | 'email' | 'one-time-code'; name: string; value?: string; fault?: string }) {
  return (
    <div class={fault ? 'q wrong' : 'q'}>
      <label class="label" for={id}>
        {label}
      </label>
      <p class="hint" id={`${id}--hint`}>
        {hint}
      </p>
      {fault && (
        <p class="fault" id={`${id}--error`}>
          <span class="sr">Lỗi: </span>
          {fault}
        </p>
      )}
      <input id={id} name={name} type={type as 'text'} class="w16" autocomplete={autocomplete} value={value} aria-describedby={fault ? `${id}--hint ${id}--error` : `${id}--hint`} aria-invalid={fault ? true : undefined} />
    </div>
  )
}

function ReachSection({ reach, contact, now, faults, typed }: { reach: (typeof REACHES)[number]; contact: Contact | undefined; now: Date; faults: readonly Fault[]; typed?: string }) {
  const { channel, title, label, hint, type, autocomplete } = reach
  const fault = (name: string) => faults.find((one) => one.key === `${channel}-${name}`)?.message
  const pending = contact?.claimed && contact.codeUntil && contact.codeUntil > now ? contact.claimed : null
  return (
    <section aria-labelledby={`${channel}-title`}>
      <h2 id={`${channel}-title`}>{title}</h2>
      {contact?.address && contact.verifiedAt ? (
        <>
          <SummaryList rows={[{ label: 'Đang gửi tới', value: <>{contact.address} <StatusTag tone="good">Đã xác nhận</StatusTag></> }]} />
          <Form action="/nhan-tin/bo" label={`Thôi dùng ${label.toLowerCase()} này`}>
            <input type="hidden" name="channel" value={channel} />
            <Button look="quiet">Thôi dùng {channel === 'sms' ? 'số' : 'địa chỉ'} này</Button>
          </Form>
        </>
      ) : (
        <p class="soft">Chưa xác nhận {channel === 'sms' ? 'số' : 'địa chỉ'} nào; tin gửi tới {channel === 'sms' ? 'số điện thoại' : 'địa chỉ thư'} ghi trong từng hồ sơ.</p>
      )}
      {pending && (
        <>
          <Notice title={`Đã gửi mã tới ${pending}`}>
            <p>Mã có 6 chữ số, dùng trong 15 phút. Chưa thấy thì chờ một, hai phút rồi mới gửi lại.</p>
          </Notice>
          <Form action="/nhan-tin/ma" class="inset" label={`Xác nhận ${label.toLowerCase()}`}>
            <input type="hidden" name="channel" value={channel} />
            <Box id={`${channel}-code`} name="code" label="Mã xác nhận" hint="Ghi 6 chữ số trong tin vừa nhận" type="text" autocomplete="one-time-code" fault={fault('code')} />
            <Actions>
              <Button look="primary">Xác nhận</Button>
            </Actions>
          </Form>
        </>
      )}
      {pending && <hr />}
      <Form action="/nhan-tin/noi-nhan" label={`Đổi ${label.toLowerCase()}`}>
        <input type="hidden" name="channel" value={channel} />
        <Box id={`${channel}-address`} name="address" label={pending ? `Gửi lại, hoặc dùng ${label.toLowerCase()} khác` : contact?.verifiedAt ? `Đổi ${label.toLowerCase()}` : label} hint={hint} type={type} autocomplete={autocomplete} value={typed ?? pending ?? ''} fault={fault('address')} />
        <Button>Gửi mã xác nhận</Button>
      </Form>
    </section>
  )
}

async function send(request: FastifyRequest, reply: FastifyReply, faults: readonly Fault[] = [], typed: Partial<Record<Reach, string>> = {}): Promise<FastifyReply> {
  const { contacts, off } = await myContacts(request.ctx)
  const pending = contacts.some((one) => one.claimed && one.codeUntil && one.codeUntil > request.ctx.now)
  return sendPortal(
    request,
    reply,
    { title: 'Nhận tin qua', here: 'messages', status: faults.length > 0 ? 422 : 200 },
    <>
      <ErrorSummary errors={faults} />
      <PageHeading title="Tôi muốn nhận tin qua" lead="Mọi tin luôn có ở mục Tin nhắn trên cổng. Chọn thêm cách báo cho từng loại việc." />
      <MineTabs current="channels" unread={request.unread} />
      <Form action="/nhan-tin" label="Cách nhận từng loại tin">
        {CHOOSABLE.map((kind) => (
          <fieldset class="q">
            <legend class="label">{KINDS[kind]}</legend>
            <div class="choices">
              {REACHES.map(({ channel, title }) => (
                <label class="choice">
                  <input type="checkbox" name="on" value={`${kind}.${channel}`} checked={!off.has(`${kind}.${channel}`)} /> {title}
                </label>
              ))}
            </div>
          </fieldset>
        ))}
        <p class="hint measure">Mã xác nhận và cảnh báo về tài khoản luôn được gửi. Ban đêm, từ 21:00 đến 7:00, tin nhắn SMS được giữ lại đến sáng.</p>
        <Actions>
          <Button look={pending ? 'secondary' : 'primary'}>Lưu lựa chọn</Button>
        </Actions>
      </Form>
      {REACHES.map((reach) => (
        <ReachSection reach={reach} contact={contacts.find((one) => one.channel === reach.channel)} now={request.ctx.now} faults={faults} typed={typed[reach.channel]} />
      ))}
    </>,
  )
}

export function channelRoutes(app: FastifyInstance, citizen: RouteShorthandOptions): void {
  app.get('/nhan-tin', citizen, (request, reply) => send(request, reply))

  app.post('/nhan-tin', citizen, async (request, reply) => {
    const on = new Set([((request.body ?? {}) as { on?: string | string[] }).on ?? []].flat())
    await chooseChannels(request.ctx, { off: CHOOSABLE.flatMap((kind) => REACHES.map(({ channel }) => `${kind}.${channel}`)).filter((one) => !on.has(one)) })
    return seeOther(reply, '/nhan-tin?xong=da-chon')
  })

  /** Runs an act about a number or address; what it refuses stands beside the box it belongs to, with what was typed. */
  async function about(request: FastifyRequest, reply: FastifyReply, box: 'address' | 'code', run: (channel: Reach, typed: string) => Promise<unknown>, said: string): Promise<FastifyReply> {
    const body = (request.body ?? {}) as Record<string, unknown>
    const { channel } = body
    if (!isReach(channel)) throw new Invalid([{ key: 'channel', message: 'Chọn số điện thoại hay địa chỉ thư.' }])
    const typed = String(body[box] ?? '')
    try {
      await run(channel, typed)
    } catch (error) {
      if (error instanceof Invalid) return send(request, reply, error.fields.map(({ message }) => ({ key: `${channel}-${box}`, message })), box === 'address' ? { [channel]: typed } : {})
      if (error instanceof Conflict) return send(request, reply, [{ key: `${channel}-${box}`, message: error.message }], box === 'address' ? { [channel]: typed } : {})
      throw error
    }
    return seeOther(reply, `/nhan-tin?xong=${said}#${channel}-title`)
  }

  app.post('/nhan-tin/noi-nhan', citizen, (request, reply) => about(request, reply, 'address', (channel, address) => claimContact(request.ctx, { channel, address }), 'da-gui-ma'))
  app.post('/nhan-tin/ma', citizen, (request, reply) => about(request, reply, 'code', (channel, code) => verifyContact(request.ctx, { channel, code }), 'da-xac-nhan'))
  app.post('/nhan-tin/bo', citizen, (request, reply) => about(request, reply, 'address', (channel) => dropContact(request.ctx, channel), 'da-bo'))
}
