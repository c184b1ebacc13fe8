// A record brought as a file: all faults at once, each with its field, or a draft that another official publishes.

import type { FieldError } from '#core/errors.ts'
import { formatDateTime } from '#core/text/index.ts'
import { Actions, Alert, Button, FileInput, Form, LinkButton, Notice, PageHeading, Table } from '#ui/index.ts'

export interface ImportView {
  /** Processes that records may call by name. */
  readonly shared?: readonly { readonly name: string; readonly title: string; readonly number: number; readonly ends: readonly string[]; readonly importedAt: Date }[]
  readonly fileName?: string
  readonly faults?: readonly FieldError[]
}

export function ImportScreen({ fileName, faults = [], shared = [] }: ImportView) {
  return (
    <>
      <PageHeading
        title="Nhập bản ghi thủ tục"
        lead="Tệp JSON theo định dạng tinhso.procedure/1, hoặc tệp .bpmn của một quy trình dùng chung mà bản ghi gọi tới. Bản ghi được kiểm tra cả quy trình, tờ khai, phí và các ca mẫu; còn lỗi thì không có gì được ghi."
      />
      {faults.length > 0 && (
        <>
          <Alert title={`Chưa nhập được ${fileName || 'tệp'}: ${faults.length} lỗi`}><p>Sửa các chỗ dưới đây trong tệp rồi nhập lại.</p></Alert>
          <Table
            caption="Lỗi của bản ghi" captionHidden rows={faults} empty=""
            columns={[{ key: 'path', label: 'Chỗ trong tệp', main: true, cell: (fault) => <code>{fault.key === 'file' ? 'cả tệp' : fault.key || 'cả tệp'}</code> }, { key: 'message', label: 'Cần sửa', cell: (fault) => fault.message }]}
          />
        </>
      )}
      <Form action="/admin/procedures/imports" multipart>
        <div class={faults.length > 0 ? 'q wrong' : 'q'}>
          <label class="label" for="record">Tệp bản ghi</label>
          <FileInput id="record" name="record" accept=".json,.bpmn,application/json" maxBytes={4_000_000} aria-required />
        </div>
        <Notice><p>Bản ghi không có lỗi thành một bản nháp; cán bộ khác đọc lại rồi mới công bố thành phiên bản mới. Nhập lại đúng bản ghi đang dùng thì không có gì đổi.</p></Notice>
        <Actions><Button look="primary" busyText="Đang kiểm tra…">Kiểm tra và nhập</Button><LinkButton look="quiet" href="/admin/procedures">Quay lại, không nhập</LinkButton></Actions>
      </Form>
      <h2>Quy trình dùng chung</h2>
      <p class="soft">Tên tệp .bpmn là tên mà bản ghi gọi (call.process). Tệp có thay đổi thành một bản mới.</p>
      <Table
        caption="Quy trình dùng chung" captionHidden rows={shared} empty="Chưa có quy trình dùng chung nào; chọn tệp .bpmn ở trên để nhập."
        columns={[
          { key: 'name', label: 'Tên gọi', main: true, cell: (one) => <code>{one.name}</code> }, { key: 'title', label: 'Quy trình', cell: (one) => one.title },
          { key: 'ends', label: 'Kết thúc bằng', cell: (one) => one.ends.join(', ') }, { key: 'number', label: 'Bản', num: true, cell: (one) => one.number },
          { key: 'at', label: 'Nhập lúc', tight: true, cell: (one) => formatDateTime(one.importedAt) },
        ]}
      />
    </>
  )
}
