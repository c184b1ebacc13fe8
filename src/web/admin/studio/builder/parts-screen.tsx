// Papers that an applicant brings: the list by case, and one of them as it is edited.

import type { PostedCondition, Subject } from '#core/form/build/index.ts'
import { conditionSentence } from '#core/form/build/index.ts'
import { registerLabels } from '#modules/procedures/index.ts'
import { Alert, Button, Details, Form, Notice, StatusTag } from '#ui/index.ts'
import { carried } from './carried.ts'
import { ConditionBuilder } from './condition.tsx'
import type { DraftCase, DraftPaper, Papers } from './part-acts.ts'

export interface PartsScreenProps {
  readonly papers: Papers
  readonly at: string | null
  readonly action: string
  readonly write: boolean
  readonly subjects: readonly Subject[]
  readonly faults: readonly { readonly path: string; readonly message: string }[]
  readonly warnings: readonly { readonly path: string; readonly message: string }[]
  readonly pending?: PostedCondition | null
  readonly fault?: string
  readonly mark: string
  readonly blankHref: (file: string) => string
}

const num = (value: unknown): number => (typeof value === 'number' ? value : 0)
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export function copiesWords(paper: DraftPaper): string {
  const said = [num(paper['originals']) && `${num(paper['originals'])} bản chính`, num(paper['certified']) && `${num(paper['certified'])} bản sao chứng thực`, num(paper['copies']) && `${num(paper['copies'])} bản sao`].filter(Boolean)
  return said.length > 0 ? said.join(', ') : paper['present'] === 'xuat_trinh' ? 'chỉ xuất trình' : 'chưa ghi số bản'
}

function needWords(paper: DraftPaper, subjects: readonly Subject[]): string {
  const feel = text(paper['requiredWhen'])
  if (feel) return `khi ${conditionSentence(feel, subjects) ?? 'biểu thức FEEL đúng'}`
  return paper['required'] === false ? 'nộp nếu có' : paper['present'] === 'xuat_trinh' ? 'xuất trình khi được hỏi' : 'luôn phải nộp'
}

export function PartsScreen(props: PartsScreenProps) {
  const { papers, at, write, fault } = props
  const paper = papers.parts.find(({ id }) => id === at)
  const one = papers.partCases.find(({ key }) => `case:${key}` === at)
  return (
    <div class="two-panes" data-builder-page={paper || one ? 'item' : 'list'}>
      <link rel="stylesheet" href="/assets/heavy/builder.css" />
      <div data-b-fresh="list" id="list"><PapersList {...props} />{write && <AddPaper {...props} />}</div>
      <div class="builder-main" data-b-main>
        <a class="to-list" href="#list">Danh sách giấy tờ</a>
        {fault && <div data-b-fault><Alert><p>{fault}</p></Alert></div>}
        {paper ? <PaperEditor {...props} paper={paper} /> : one ? <CaseEditor {...props} one={one} /> : <PartsOverview {...props} />}
      </div>
      <script type="module" src="/assets/heavy/builder.js" />
    </div>
  )
}

const placeOf = (papers: Papers, path: string): string | null => {
  const [, list, no] = /^(parts|partCases)\[(\d+)\]/.exec(path) ?? []
  return list === 'parts' ? (papers.parts[Number(no)]?.id ?? null) : list === 'partCases' ? (papers.partCases[Number(no)] ? `case:${papers.partCases[Number(no)]!.key}` : null) : null
}

function PartsOverview({ papers, faults, warnings, action }: PartsScreenProps) {
  const line = ({ path, message }: { path: string; message: string }) => {
    const place = placeOf(papers, path)
    return <li>{place && <><a href={`${action}?q=${encodeURIComponent(place)}`}>{papers.parts.find(({ id }) => id === place)?.name ?? papers.partCases.find(({ key }) => `case:${key}` === place)?.name}</a>: </>}{message}</li>
  }
  return (
    <div data-b-fresh="notes">
      <h2>Giấy tờ phải mang</h2>
      <p class="measure">Người dân thấy danh sách này ở trang thủ tục, theo từng trường hợp; hệ thống tự hỏi đúng giấy theo điều họ khai. Chọn một giấy tờ để sửa, hoặc thêm giấy mới.</p>
      {faults.length > 0 && <Notice tone="bad" title={`${faults.length} chỗ phải sửa trước khi công bố`}><ul>{faults.map(line)}</ul></Notice>}
      {warnings.length > 0 && <Notice tone="warn" title={`${warnings.length} chỗ nên xem lại`}><ul>{warnings.map(line)}</ul></Notice>}
      {faults.length + warnings.length === 0 && <Notice tone="good"><p>Danh sách giấy tờ không có chỗ nào vướng.</p></Notice>}
    </div>
  )
}

function PapersList({ papers, at, action, subjects }: PartsScreenProps) {
  const href = (place: string) => `${action}?q=${encodeURIComponent(place)}`
  const item = (paper: DraftPaper) => (
    <li class={paper.id === at ? 'here' : undefined}>
      <span class="main"><a href={href(paper.id)} aria-current={paper.id === at ? 'true' : undefined}>{paper.name || 'Giấy tờ chưa có tên'}</a><span class="about">{copiesWords(paper)}; {needWords(paper, subjects)}{paper['blank'] !== undefined && '; có mẫu tải về'}</span></span>
    </li>
  )
  const everywhere = papers.parts.filter((paper) => !Array.isArray(paper['cases']))
  return (
    <nav aria-label="Giấy tờ của thủ tục">
      <h3><a href={action}>Mọi hồ sơ</a></h3>
      {everywhere.length === 0 ? <p class="soft">Không có giấy tờ chung.</p> : <ul class="item-list">{everywhere.map(item)}</ul>}
      {papers.partCases.map((one, no) => {
        const mine = papers.parts.filter((paper) => (paper['cases'] as string[] | undefined)?.includes(one.key))
        return (
          <section>
            <h3><a href={href(`case:${one.key}`)} aria-current={at === `case:${one.key}` ? 'true' : undefined}>Trường hợp {no + 1}: {one.name}</a></h3>
            {mine.length === 0 ? <p class="soft">Chưa có giấy tờ nào.</p> : <ul class="item-list">{mine.map(item)}</ul>}
          </section>
        )
      })}
    </nav>
  )
}

function AddPaper({ action, mark }: PartsScreenProps) {
  return (
    <div class="outline-add">
      <Form action={action}>
        <input type="hidden" name="_key" value={mark} />
        <button class="sr" name="_do" value="add" tabIndex={-1} aria-hidden="true">Thêm giấy tờ</button>
        <label class="label" for="new-name">Thêm giấy tờ hoặc trường hợp</label>
        <input id="new-name" name="name" autocomplete="off" maxLength={500} placeholder="Giấy chứng sinh do cơ sở y tế cấp" />
        <div class="add-line"><Button name="_do" value="add" icon="plus" look="primary">Thêm giấy tờ</Button><Button name="_do" value="add-case" icon="plus">Thêm trường hợp</Button></div>
      </Form>
    </div>
  )
}

function Field({ name, label, value, hint, rows, width, mode }: { name: string; label: string; value: unknown; hint?: string; rows?: number; width?: string; mode?: 'numeric' }) {
  const said = value === undefined || value === null ? '' : String(value)
  return (
    <div class="q">
      <label class="label" for={name}>{label}</label>
      {hint && <p class="hint" id={`${name}--hint`}>{hint}</p>}
      {rows ? <textarea id={name} name={name} rows={rows} aria-describedby={hint ? `${name}--hint` : undefined}>{said}</textarea> : <input id={name} name={name} value={said} class={width} inputMode={mode} autocomplete="off" aria-describedby={hint ? `${name}--hint` : undefined} />}
    </div>
  )
}

const mine = (faults: PartsScreenProps['faults'], papers: Papers, place: string) => faults.filter((fault) => placeOf(papers, fault.path) === place)

function PaperEditor({ paper, papers, action, write, subjects, pending, faults, warnings, blankHref }: PartsScreenProps & { paper: DraftPaper }) {
  const need = pending !== undefined || paper['requiredWhen'] !== undefined ? 'when' : paper['required'] === false ? 'no' : 'yes'
  const reuse = (paper['reuse'] ?? {}) as { register?: string; vault?: boolean; note?: string }
  const blank = paper['blank'] as { name: string; file: string } | undefined
  const [bad, odd] = [mine(faults, papers, paper.id), mine(warnings, papers, paper.id)]
  return (
    <>
      <Form action={action} class="editor" attributes={{ 'data-builder': 'true' }}>
        <input type="hidden" name="place" value={paper.id} />
        <input type="hidden" name="_was" value={carried(paper)} />
        <button class="sr" name="_do" value="save" tabIndex={-1} aria-hidden="true">Lưu</button>
        <fieldset disabled={!write || undefined}>
          <div class="editor-head" data-b-fresh="head"><p class="soft">Giấy tờ</p><h2>{paper.name || 'Giấy tờ chưa có tên'}</h2></div>
          <div data-b-fresh="notes">{bad.length + odd.length > 0 && <Notice tone={bad.length > 0 ? 'bad' : 'warn'}><ul>{[...bad, ...odd].map(({ message }) => <li>{message}</li>)}</ul></Notice>}</div>
          <Field name="name" label="Tên giấy tờ, như trong quy định" value={paper.name} rows={2} />
          <Field name="help" label="Nói rõ cho người dân" value={paper['help']} rows={2} hint="Xin ở đâu, giấy nào thay được; để trống nếu tên đã rõ." />
          <div class="counts">
            <Field name="originals" label="Bản chính" value={paper['originals']} width="w4" mode="numeric" />
            <Field name="certified" label="Bản sao có chứng thực" value={paper['certified']} width="w4" mode="numeric" />
            <Field name="copies" label="Bản sao thường" value={paper['copies']} width="w4" mode="numeric" />
          </div>
          <fieldset class="q must"><legend class="label">Nộp hay chỉ xuất trình</legend><div class="choices">
            {([['nop', 'Nộp vào hồ sơ'], ['xuat_trinh', 'Chỉ xuất trình khi được hỏi']] as const).map(([value, label]) => <label class="choice"><input type="radio" name="present" value={value} checked={value === (paper['present'] === 'xuat_trinh' ? 'xuat_trinh' : 'nop')} /><span>{label}</span></label>)}
          </div></fieldset>
          {papers.partCases.length > 0 && (
            <fieldset class="q must"><legend class="label">Thuộc trường hợp nào</legend><p class="hint">Không chọn trường hợp nào: mọi hồ sơ đều cần xét giấy này.</p><div class="choices">
              {papers.partCases.map((one) => <label class="choice"><input type="checkbox" name="case" value={one.key} checked={(paper['cases'] as string[] | undefined)?.includes(one.key)} /><span>{one.name}</span></label>)}
            </div></fieldset>
          )}
          <div data-b-fresh="settings">
            <fieldset class="q must"><legend class="label">Có bắt buộc không</legend><div class="choices">
              {([['yes', 'Bắt buộc'], ['no', 'Nộp thêm nếu có'], ['when', 'Tùy theo điều khai']] as const).map(([value, label]) => <label class="choice"><input type="radio" name="need" value={value} checked={value === need} data-redraw /><span>{label}</span></label>)}
            </div></fieldset>
            {need === 'when' && <ConditionBuilder name="requiredWhen" label="Phải nộp khi" feel={text(paper['requiredWhen']) || undefined} posted={pending} subjects={subjects} without="Chưa chọn điều kiện." />}
          </div>
          <Field name="legal" label="Căn cứ yêu cầu giấy này" value={paper['legal']} hint="Điều, khoản, văn bản. Giấy không có căn cứ thì không được đòi (NĐ 63/2010/NĐ-CP)." />
          <Details summary="Đã có trong cơ sở dữ liệu nhà nước" open={Object.keys(reuse).length > 0}>
            <div class="q"><label class="label" for="register">Lấy từ</label><select id="register" name="register"><option value="">Không có cơ sở dữ liệu nào giữ</option>{Object.entries(registerLabels).map(([code, name]) => <option value={code} selected={code === reuse.register}>{name}</option>)}</select></div>
            <label class="choice"><input type="checkbox" name="vault" value="true" checked={reuse.vault === true} /><span>Hoặc từ kho dữ liệu của chính người nộp</span></label>
            <Field name="reuseNote" label="Nói với người dân" value={reuse.note} rows={2} />
          </Details>
          <Details summary="Số hiệu mẫu, loại giấy tờ, mã">
            <Field name="formNo" label="Số hiệu mẫu" value={paper['formNo']} />
            <Field name="documentType" label="Loại giấy tờ trong kho dữ liệu" value={paper['documentType']} />
            <Field name="id" label="Mã" value={paper.id} hint="Dùng trong ca mẫu và hồ sơ; giữ nguyên khi có hồ sơ đang chạy." />
          </Details>
          {write && <div class="editor-foot"><div class="actions">
            <Button look="primary" name="_do" value="save">Lưu</Button><Button look="quiet" name="_do" value="up" icon="up">Lên</Button><Button look="quiet" name="_do" value="down" icon="down">Xuống</Button><Button look="quiet" name="_do" value="remove" icon="trash">Xóa</Button>
          </div></div>}
        </fieldset>
      </Form>
      <section class="blank">
        <h3>Mẫu để người dân tải về</h3>
        {blank ? <p><a href={blankHref(blank.file)} download>{blank.name}</a> <StatusTag tone="good">Có ở trang thủ tục sau khi công bố</StatusTag></p> : <p class="soft">Chưa có. Nhận tệp PDF, Word, Excel, ảnh, không quá 20 MB.</p>}
        {write && (
          <Form action={`${action}/blanks`} multipart>
            <input type="hidden" name="place" value={paper.id} />
            <div class="add-line"><label class="sr" for="blank">Chọn tệp mẫu</label><input id="blank" type="file" name="file" /><Button icon="plus">{blank ? 'Thay mẫu' : 'Thêm mẫu'}</Button></div>
          </Form>
        )}
        {write && blank && <Form action={action}><input type="hidden" name="place" value={paper.id} /><Button look="quiet" name="_do" value="drop-blank" icon="trash">Bỏ mẫu tải về</Button></Form>}
      </section>
    </>
  )
}

function CaseEditor({ one, papers, action, write, subjects, pending, faults, warnings }: PartsScreenProps & { one: DraftCase }) {
  const place = `case:${one.key}`
  const notes = [...mine(faults, papers, place), ...mine(warnings, papers, place)]
  return (
    <Form action={action} class="editor" attributes={{ 'data-builder': 'true' }}>
      <input type="hidden" name="place" value={place} />
      <input type="hidden" name="_was" value={carried(one)} />
      <button class="sr" name="_do" value="save" tabIndex={-1} aria-hidden="true">Lưu</button>
      <fieldset disabled={!write || undefined}>
        <div class="editor-head" data-b-fresh="head"><p class="soft">Trường hợp</p><h2>{one.name || 'Trường hợp chưa có tên'}</h2></div>
        <div data-b-fresh="notes">{notes.length > 0 && <Notice tone="warn"><ul>{notes.map(({ message }) => <li>{message}</li>)}</ul></Notice>}</div>
        <Field name="name" label="Tên trường hợp" value={one.name} rows={2} hint="Như trong quyết định công bố: “Trẻ em sinh ra do mang thai hộ”." />
        <div data-b-fresh="settings"><ConditionBuilder name="when" label="Hồ sơ thuộc trường hợp này khi" feel={one.when} posted={pending} subjects={subjects} without="Không có điều kiện: người nộp và cán bộ một cửa tự xét; giấy tờ của trường hợp này hiện là “nộp nếu có”." /></div>
        {write && <div class="editor-foot"><div class="actions">
          <Button look="primary" name="_do" value="save">Lưu</Button><Button look="quiet" name="_do" value="up" icon="up">Lên</Button><Button look="quiet" name="_do" value="down" icon="down">Xuống</Button><Button look="quiet" name="_do" value="remove" icon="trash">Xóa trường hợp</Button>
        </div></div>}
      </fieldset>
    </Form>
  )
}
