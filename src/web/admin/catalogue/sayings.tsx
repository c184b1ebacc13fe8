// The book of everyday ways of speaking: what officials added, what the pack knows, a trial of the search, and the form of a new line.

import type { FieldError } from '#core/errors.ts'
import { formatDate } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import type { Book, Found } from '#modules/catalogue/index.ts'
import { Actions, Button, Details, Form, Table } from '#ui/index.ts'
import { Faults, type Values } from './roadmaps.tsx'

export interface SayingsView {
  readonly book: Book
  readonly q: string
  readonly tried: readonly Found[]
  readonly keeps: boolean
  readonly values?: Values
  readonly faults?: readonly FieldError[]
}

export function SayingsScreen({ book, q, tried, keeps, values = {}, faults = [] }: SayingsView) {
  return (
    <>
      <form class="picks" method="get" action="/admin/catalogue/sayings" aria-label="Thử một câu">
        <label for="q">Thử một câu như người dân nói</label> <input id="q" name="q" class="w16" type="search" value={q} />
        <Button icon="search">Thử</Button>
      </form>
      {q && (
        <Table
          caption={`Ô tìm kiếm hiểu “${q}” là`} rows={tried} rowHref={(one) => `/thu-tuc/${one.code}`} empty={`Chưa hiểu “${q}”. Thêm cách nói bên dưới.`}
          columns={[
            { key: 'name', label: 'Thủ tục, gần nhất trước', main: true, cell: (one) => one.name }, { key: 'code', label: 'Mã', tight: true, cell: (one) => one.code },
            { key: 'field', label: 'Lĩnh vực', cell: (one) => one.fieldName },
          ]}
        />
      )}
      <Faults faults={faults} />
      <section aria-labelledby="at-added">
        <h2 id="at-added">Cách nói đã thêm</h2>
        <Table
          caption="Cách nói đã thêm" captionHidden rows={book.added} empty={q ? 'Chưa thêm cách nói nào có các từ này.' : 'Chưa thêm cách nói nào.'}
          columns={[
            { key: 'say', label: 'Người dân nói', main: true, cell: (one) => one.say.map((text) => `“${text}”`).join(', ') }, { key: 'mean', label: 'Nghĩa là', cell: (one) => one.mean },
            { key: 'by', label: 'Người thêm', cell: (one) => `${one.addedBy}, ${formatDate(localDate(one.addedAt))}` },
            { key: 'drop', label: '', cell: (one) => (keeps ? <Form action={`/admin/catalogue/sayings/${one.id}/removal`}><Button look="quiet" icon="trash">Bỏ</Button></Form> : '') },
          ]}
        />
      </section>
      {keeps && (
        <Form action="/admin/catalogue/sayings" class="stack" label="Thêm cách nói" id="them">
          <h2>Thêm cách nói</h2>
          <div class="q">
            <label class="label" for="say">Người dân nói</label>
            <p class="hint">Mỗi cách một dòng. Dấu … thay cho vài từ ở giữa, ví dụ: bằng lái … hết hạn</p>
            <textarea id="say" name="say" rows={3}>{values['say'] ?? ''}</textarea>
          </div>
          <div class="q">
            <label class="label" for="mean">Lời trong tên thủ tục</label>
            <p class="hint">Chép vài từ trong tên thủ tục cần tìm thấy, ví dụ: đổi giấy phép lái xe</p>
            <input id="mean" name="mean" value={values['mean'] ?? ''} maxLength={300} />
          </div>
          <Actions><Button look="primary" icon="plus">Thêm</Button></Actions>
        </Form>
      )}
      <Details summary={`${book.pack.length} dòng có sẵn trong gói`} open={q !== ''}>
        <Table
          caption="Cách nói có sẵn" captionHidden rows={book.pack} empty="Gói không có cách nói nào có các từ này."
          columns={[{ key: 'say', label: 'Người dân nói', main: true, cell: (one) => one.say.join(' · ') }, { key: 'mean', label: 'Nghĩa là', cell: (one) => one.mean }]}
        />
      </Details>
    </>
  )
}
