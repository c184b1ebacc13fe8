// Leaving a post: what is held, who takes it, and the minutes that both sides sign.

import { formatDate, formatDateTime } from '#core/text/index.ts'
import type { HeldGroup, Leaving, Minutes, PostRow } from '#modules/org/index.ts'
import { Actions, Button, ErrorSummary, Form, LinkButton, Notice, PageHeading, type ShownError } from '#ui/index.ts'
import { postHref } from './units.tsx'

export interface HandoverView {
  readonly post: PostRow
  readonly leaving: Leaving
  readonly groups: readonly HeldGroup[]
  readonly colleagues: readonly { readonly id: string; readonly name: string; readonly title: string }[]
  readonly values?: Readonly<Record<string, string>>
  readonly errors?: readonly ShownError[]
}

const WAYS: Readonly<Record<HeldGroup['way'], string>> = {
  hand: 'Giao cho người nhận, hoặc về danh sách chung', needs: 'Phải có người nhận', ends: 'Tự chấm dứt cùng lúc', blocks: 'Phải giải quyết xong trước',
}

function Choice({ name, view, empty }: { name: string; view: HandoverView; empty: string }) {
  return (
    <select id={name} name={name}>
      <option value="">{empty}</option>
      {view.colleagues.map((one) => <option value={one.id} selected={view.values?.[name] === one.id}>{one.name}, {one.title}</option>)}
    </select>
  )
}

export function HandoverScreen(view: HandoverView) {
  const { post, leaving, groups, errors = [] } = view
  const held = groups.filter((group) => group.lines.length > 0)
  const blocked = held.filter((group) => group.way === 'blocks')
  return (
    <>
      <PageHeading title={`Bàn giao: ${leaving.officer.name}`} lead={`Thôi giữ chức danh ${post.title}, ${post.unitName}, ngay lúc này. Mọi thứ đang giữ được bàn giao trong một lần; phiên đăng nhập và khóa truy cập của chức danh hết hiệu lực cùng lúc.`} />
      <ErrorSummary errors={errors} />
      {blocked.map((group) => <Notice tone="bad" title={group.label}><p>{group.advice}</p><ul>{group.lines.slice(0, 10).map((line) => <li>{line.text}</li>)}</ul></Notice>)}
      {held.length === 0 && <Notice tone="good"><p>Người này không còn giữ việc, bản nháp, ủy quyền hay khóa truy cập nào của chức danh.</p></Notice>}
      <Form action={`${postHref(post)}/handovers`} label="Bàn giao chức danh" guard>
        <input type="hidden" name="officer" value={leaving.officer.id} />
        {held.filter((group) => group.way !== 'blocks').map((group) => (
          <fieldset class="card handed">
            <legend class="label">{group.label} ({group.lines.length})</legend>
            <p class="soft">{WAYS[group.way]}.</p>
            <ul>{group.lines.slice(0, 8).map((line) => <li>{line.text}</li>)}</ul>
            {group.lines.length > 8 && <p class="soft">và {group.lines.length - 8} mục khác; biên bản ghi đủ.</p>}
            {(group.way === 'hand' || group.way === 'needs') && (
              <div class="q" data-question={`to.${group.key}`}><label class="label" for={`to.${group.key}`}>Người nhận</label><Choice name={`to.${group.key}`} view={view} empty={group.way === 'needs' ? 'Chọn người nhận' : 'Danh sách chung của đơn vị'} /></div>
            )}
          </fieldset>
        ))}
        <div class="q"><label class="label" for="holder">Người giữ chức danh tiếp theo</label><p class="hint soft">Để trống khi chưa có quyết định.</p><Choice name="holder" view={view} empty="Chưa có" /></div>
        <div class="q"><label class="label" for="basis">Căn cứ</label><p class="hint soft">Số, ngày quyết định điều động, nghỉ việc. Ví dụ: QĐ 45/QĐ-UBND ngày 20/11/2026.</p><input id="basis" name="basis" value={view.values?.['basis']} maxLength={300} /></div>
        <Actions><Button look="danger" busyText="Đang bàn giao…" disabled={blocked.length > 0}>Bàn giao và cho thôi giữ</Button><LinkButton look="quiet" href={postHref(post)}>Quay lại, không bàn giao</LinkButton></Actions>
      </Form>
    </>
  )
}

export interface MinutesView {
  readonly minutes: Minutes
  readonly madeAt: Date
  readonly madeByName: string
  readonly lastOn: string
  readonly unitName: string
  readonly post: PostRow
}

/** The minutes, laid out to be printed on A4 and signed. */
export function MinutesScreen({ minutes, madeAt, madeByName, lastOn, post }: MinutesView) {
  return (
    <>
      <p class="keys"><a href={postHref(post)}>Về chức danh</a> · In bằng Ctrl+P; biên bản vừa trang A4.</p>
      <article class="minutes">
        <header><div><b>{minutes.unit.toLocaleUpperCase('vi')}</b></div><div><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br /><b>Độc lập - Tự do - Hạnh phúc</b></div></header>
        <h1>BIÊN BẢN BÀN GIAO CÔNG VIỆC</h1>
        <p>Lúc {formatDateTime(madeAt)}, căn cứ {minutes.basis}, ông/bà <b>{minutes.officer}</b> thôi giữ chức danh <b>{minutes.post}</b>, {minutes.unit}, ngày cuối cùng {formatDate(lastOn)}{minutes.holder ? <>, và bàn giao chức danh cho ông/bà <b>{minutes.holder}</b></> : ''}. Nội dung bàn giao:</p>
        {minutes.groups.length === 0 && <p>Không còn việc, bản nháp, ủy quyền hay khóa truy cập nào đang giữ.</p>}
        {minutes.groups.map((group, at) => (
          <section>
            <h2>{at + 1}. {group.label} ({group.lines.length})</h2>
            <table><thead><tr><th scope="col">STT</th><th scope="col">Nội dung</th><th scope="col">Giao cho</th></tr></thead>
              <tbody>{group.lines.map((line, n) => <tr><td>{n + 1}</td><td>{line.text}</td><td>{line.went}</td></tr>)}</tbody></table>
          </section>
        ))}
        <p>Người ghi: {madeByName}. Biên bản lập thành hai bản, mỗi bên giữ một bản.</p>
        <footer><div><b>NGƯỜI BÀN GIAO</b><br /><i>(Ký, ghi rõ họ tên)</i><span>{minutes.officer}</span></div><div><b>NGƯỜI NHẬN</b><br /><i>(Ký, ghi rõ họ tên)</i><span>{minutes.holder ?? ''}</span></div></footer>
      </article>
    </>
  )
}
