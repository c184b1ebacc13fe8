// The directory of those who look after computers, how far it covers the province, and whose turn it is.

import type { FieldError } from '#core/errors.ts'
import { formatDate } from '#core/text/index.ts'
import type { Duty, ItContact, Unit } from '#modules/org/index.ts'
import { Actions, Alert, Button, DayInput, Form, PageHeading, StatusTag, Table } from '#ui/index.ts'
import { unitHref } from '../units.tsx'
import type { Values } from './screens.tsx'

export interface ItView {
  readonly contacts: readonly ItContact[]
  readonly coverage: readonly { label: string; units: number; covered: number; fullTime: number }[]
  readonly duty: readonly Duty[]
  readonly today: string
  readonly units: readonly Unit[]
  readonly mine: (path: string) => boolean
  readonly q: string
  readonly values?: Values
  readonly faults?: readonly FieldError[]
}

export function ItScreen({ contacts, coverage, duty, today, units, mine, q, values = {}, faults = [] }: ItView) {
  const now = duty.filter((one) => one.from <= today)
  return (
    <>
      <PageHeading title="Cán bộ công nghệ thông tin" lead="Hỏng hóc thì gọi ai: danh bạ theo đơn vị, lượt trực, và đơn vị nào còn thiếu người." />
      {faults.length > 0 && <Alert title="Chưa ghi được"><ul>{faults.map((fault) => <li>{fault.message}</li>)}</ul></Alert>}
      {now.length > 0 && <p><StatusTag tone="good" icon="user">Trực hôm nay</StatusTag> {now.map((one) => `${one.fullName} (${one.unitName}) ${one.phone}`).join('; ')}</p>}
      <ol class="quarters" aria-label="Độ phủ">
        {coverage.map((one) => (
          <li><b>{one.label}</b><progress max={Math.max(1, one.units)} value={one.covered} aria-label={`${one.label}: ${one.covered} trên ${one.units} đơn vị có cán bộ`} /><span>{one.covered} / {one.units} đơn vị có người, {one.fullTime} chuyên trách</span></li>
        ))}
      </ol>
      <form class="picks" method="get" action="/admin/it-staff" aria-label="Tìm"><label for="q">Tìm theo tên hoặc đơn vị</label> <input id="q" name="q" class="w16" type="search" value={q} /> <Button icon="search">Tìm</Button></form>
      <Table
        caption="Danh bạ" captionHidden rows={contacts} empty={q ? 'Không có ai khớp.' : 'Danh bạ chưa có ai. Thêm người đầu tiên bên dưới.'}
        columns={[
          { key: 'name', label: 'Họ và tên', main: true, cell: (one) => one.fullName }, { key: 'unit', label: 'Đơn vị', cell: (one) => (mine(one.unitPath) ? <a href={unitHref({ id: one.unitId })}>{one.unitName}</a> : one.unitName) },
          { key: 'phone', label: 'Điện thoại', tight: true, cell: (one) => <a href={`tel:${one.phone}`}>{one.phone}</a> }, { key: 'email', label: 'Thư', tight: true, cell: (one) => one.email ?? '—' },
          { key: 'time', label: '', tight: true, cell: (one) => (one.fullTime ? 'Chuyên trách' : 'Kiêm nhiệm') },
          { key: 'drop', label: '', cell: (one) => (mine(one.unitPath) ? <Form action={`/admin/it-staff/${one.id}/removal`}><Button look="quiet" icon="trash">Bỏ</Button></Form> : '') },
        ]}
      />
      <Form action="/admin/it-staff" class="stack" label="Thêm người">
        <h2>Thêm người</h2>
        <div class="parts">
          <div class="part"><label for="unit">Đơn vị</label><select id="unit" name="unit">{units.map((one) => <option value={one.id} selected={values['unit'] === one.id}>{one.name}</option>)}</select></div>
          <div class="part"><label for="fullName">Họ và tên</label><input id="fullName" name="fullName" value={values['fullName'] ?? ''} /></div>
          <div class="part"><label for="phone">Điện thoại</label><input id="phone" name="phone" inputMode="tel" value={values['phone'] ?? ''} /></div>
          <div class="part"><label for="email">Thư điện tử</label><input id="email" name="email" value={values['email'] ?? ''} /></div>
          <label class="choice"><input type="checkbox" name="fullTime" value="1" checked={values['fullTime'] === '1'} /> <span>Chuyên trách</span></label>
        </div>
        <Actions><Button look="primary" icon="plus">Thêm vào danh bạ</Button></Actions>
      </Form>
      <h2>Lượt trực</h2>
      <Table
        caption="Lượt trực" captionHidden rows={duty} strong={(one) => one.from <= today} empty="Chưa xếp lượt trực nào."
        columns={[{ key: 'days', label: 'Ngày', main: true, tight: true, cell: (one) => `${formatDate(one.from)} – ${formatDate(one.to)}` }, { key: 'name', label: 'Người trực', cell: (one) => `${one.fullName}, ${one.unitName}` }, { key: 'phone', label: 'Điện thoại', tight: true, cell: (one) => one.phone }]}
      />
      {contacts.some((one) => mine(one.unitPath)) && (
        <Form action="/admin/it-staff/duty" class="picks" label="Xếp lượt trực">
          <label for="contact">Người trực</label> <select id="contact" name="contact">{contacts.filter((one) => mine(one.unitPath)).map((one) => <option value={one.id}>{one.fullName}, {one.unitName}</option>)}</select>
          <label for="from">từ</label> <DayInput id="from" name="from" value={today} /> <label for="to">đến hết</label> <DayInput id="to" name="to" value={today} />
          <Button icon="calendar">Xếp lượt</Button>
        </Form>
      )}
    </>
  )
}
