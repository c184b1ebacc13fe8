// The sheet of shortcuts as a page of its own, with the switch for whoever is disturbed by them (voice control, another keyboard; WCAG 2.1.4).

import { Button, Form, PageHeading, Table } from '#ui/index.ts'

const KEYS: readonly { readonly keys: string; readonly what: string; readonly where: string }[] = [
  { keys: 'j k', what: 'Dòng sau, dòng trước', where: 'Danh sách' },
  { keys: 'Enter', what: 'Mở dòng đang chọn', where: 'Danh sách' },
  { keys: 'x', what: 'Đánh dấu dòng đang chọn', where: 'Danh sách' },
  { keys: 'a', what: 'Đánh dấu tất cả, hoặc bỏ hết', where: 'Danh sách' },
  { keys: 'c', what: 'Nhận việc ở dòng đang chọn', where: 'Việc cần làm' },
  { keys: 'b', what: 'Làm cùng lúc các dòng đã đánh dấu', where: 'Việc cần làm' },
  { keys: 'n', what: 'Viết ghi chú cho bước đang làm', where: 'Hồ sơ' },
  { keys: '1 … 9', what: 'Đến kết quả thứ mấy của bước; Enter để ghi', where: 'Hồ sơ' },
  { keys: 'u', what: 'Về danh sách, đúng dòng vừa mở', where: 'Hồ sơ' },
  { keys: '/', what: 'Tìm hồ sơ; gõ hoặc quét mã rồi Enter là mở', where: 'Mọi trang' },
  { keys: 'g w', what: 'Đến Việc cần làm', where: 'Mọi trang' },
  { keys: 'g h', what: 'Đến Hồ sơ', where: 'Mọi trang' },
  { keys: 'g q', what: 'Đến Nhận tại quầy', where: 'Mọi trang' },
  { keys: '?', what: 'Mở, đóng bảng phím của trang đang xem', where: 'Mọi trang' },
]

export function KeysScreen({ off }: { off: boolean }) {
  return (
    <>
      <PageHeading title="Phím tắt" lead="Làm trọn một ngày việc không cần chuột. Hai phím viết cách nhau thì gõ lần lượt; đang gõ chữ thì phím tắt không chạy." />
      <Table
        caption="Phím tắt" captionHidden rows={KEYS} empty=""
        columns={[
          { key: 'keys', label: 'Phím', tight: true, cell: (row) => row.keys.split(' ').map((key) => <><kbd>{key}</kbd> </>) },
          { key: 'what', label: 'Làm gì', main: true, cell: (row) => row.what },
          { key: 'where', label: 'Ở đâu', cell: (row) => row.where },
        ]}
      />
      <Form action="/desk/keys" class="under">
        <input type="hidden" name="keys" value={off ? 'on' : 'off'} />
        <Button>{off ? 'Bật phím tắt trên máy này' : 'Tắt phím tắt trên máy này'}</Button>
      </Form>
    </>
  )
}
