// The drafts being written, and the four ways to begin one: from a version in force, from nothing, from a file, from what was abolished or is to be.

import type { FieldError } from '#core/errors.ts'
import { formatDateTime } from '#core/text/index.ts'
import type { listDrafts, VersionSummary } from '#modules/procedures/index.ts'
import { Actions, Button, Details, EmptyState, ErrorSummary, FileInput, Form, LinkButton, Notice, PageHeading, SearchBox, Table } from '#ui/index.ts'
import { StateTag } from './frame.tsx'
import { draftHref } from './tab-list.ts'

type DraftRow = Awaited<ReturnType<typeof listDrafts>>[number]

export interface ListView {
  readonly drafts: readonly DraftRow[]
  readonly author: boolean
  readonly q: string
  /** Versions in force that answer to `q`. */
  readonly found: readonly VersionSummary[]
  readonly typed?: { readonly code?: string; readonly name?: string }
  readonly faults?: readonly FieldError[]
}

export function DraftsScreen(view: ListView) {
  const { drafts, author } = view
  const open = drafts.filter((draft) => draft.state === 'open')
  const closed = drafts.filter((draft) => draft.state !== 'open')
  return (
    <>
      <link rel="stylesheet" href="/assets/heavy/studio.css" />
      <PageHeading title="Bản nháp thủ tục" lead="Soạn và sửa thủ tục trước khi công bố. Nhiều người cùng soạn một bản nháp được; hồ sơ đang giải quyết không bị ảnh hưởng cho tới khi công bố." />
      <Table
        caption="Đang soạn" rows={open} rowHref={(row) => draftHref(row.id)}
        empty={author ? 'Chưa có bản nháp nào đang soạn. Mở bản nháp ở dưới.' : 'Chưa có bản nháp nào đang soạn.'}
        columns={[
          { key: 'name', label: 'Thủ tục', main: true, cell: (row) => row.name },
          { key: 'code', label: 'Mã', tight: true, cell: (row) => row.code },
          { key: 'state', label: 'Nay', tight: true, cell: (row) => <StateTag draft={row} /> },
          { key: 'touched', label: 'Sửa gần nhất', cell: (row) => `${formatDateTime(row.touchedAt)}, ${row.touchedByName}` },
          { key: 'saves', label: 'Lần sửa', num: true, cell: (row) => row.revision },
        ]}
      />
      {author && <Begin {...view} />}
      {closed.length > 0 && (
        <section>
          <Details summary={`Đã xong: ${closed.length} bản nháp`}>
            <Table
              caption="Bản nháp đã xong" captionHidden rows={closed} rowHref={(row) => draftHref(row.id)} empty=""
              columns={[
                { key: 'name', label: 'Thủ tục', main: true, cell: (row) => row.name },
                { key: 'state', label: 'Nay', tight: true, cell: (row) => <StateTag draft={row} /> },
                { key: 'at', label: 'Lúc', tight: true, cell: (row) => (row.closedAt ? formatDateTime(row.closedAt) : '') },
                { key: 'by', label: 'Ai', cell: (row) => row.closedByName ?? '' },
                { key: 'note', label: 'Vì sao', cell: (row) => row.closedNote ?? '' },
              ]}
            />
          </Details>
        </section>
      )}
    </>
  )
}

const PATH = '/admin/procedures/drafts'

function Begin({ q, found, typed = {}, faults = [] }: ListView) {
  const faultOf = (key: string) => faults.filter((fault) => fault.key === key).map((fault) => fault.message)
  return (
    <section aria-labelledby="begin">
      <h2 id="begin">Mở bản nháp mới</h2>
      {faults.length > 0 && <ErrorSummary errors={faults.map(({ key, message }) => ({ key: key || 'begin', message }))} />}
      <div class="begin">
        <section class="card" aria-labelledby="begin-version">
          <h3 id="begin-version">Sửa một thủ tục đang áp dụng</h3>
          <SearchBox action={PATH} label="Tên, từ khóa hoặc mã thủ tục" value={q} />
          {q !== '' && found.length === 0 && <EmptyState icon="search" title="Không có thủ tục nào khớp">Thử ít chữ hơn, hoặc ghi mã thủ tục.</EmptyState>}
          {found.length > 0 && (
            <ul class="begin-found">
              {found.slice(0, 12).map((one) => (
                <li>
                  <span><b>{one.name}</b> <span class="soft">{one.code}, phiên bản {one.number}</span></span>
                  <Form action={PATH}><input type="hidden" name="from" value="version" /><input type="hidden" name="version" value={one.id} /><Button icon="pen">Soạn bản nháp</Button></Form>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section class="card" aria-labelledby="begin-scratch">
          <h3 id="begin-scratch">Thủ tục mới</h3>
          <Form action={PATH}>
            <input type="hidden" name="from" value="scratch" />
            <Line id="code" label="Mã thủ tục quốc gia" hint="Dạng n.nnnnnn, trong quyết định công bố của Bộ. Ví dụ 1.001193." value={typed.code} faults={faultOf('code')} short />
            <Line id="name" label="Tên thủ tục" value={typed.name} faults={faultOf('name')} />
            <Actions><Button icon="plus">Soạn thủ tục mới</Button></Actions>
          </Form>
        </section>
        <section class="card" aria-labelledby="begin-file">
          <h3 id="begin-file">Từ tệp</h3>
          <Form action={`${PATH}/files`} multipart>
            <div class={faultOf('file').length > 0 ? 'q wrong' : 'q'}>
              <label class="label" for="file">Tệp bản ghi thủ tục (.json)</label>
              {faultOf('file').map((message) => <p class="fault">{message}</p>)}
              <FileInput id="file" name="file" accept=".json,application/json" maxBytes={4_000_000} />
            </div>
            <Actions><Button icon="file">Mở tệp thành bản nháp</Button></Actions>
          </Form>
        </section>
      </div>
      <Notice><p>Lấy lại một phiên bản cũ, bãi bỏ thủ tục, rút phiên bản chưa có hiệu lực: mở trang của thủ tục đó ở <a href="/admin/procedures">danh sách thủ tục</a>.</p></Notice>
      <Actions><LinkButton look="quiet" href="/admin/procedures">Về danh sách thủ tục</LinkButton></Actions>
    </section>
  )
}

export function Line({ id, label, hint, value, faults, short }: { id: string; label: string; hint?: string; value?: string | undefined; faults: readonly string[]; short?: boolean }) {
  return (
    <div class={faults.length > 0 ? 'q wrong' : 'q'}>
      <label class="label" for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}--hint`}>{hint}</p>}
      {faults.map((message) => <p class="fault">{message}</p>)}
      <input id={id} name={id} value={value} class={short ? 'w12' : undefined} autocomplete="off" aria-describedby={hint ? `${id}--hint` : undefined} aria-invalid={faults.length > 0 || undefined} />
    </div>
  )
}
