// One message that did not go, as its keeper sees it: what happened to it, its words where the reader may see the case, and what can be done.

import { type Message, canClose, canRetry, CHANNELS, type KeptMessage, KINDS, MESSAGE_STATES, type MessageState, WHYS } from '#modules/notify/index.ts'
import { Actions, Button, Card, Form, Notice, PageHeading, StatusTag, SummaryList, Time, type Tone } from '#ui/index.ts'

const TONES: Readonly<Record<MessageState, Tone>> = { waiting: 'wait', held: 'wait', sending: 'info', sent: 'good', failed: 'warn', dead: 'bad', cancelled: 'plain' }

export const StateTag = ({ state }: { state: MessageState }) => <StatusTag tone={TONES[state]}>{MESSAGE_STATES[state]}</StatusTag>

/** Why it is where it is, in a sentence. */
export const whyOf = ({ why, failedReason }: Pick<Message, 'why' | 'failedReason'>): string => [why && WHYS[why], failedReason].filter(Boolean).join(' ')

export interface KeptView {
  readonly message: KeptMessage
  readonly unitName: string
  /** Address of its acts: `${base}/retry` and so on are posted to. */
  readonly base: string
  readonly faults?: readonly { readonly key: string; readonly message: string }[]
  readonly note?: string
}

export function KeptScreen({ message, unitName, base, faults = [], note = '' }: KeptView) {
  const { open } = message
  const other = message.channel === 'sms' ? 'email' : 'sms'
  const fault = faults.find((one) => one.key === 'note')?.message
  return (
    <>
      <PageHeading title={message.label} meta={<><StateTag state={message.state} /><span>{CHANNELS[message.channel]}</span><span>{KINDS[message.kind]}</span></>} />
      {(message.why || message.failedReason) && <Notice tone={message.state === 'dead' ? 'bad' : 'info'}><p>{whyOf(message)}</p></Notice>}
      {open ? (
        <section class="stack" aria-labelledby="at-words"><h2 class="sr" id="at-words">Lời tin</h2><Card title={open.title}><p>{open.body}</p></Card><h2 class="sr">Diễn biến của tin</h2></section>
      ) : (
        <p class="soft">Người quản trị không xem hồ sơ nên không thấy lời tin. Bộ phận một cửa nơi nhận hồ sơ thấy đủ để gọi cho người nộp.</p>
      )}
      <SummaryList
        rows={[
          { label: 'Người nhận', value: open ? open.recipient : message.recipient },
          ...(open?.about ? [{ label: 'Hồ sơ', value: open.href ? <a href={`/desk/dossiers/${encodeURIComponent(open.about)}`}>{open.about}</a> : open.about }] : []),
          { label: 'Đơn vị', value: unitName }, { label: 'Viết lúc', value: <Time at={message.createdAt} /> },
          ...(message.firstTryAt ? [{ label: 'Thử lần đầu', value: <Time at={message.firstTryAt} /> }] : []),
          ...(message.attempts > 0 ? [{ label: 'Số lần không được', value: String(message.attempts) }] : []),
          ...(message.nextAt ? [{ label: 'Lần tới', value: <Time at={message.nextAt} /> }] : []),
          ...(message.sentAt ? [{ label: 'Đã gửi', value: <Time at={message.sentAt} /> }] : []),
          ...(message.deliveredAt ? [{ label: 'Đã đến máy', value: <Time at={message.deliveredAt} /> }] : []),
          ...(message.closedAt ? [{ label: 'Thôi gửi', value: <><Time at={message.closedAt} />{message.closedBy && `, ${message.closedBy}`}{message.closedNote && `: ${message.closedNote}`}</> }] : []),
        ]}
      />
      {canClose(message) === null && (
        <section aria-labelledby="at-send">
          <h2 id="at-send">Gửi lại</h2>
          {canRetry(message) === null ? (
          <Form action={`${base}/retry`} label="Gửi lại">
            <p class="soft">{message.why === 'unknown' ? 'Chưa rõ tin đã đến hay chưa: hỏi người nhận trước, gửi lại có thể thành hai lần.' : 'Nếu trước đó mất câu trả lời, hệ thống hỏi nhà cung cấp trước khi gửi nữa.'}</p>
            <Actions><Button icon="send">Gửi lại ngay</Button></Actions>
          </Form>
          ) : <p class="soft">{canRetry(message)!.message}</p>}
          <Form action={`${base}/channel`} label="Gửi bằng kênh khác">
            <input type="hidden" name="channel" value={other} />
            <Actions><Button>Gửi bằng {CHANNELS[other].toLowerCase()}</Button></Actions>
          </Form>
        </section>
      )}
      {canClose(message) === null && (
        <section aria-labelledby="at-told">
          <h2 id="at-told">Đã báo bằng cách khác</h2>
          <Form action={`${base}/told`} label="Đã báo bằng cách khác">
            <div class={fault ? 'q wrong' : 'q'}>
              <label class="label" for="note">Báo thế nào, lúc nào, ai nghe</label>
              <p class="hint" id="note--hint">Ví dụ: gọi 9:15, bà Hoa nghe máy, hẹn chiều đến nhận.</p>
              {fault && <p class="fault" id="note--error"><span class="sr">Lỗi: </span>{fault}</p>}
              <textarea id="note" name="note" rows={2} maxLength={500} aria-describedby={fault ? 'note--hint note--error' : 'note--hint'} aria-invalid={fault ? true : undefined}>{note}</textarea>
            </div>
            <Actions><Button look="primary" icon="check">Ghi đã báo</Button></Actions>
          </Form>
        </section>
      )}
    </>
  )
}
