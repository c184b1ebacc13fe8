// What became of a file of another tool: what was taken, turned, kept, refused, and what somebody has to decide, each with its place.

import type { Draft, ImportEntry, ImportKind } from '#modules/procedures/index.ts'
import { Actions, Button, Form, Icon, type IconName, LinkButton, Notice, StatusTag, type Tone } from '#ui/index.ts'
import { draftHref } from '../tab-list.ts'

const KINDS: Readonly<Record<ImportKind, { title: string; lead: string; tone: Tone; icon: IconName }>> = {
  todo: { title: 'Cần ông/bà quyết định', lead: 'Những phần này không tự đổi được. Vẫn lấy vào bản nháp được, và sẽ được nhắc trên hình cho đến khi sửa xong.', tone: 'warn', icon: 'alert' },
  refused: { title: 'Không nhận vì an toàn', lead: 'Mã lệnh và trình nghe trong tệp không bao giờ chạy ở đây; đã bỏ khỏi hình, nội dung ghi lại dưới đây.', tone: 'bad', icon: 'stop' },
  mapped: { title: 'Đã đổi sang cách ghi của hệ thống', lead: 'Xem lại cho đúng ý.', tone: 'info', icon: 'right' },
  kept: { title: 'Giữ trong tệp, không dùng khi chạy', lead: 'Không ảnh hưởng tới hồ sơ; tải tệp ra lại vẫn còn.', tone: 'plain', icon: 'file' },
  taken: { title: 'Lấy được nguyên vẹn', lead: '', tone: 'good', icon: 'tick' },
}

export interface ReportView {
  readonly draft: Pick<Draft, 'id' | 'revision'>
  readonly file: { readonly id: string; readonly fileName: string; readonly byName: string; readonly when: string }
  readonly report: readonly ImportEntry[]
  readonly pools: readonly { readonly process: string; readonly name: string; readonly steps: number }[]
  readonly chosen: string
  readonly steps: number
  readonly still: string | null
  readonly write: boolean
  readonly usable: boolean
}

export function ImportReport({ draft, file, report, pools, chosen, steps, still, write, usable }: ReportView) {
  const count = (kind: ImportKind) => report.filter((one) => one.kind === kind).length
  const here = draftHref(draft.id, `process/files/${file.id}`)
  return (
    <div class="process-report">
      <link rel="stylesheet" href="/assets/heavy/process.css" />
      <div class="process-tools">
        <div><h2>{file.fileName}</h2><p class="soft">{file.byName} tải lên {file.when}. Tệp gốc được giữ nguyên.</p></div>
        <div class="process-tools-right"><LinkButton look="quiet" icon="download" href={`${here}/original`} download>Tải lại tệp gốc</LinkButton></div>
      </div>
      <p class="process-counts">
        <StatusTag tone="good">{`${steps} bước lấy được`}</StatusTag>
        {(['mapped', 'todo', 'refused', 'kept'] as const).filter((kind) => count(kind) > 0).map((kind) => <a href={`#kind-${kind}`}><StatusTag tone={KINDS[kind].tone}>{`${count(kind)} ${KINDS[kind].title.toLowerCase()}`}</StatusTag></a>)}
      </p>
      {pools.length > 1 && (
        <form action={here} method="get" class="process-pools">
          <fieldset>
            <legend class="label">Tệp có {pools.length} quy trình; lấy quy trình nào?</legend>
            {pools.map((pool) => <label class="choice"><input type="radio" name="pool" value={pool.process} checked={pool.process === chosen} /><span>{pool.name || pool.process} <span class="soft">({pool.steps} bước)</span></span></label>)}
          </fieldset>
          <Button>Xem quy trình này</Button>
        </form>
      )}
      {still && <div class="process-still always" role="img" aria-label="Hình quy trình đọc được từ tệp" tabIndex={0} dangerouslySetInnerHTML={{ __html: still }} />}
      {write && (usable ? (
        <Form action={`${here}/taking`} class="process-take">
          <input type="hidden" name="_base" value={String(draft.revision)} />
          <input type="hidden" name="pool" value={chosen} />
          <Actions><Button look="primary" busyText="Đang lấy…">Lấy quy trình này vào bản nháp</Button><LinkButton look="quiet" href={draftHref(draft.id, 'process')}>Không lấy</LinkButton></Actions>
          <p class="soft">Quy trình đang có trong bản nháp được thay bằng quy trình này; các lần sửa trước vẫn còn trong lịch sử của bản nháp.</p>
        </Form>
      ) : <Notice tone="warn" title="Không có bước nào lấy được"><p>Bản nháp vẫn như cũ. Kiểm tra đã xuất đúng sơ đồ rồi tải lại.</p></Notice>)}
      {(['todo', 'refused', 'mapped', 'kept', 'taken'] as const).map((kind) => {
        const entries = report.filter((one) => one.kind === kind)
        if (entries.length === 0) return null
        const { title, lead, icon } = KINDS[kind]
        return (
          <section id={`kind-${kind}`} class={`process-kind ${kind}`} aria-labelledby={`at-${kind}`}>
            <h3 id={`at-${kind}`}><Icon name={icon} /> {title} <span class="soft">({entries.length})</span></h3>
            {lead && <p class="soft">{lead}</p>}
            <ul>{entries.map((one) => <li>{(one.name || one.element) && <b>{one.name || 'Không tên'}{one.element && <code>{one.element}</code>}</b>}<span>{one.message}</span></li>)}</ul>
          </section>
        )
      })}
    </div>
  )
}
