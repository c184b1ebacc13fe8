// A procedure's own words: what it prints and what it tells people, each beside how it comes out.

import type { NoticeTemplate } from '#core/notices/types.ts'
import { sayTemplateFault, type TemplateFault } from '#core/print/index.ts'
import { mayName, type OwnNoticeFault, renderExample, smsLength } from '#modules/notify/index.ts'
import { OWN_PRINTS, type OwnPrint, PRINT_NAMES } from '#modules/procedures/index.ts'
import { Alert, Button, Details, Form, Icon, LinkButton, Notice, StatusTag } from '#ui/index.ts'
import { type DraftNotice, type DraftTexts, NOTICE_CHANNELS } from './text-acts.ts'

export interface OfferedField {
  readonly insert: string
  readonly label: string
}

export interface TextsScreenProps {
  readonly texts: DraftTexts
  readonly at: string | null
  readonly action: string
  readonly write: boolean
  readonly book: readonly NoticeTemplate[]
  /** Of the template that is open. */
  readonly faults: readonly TemplateFault[]
  /** Of all sentences, by key. */
  readonly noticeFaults: ReadonlyMap<string, readonly OwnNoticeFault[]>
  readonly fields: readonly { readonly title: string; readonly fields: readonly OfferedField[] }[]
  readonly cases: readonly string[]
  readonly sample: string
  readonly fault?: string
  /** Message texts as they stand in the page, when they could not be kept. */
  readonly shared: (template: OwnPrint) => string
}

const CHANNEL_NAMES = { inapp: 'Trên cổng', sms: 'Tin nhắn SMS', email: 'Thư điện tử' } as const

export function TextsScreen(props: TextsScreenProps) {
  const { at, action, texts, book, fault } = props
  const template = OWN_PRINTS.find((name) => `print:${name}` === at)
  const notice = book.find((one) => `notice:${one.key}` === at)
  const href = (place: string) => `${action}?q=${encodeURIComponent(place)}`
  return (
    <div class="two-panes" data-builder-page={template || notice ? 'item' : 'list'}>
      <link rel="stylesheet" href="/assets/heavy/builder.css" />
      <nav aria-label="Mẫu in và tin báo" data-b-fresh="list" id="list">
        <h3><a href={action}>Giấy tờ in ra</a></h3>
        <ul class="item-list">
          {OWN_PRINTS.map((name) => {
            const own = texts.prints.some((print) => print.template === name)
            return <li class={name === template ? 'here' : undefined}><span class="main"><a href={href(`print:${name}`)} aria-current={name === template ? 'true' : undefined}>{PRINT_NAMES[name]}</a></span>{own ? <StatusTag tone="info" icon="pen">Mẫu riêng</StatusTag> : <span class="soft">mẫu chung</span>}</li>
          })}
        </ul>
        <h3>Tin báo cho người nộp</h3>
        <ul class="item-list">
          {book.map((one) => {
            const own = texts.notices.some(({ key }) => key === one.key)
            const bad = (props.noticeFaults.get(one.key) ?? []).length > 0
            return <li class={one === notice ? 'here' : undefined}><span class="main"><a href={href(`notice:${one.key}`)} aria-current={one === notice ? 'true' : undefined}>{one.label}</a></span>{bad ? <StatusTag tone="bad">Có lỗi</StatusTag> : own ? <StatusTag tone="info" icon="pen">Lời riêng</StatusTag> : <span class="soft">lời chung</span>}</li>
          })}
        </ul>
      </nav>
      <div class="builder-main" data-b-main>
        <a class="to-list" href="#list">Danh sách mẫu in, tin báo</a>
        {fault && <div data-b-fault><Alert><p>{fault}</p></Alert></div>}
        {template ? <PrintEditor {...props} template={template} /> : notice ? <NoticeEditor {...props} notice={notice} /> : <Overview />}
      </div>
      <script type="module" src="/assets/heavy/builder.js" />
    </div>
  )
}

function Overview() {
  return (
    <>
      <h2>Lời của riêng thủ tục này</h2>
      <p class="measure">Không phải làm gì ở đây nếu mẫu chung của tỉnh đã vừa. Khi thủ tục cần một mẫu kết quả, một thông báo hay một câu nhắn khác, chọn ở bên trái rồi sửa.</p>
      <Notice tone="info"><p>Hồ sơ giữ lời của phiên bản mình: giấy in lại sau này vẫn theo đúng mẫu lúc phát hành, dù thủ tục đã có phiên bản mới.</p></Notice>
    </>
  )
}

const pdfHref = (action: string, template: string, sample: string) => `${action}/prints/${template}.pdf?sample=${encodeURIComponent(sample)}`

function Samples({ cases, sample, action, place }: { cases: readonly string[]; sample: string; action: string; place: string }) {
  return (
    <Form action={action} method="get" class="add-line">
      <input type="hidden" name="q" value={place} />
      <label class="label" for="sample">Xem với</label>
      <select id="sample" name="sample"><option value="">Câu trả lời hệ thống nghĩ ra</option>{cases.map((title, at) => <option value={String(at)} selected={sample === String(at)}>Ca mẫu: {title}</option>)}</select>
      <Button>Xem</Button>
    </Form>
  )
}

function PrintEditor(props: TextsScreenProps & { template: OwnPrint }) {
  const { template, texts, action, write, faults, fields, cases, sample, shared } = props
  const own = texts.prints.find((print) => print.template === template)
  const place = `print:${template}`
  return (
    <div class="source-panes">
      <div>
        <div class="editor-head" data-b-fresh="head"><p class="soft">{own ? 'Mẫu riêng của thủ tục' : 'Đang dùng mẫu chung của tỉnh'}</p><h2>{PRINT_NAMES[template]}</h2></div>
        <div data-b-fresh="notes">
          {own && (faults.length === 0
            ? <Notice tone="good"><p>Mẫu in được với câu trả lời đang xem.</p></Notice>
            : <Notice tone="bad" title="Mẫu chưa in được; chưa công bố được"><ul>{faults.map((one) => <li>{sayTemplateFault(one)}{lineText(own.source, one.line)}</li>)}</ul><p>Chữ đã viết vẫn được lưu nguyên.</p></Notice>)}
        </div>
        {own
          ? (
            <Form action={action} class="editor source" attributes={{ 'data-builder': 'true' }}>
              <input type="hidden" name="place" value={place} />
              <input type="hidden" name="_was" value={own.source} />
              <fieldset disabled={!write || undefined}>
                <label class="label" for="source">Nội dung mẫu (Typst)</label>
                <p class="hint">Chữ thường in ra như viết. Trường lấy từ hồ sơ bắt đầu bằng #. *đậm*, _nghiêng_, dòng trống là đoạn mới.</p>
                <textarea id="source" name="source" spellcheck={false} wrap="off" rows={24}>{own.source}</textarea>
                {write && <div class="editor-foot"><div class="actions"><Button look="primary" name="_do" value="save">Lưu</Button><Button look="quiet" name="_do" value="remove" icon="trash">Bỏ mẫu riêng, dùng mẫu chung</Button></div></div>}
              </fieldset>
            </Form>
          )
          : (
            <>
              <p>Giấy này in theo mẫu chung, như mọi thủ tục.</p>
              {write && <Form action={action}><input type="hidden" name="place" value={place} /><Button look="primary" name="_do" value="begin" icon="pen">Làm mẫu riêng, bắt đầu từ mẫu chung</Button></Form>}
              <Details summary="Xem mẫu chung"><pre class="mono">{shared(template)}</pre></Details>
            </>
          )}
        {own && <Fields groups={fields} />}
      </div>
      <aside aria-label="Bản in thử">
        <Samples cases={cases} sample={sample} action={action} place={place} />
        <iframe class="pdf" title="Bản in thử" src={`${pdfHref(action, template, sample)}#toolbar=0&navpanes=0&view=FitH`} data-b-pdf={pdfHref(action, template, sample)} loading="lazy" />
        <LinkButton href={pdfHref(action, template, sample)} look="quiet" icon="download">Mở bản in thử (PDF)</LinkButton>
      </aside>
    </div>
  )
}

function lineText(source: string, line: number | null) {
  const text = line === null ? undefined : source.split('\n')[line - 1]?.trim()
  return text ? <> <code>{text.length > 90 ? `${text.slice(0, 87)}…` : text}</code></> : null
}

function Fields({ groups }: { groups: TextsScreenProps['fields'] }) {
  return (
    <section>
      <h3>Trường dùng được trong mẫu này</h3>
      <p class="soft">Bấm để chèn vào chỗ con trỏ.</p>
      {groups.map(({ title, fields }) => (
        <Details summary={`${title} (${fields.length})`} open={groups.length < 3 || title === groups[0]!.title}>
          <ul class="fields-offered">{fields.map(({ insert, label }) => <li><button type="button" data-insert={insert} data-into="#source">{insert}</button> {label}</li>)}</ul>
        </Details>
      ))}
    </section>
  )
}

function NoticeEditor({ notice, texts, action, write, noticeFaults }: TextsScreenProps & { notice: NoticeTemplate }) {
  const own: DraftNotice | undefined = texts.notices.find(({ key }) => key === notice.key)
  const faults = noticeFaults.get(notice.key) ?? []
  return (
    <Form action={action} class="editor" attributes={{ 'data-builder': 'true' }}>
      <input type="hidden" name="place" value={`notice:${notice.key}`} />
      <fieldset disabled={!write || undefined}>
        <div class="editor-head" data-b-fresh="head"><p class="soft">{own ? 'Lời riêng của thủ tục' : 'Đang dùng lời chung; sửa chữ nào thì chữ đó thành lời riêng'}</p><h2>{notice.label}</h2></div>
        <div data-b-fresh="notes">{faults.filter(({ channel }) => channel === null).map(({ message }) => <Notice tone="bad"><p>{message}</p></Notice>)}</div>
        {NOTICE_CHANNELS.map((channel) => {
          const shared = notice.texts[channel]
          if (!shared) return null
          const text = own?.[channel] ?? shared
          const offered = mayName(notice, channel)
          return (
            <fieldset class="cond">
              <legend>{CHANNEL_NAMES[channel]}</legend>
              <div class="q"><label class="label" for={`${channel}-title`}>Tiêu đề</label><input id={`${channel}-title`} name={`${channel}.title`} value={text.title} maxLength={200} autocomplete="off" /></div>
              <div class="q"><label class="label" for={`${channel}-body`}>Nội dung</label><textarea id={`${channel}-body`} name={`${channel}.body`} rows={3}>{text.body}</textarea></div>
              <ul class="fields-offered">{Object.entries(offered).map(([name, example]) => <li><button type="button" data-insert={`{${name}}`} data-into={`#${channel}-body`}>{`{${name}}`}</button> {example}</li>)}</ul>
              <div data-b-fresh={`shown-${channel}`}>
                {faults.filter((one) => one.channel === channel).map(({ message }) => <p class="error"><Icon name="alert" /> {message}</p>)}
                {channel === 'sms' ? <SmsShown notice={notice} text={text} /> : <p class="sms-shown"><b>{renderExample(notice, channel, text).title}</b>{'\n'}{renderExample(notice, channel, text).body}</p>}
              </div>
            </fieldset>
          )
        })}
        {write && <div class="editor-foot"><div class="actions"><Button look="primary" name="_do" value="save">Lưu</Button>{own && <Button look="quiet" name="_do" value="remove" icon="trash">Bỏ lời riêng, dùng lời chung</Button>}</div></div>}
      </fieldset>
    </Form>
  )
}

function SmsShown({ notice, text }: { notice: NoticeTemplate; text: { title: string; body: string } }) {
  const size = smsLength(notice, text)
  return (
    <>
      <p class="sms-shown">{size.text}</p>
      <p class="sms-size soft"><b>{size.units}</b> ký tự, tính <b>{size.parts}</b> tin SMS ({size.coding === 'ucs2' ? 'có dấu: 70 ký tự một tin, 67 khi nối nhiều tin' : 'không dấu: 160 ký tự một tin'}). Mã kiểm tra do hệ thống tự thêm.</p>
    </>
  )
}
