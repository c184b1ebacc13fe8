// Gallery: what leads a person through: steps, faults, confirming, error pages, two columns.

import { Actions, AutosaveStatus, Button, Confirm, ErrorPage, ErrorSummary, FieldView, Form, Notice, Split, Steps } from '../index.ts'
import { Shelf, Specimen } from './specimen.tsx'

export function FlowGallery() {
  return (
    <Shelf id="flow" title="Dẫn đường">
      <Specimen name="Steps">
        <Steps
          label="Các bước nộp hồ sơ"
          steps={[
            { label: 'Ông/bà', state: 'done', href: '#x' },
            { label: 'Cháu bé', state: 'done', href: '#x' },
            { label: 'Cha mẹ', state: 'current' },
            { label: 'Giấy tờ', state: 'todo' },
            { label: 'Xem lại và nộp', state: 'todo' },
          ]}
        />
      </Specimen>
      <Specimen name="ErrorSummary">
        <ErrorSummary
          errors={[
            { key: 'phone', message: 'Số điện thoại gồm 10 chữ số và bắt đầu bằng số 0.' },
            { key: 'birth_date', message: 'Ngày sinh phải trước ngày nộp hồ sơ.' },
          ]}
        />
      </Specimen>
      <Specimen name="Confirm">
        <div class="card">
          <Confirm
            title="Rút hồ sơ này?"
            action="#"
            confirmLabel="Rút hồ sơ"
            cancelHref="#x"
            danger
            hidden={{ code: 'H56.12-261121-0001' }}
            fields={
              <FieldView
                name="withdraw_reason"
                question={{ key: 'withdraw_reason', label: 'Vì sao ông/bà rút?', type: 'longtext', maxLength: 300 }}
              />
            }
          >
            <p>
              Rút rồi thì cán bộ dừng xử lý và không mở lại được; muốn làm tiếp phải nộp hồ sơ mới. Lệ phí 12.000 đ đã trả sẽ được hoàn
              trong 3 ngày làm việc.
            </p>
          </Confirm>
        </div>
      </Specimen>
      <Specimen name="Split, Actions cuối trang, AutosaveStatus">
        <Split
          aside={
            <Notice title="Cần giúp?">
              <p>Gọi 0237 190 022.</p>
            </Notice>
          }
        >
          <Form action="#" label="Đơn mẫu">
            <FieldView name="sample_reason" question={{ key: 'sample_reason', label: 'Ý kiến', type: 'longtext', required: true }} />
            <Actions>
              <Button look="primary">Gửi ý kiến</Button>
              <Button>Lưu nháp</Button>
              <AutosaveStatus savedAt="Đã lưu lúc 10:32" />
            </Actions>
          </Form>
        </Split>
      </Specimen>
      <Specimen name="ErrorPage">
        <div class="card">
          <ErrorPage title="Không thấy trang này" action={{ label: 'Về trang đầu', href: '/' }} reference="Mã yêu cầu 01JD8Z7K4Q">
            <p>Có thể địa chỉ bị gõ sai hoặc hồ sơ đã chuyển chỗ. Thử tìm theo mã hồ sơ, hoặc về trang đầu.</p>
          </ErrorPage>
        </div>
      </Specimen>
    </Shelf>
  )
}
