// The outbox as administrators see it: what waits, what failed and why, by channel, state and unit; never the words or the person.

import { formatDateTime } from '#core/text/index.ts'
import { CHANNELS, type KeptMessage, KINDS, MESSAGE_STATES, type MessageState, type OutboxView, previews, type TemplateRow } from '#modules/notify/index.ts'
import { Actions, Badge, Button, Card, EmptyState, Form, KeyFigures, LinkButton, Notice, PageHeading, Pagination, StatusTag, Table, Tabs, Time, Toolbar } from '#ui/index.ts'
import { withQuery } from '../desk/answers.tsx'
import { StateTag, whyOf } from '../desk/kept-messages.tsx'

export const OUTBOX = '/admin/outbox'

const OutboxTabs = ({ current }: { current: 'outbox' | 'templates' }) => (
  <Tabs label="Tin báo" items={[{ label: 'Hộp thư đi', href: OUTBOX, current: current === 'outbox' }, { label: 'Mẫu tin', href: `${OUTBOX}/templates`, current: current === 'templates' }]} />
)

function ChannelNotice({ channel }: { channel: OutboxView['channels'][number] }) {
  const name = CHANNELS[channel.channel]
  if (!channel.provided) {
    return (
      <Notice tone="warn" title={`${name}: chưa nối với nhà cung cấp`}>
        <p>Tin của kênh này chờ trong hộp, không mất. Đặt {channel.channel === 'sms' ? 'SMS_URL và SMS_KEY' : 'SMTP_URL và MAIL_FROM'} cho máy chủ và tiến trình việc nền rồi khởi động lại; tin tự đi.</p>
      </Notice>
    )
  }
  if (!channel.downSince) return null
  return (
    <Notice tone="bad" title={`${name}: gián đoạn từ ${formatDateTime(channel.downSince)}`}>
      <p>{channel.lastFault} Mỗi lần chỉ một tin được thử; khi có lại, tin đi dần theo tốc độ của kênh.{channel.pausedUntil && ` Thử tiếp lúc ${formatDateTime(channel.pausedUntil)}.`}</p>
    </Notice>
  )
}

export interface OutboxScreenProps {
  readonly view: OutboxView
  readonly filter: { readonly state: string; readonly channel: string; readonly unit: string }
  readonly units: readonly { readonly id: string; readonly name: string }[]
  readonly unitName: (id: string | null) => string
}

const STUCK: readonly MessageState[] = ['waiting', 'held', 'failed', 'dead']

export function OutboxScreen({ view, filter, units, unitName }: OutboxScreenProps) {
  const sum = (...states: MessageState[]) => view.counts.filter((one) => (states as string[]).includes(one.state)).reduce((total, one) => total + one.n, 0)
  const retriable = view.rows.some((row) => STUCK.includes(row.state))
  return (
    <>
      <PageHeading title="Hộp thư đi" lead="Tin đang chờ, đã gửi và chưa đến. Người quản trị không thấy lời tin và người nhận; Bộ phận một cửa nơi nhận hồ sơ thấy và gọi khi cần." />
      <OutboxTabs current="outbox" />
      {view.channels.map((channel) => <ChannelNotice channel={channel} />)}
      <KeyFigures
        items={[
          { label: 'Chờ gửi, giữ lại', value: sum('waiting', 'held', 'sending'), href: withQuery(OUTBOX, { state: 'waiting' }) }, { label: 'Sẽ thử lại', value: sum('failed'), href: withQuery(OUTBOX, { state: 'failed' }) },
          { label: 'Không gửi được', value: sum('dead'), href: withQuery(OUTBOX, { state: 'dead' }), hot: sum('dead') > 0 }, { label: 'Đã gửi trong 30 ngày', value: sum('sent'), href: withQuery(OUTBOX, { state: 'sent' }) },
        ]}
      />
      <Toolbar label="Lọc tin">
      <form class="picks" action={OUTBOX} method="get" aria-label="Lọc tin">
        <select name="state" aria-label="Trạng thái">
          <option value="">Mọi trạng thái</option>
          {Object.entries(MESSAGE_STATES).map(([state, label]) => <option value={state} selected={state === filter.state}>{label}</option>)}
        </select>
        <select name="channel" aria-label="Kênh">
          <option value="">SMS và thư</option>
          {Object.entries(CHANNELS).map(([channel, label]) => <option value={channel} selected={channel === filter.channel}>{label}</option>)}
        </select>
        {units.length > 1 && (
          <select name="unit" aria-label="Đơn vị">
            <option value="">Mọi đơn vị</option>
            {units.map((unit) => <option value={unit.id} selected={unit.id === filter.unit}>{unit.name}</option>)}
          </select>
        )}
        <Button>Lọc</Button>
        {(filter.state || filter.channel || filter.unit) && <LinkButton look="quiet" href={OUTBOX}>Bỏ lọc</LinkButton>}
      </form>
      </Toolbar>
      <Form action={`${OUTBOX}/retries`} label="Gửi lại các tin đã chọn">
        <Table
          caption="Tin trong hộp thư đi" captionHidden rows={view.rows} empty={filter.state || filter.channel || filter.unit ? 'Không có tin nào khớp bộ lọc.' : 'Chưa có tin nào rời khỏi nền tảng.'} rowHref={(row: KeptMessage) => (row.channel === 'inapp' ? undefined : `${OUTBOX}/${row.id}`)}
          select={retriable ? { name: 'ids', value: (row) => row.id, label: (row) => `Chọn tin ${row.label}, ${row.recipient}` } : undefined}
          columns={[
            { key: 'label', label: 'Tin', main: true, cell: (row) => row.label },
            { key: 'channel', label: 'Kênh', tight: true, cell: (row) => CHANNELS[row.channel] },
            { key: 'to', label: 'Người nhận', tight: true, cell: (row) => row.recipient },
            { key: 'unit', label: 'Đơn vị', cell: (row) => unitName(row.unitId) },
            { key: 'state', label: 'Trạng thái', tight: true, cell: (row) => <StateTag state={row.state} /> },
            { key: 'why', label: 'Vì sao', cell: (row) => whyOf(row) || '—' },
            { key: 'at', label: 'Viết lúc', tight: true, cell: (row) => <Time at={row.createdAt} /> },
          ]}
        />
        {retriable && <Actions><Button icon="send">Gửi lại các tin đã chọn</Button></Actions>}
      </Form>
      {view.next && <Pagination olderHref={withQuery(OUTBOX, { ...filter, before: String(view.next) })} />}
    </>
  )
}

/** Every template with example data, as each channel would carry it. */
export function TemplatesScreen({ rows, today }: { rows: readonly TemplateRow[]; today: string }) {
  return (
    <>
      <PageHeading title="Mẫu tin" lead={`Lời của từng tin với dữ liệu ví dụ, theo kênh, có hiệu lực ngày ${today}. Mẫu là dữ liệu (packs/vn/messages.json), được kiểm tra khi khởi động.`} />
      <OutboxTabs current="templates" />
      {rows.length === 0 && <EmptyState title="Chưa có mẫu nào" />}
      <h2 class="sr">Các mẫu</h2>
      <div class="stack">
        {rows.map(({ template, inForce }) => (
          <Card
            title={template.label}
            meta={
              <>
                <span>{KINDS[template.kind]}</span>
                <span>{template.key}, từ {template.effectiveFrom.split('-').reverse().join('/')}</span>
                {!inForce && <StatusTag>Chưa hoặc hết hiệu lực</StatusTag>}
                {template.urgent && <StatusTag tone="warn">Gửi cả ban đêm</StatusTag>}
                {template.legal && <StatusTag tone="info">Theo luật, luôn có trên cổng</StatusTag>}
                {template.basis && <span>{template.basis}</span>}
                {template.usefulHours !== null && <span>Không gửi sau {template.usefulHours} giờ</span>}
              </>
            }
          >
            <dl class="summary">
              {previews(template).map((shown) => (
                <div>
                  <dt>{CHANNELS[shown.channel]}{shown.size && <> <Badge>{shown.size.parts} phần</Badge></>}</dt>
                  <dd><b>{shown.title}</b><br />{shown.body}{shown.size && <><br /><span class="soft">{shown.size.units} ký tự {shown.size.coding === 'ucs2' ? 'có dấu (UCS-2)' : 'không dấu (GSM-7)'}</span></>}</dd>
                </div>
              ))}
            </dl>
          </Card>
        ))}
      </div>
    </>
  )
}
