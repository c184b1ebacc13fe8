// A unit that begins: its form, its way to going live, the list of people taken on with passwords shown once, villages.

import type { FieldError } from '#core/errors.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import type { Rollout, Unit, UnitTemplate } from '#modules/org/index.ts'
import type { NotYetIn, Taken, TakenOn } from '#modules/identity/index.ts'
import { Actions, Alert, Button, DayInput, Form, Icon, LinkButton, Notice, PageHeading, StatusTag, Table } from '#ui/index.ts'
import { unitHref } from '../units.tsx'

export type Values = Readonly<Record<string, string>>

const faultOf = (faults: readonly FieldError[], key: string) => faults.find((one) => one.key === key)?.message

function Field({ name, label, hint, value, faults, placeholder, type = 'text' }: { name: string; label: string; hint?: string; value: string | undefined; faults: readonly FieldError[]; placeholder?: string; type?: 'text' | 'date' }) {
  const fault = faultOf(faults, name)
  return (
    <div class={fault ? 'q wrong' : 'q'}>
      <label class="label" for={name}>{label}</label>
      {hint && <p class="hint">{hint}</p>}
      {fault && <p class="fault">{fault}</p>}
      {type === 'date'
        ? <DayInput id={name} name={name} value={value} aria-invalid={fault ? 'true' : undefined} />
        : <input id={name} name={name} value={value ?? ''} placeholder={placeholder} aria-invalid={fault ? 'true' : undefined} />}
    </div>
  )
}

export function NewUnitScreen({ templates, parents, values, faults }: { templates: readonly UnitTemplate[]; parents: readonly Unit[]; values: Values; faults: readonly FieldError[] }) {
  const wrong = (key: string) => faultOf(faults, key)
  return (
    <>
      <PageHeading title="Lập đơn vị mới" lead="Chọn loại, ghi tên và mã: các phòng, chức danh được lập sẵn theo khung. Người dân chỉ thấy đơn vị khi đã đưa vào vận hành." />
      {faults.length > 0 && <Alert title="Chưa lập được đơn vị"><ul>{faults.map((fault) => <li>{fault.message}</li>)}</ul></Alert>}
      <Form action="/admin/units/new" class="stack" label="Lập đơn vị mới" guard>
        <fieldset class={wrong('template') ? 'q wrong' : 'q'}>
          <legend class="label">Loại đơn vị</legend>
          {templates.map((one) => (
            <label class="choice"><input type="radio" name="template" value={one.id} checked={values['template'] === one.id} /> <span><b>{one.label}</b><br /><span class="soft">{one.about}</span></span></label>
          ))}
        </fieldset>
        <Field name="name" label="Tên" hint="Xã, phường chỉ ghi tên riêng (Hạc Thành); đơn vị khác ghi cả tên" value={values['name']} faults={faults} />
        <Field name="code" label="Mã" hint="Xã, phường: năm chữ số theo danh mục đơn vị hành chính; đơn vị khác: chữ hoa không dấu, ví dụ 14797.QLDA" value={values['code']} faults={faults} />
        <Field name="identifier" label="Mã định danh điện tử (QĐ 20/2020/QĐ-TTg), nếu đã có" value={values['identifier']} faults={faults} placeholder="H56.123" />
        <div class={wrong('parent') ? 'q wrong' : 'q'}>
          <label class="label" for="parent">Cấp trên</label>
          {wrong('parent') && <p class="fault">{wrong('parent')}</p>}
          <select id="parent" name="parent" aria-invalid={wrong('parent') ? 'true' : undefined}>{parents.map((one) => <option value={one.id} selected={values['parent'] === one.id}>{one.name}</option>)}</select>
        </div>
        <Field name="decision" label="Quyết định thành lập hoặc giao nhiệm vụ" value={values['decision']} faults={faults} placeholder="12/QĐ-UBND ngày 5/1/2027" />
        <Field name="from" label="Hoạt động từ ngày" type="date" value={values['from']} faults={faults} />
        <Actions><Button look="primary" busyText="Đang lập…">Lập đơn vị</Button><LinkButton look="quiet" href="/admin/units">Quay lại, không lập</LinkButton></Actions>
      </Form>
    </>
  )
}

export interface Readiness {
  readonly label: string
  readonly done: boolean
  /** Without it the unit cannot go live. */
  readonly needed: boolean
  readonly note: string
  readonly href?: string
}

export function OpeningScreen({ unit, rollout, items, mayPlan, vacant, waiting: notIn, again = false, faults = [], list = '', villages = '' }: {
  unit: Unit; rollout: Rollout | null; items: readonly Readiness[]; mayPlan: boolean; vacant: readonly { title: string; count: number }[]; waiting: readonly NotYetIn[]; again?: boolean; faults?: readonly FieldError[]; list?: string; villages?: string
}) {
  const here = `${unitHref(unit)}/opening`
  const waiting = rollout !== null && rollout.liveAt === null
  return (
    <>
      <PageHeading
        title={`Đưa ${unit.name} vào vận hành`}
        meta={waiting ? <StatusTag tone="warn" icon="hourglass">Chưa vận hành: người dân chưa thấy</StatusTag> : <StatusTag tone="good" icon="check">Đang vận hành</StatusTag>}
      />
      {faults.length > 0 && <Alert title="Chưa làm được"><ul>{faults.map((fault) => <li>{fault.message}</li>)}</ul></Alert>}
      {again && <Notice tone="info" title="Các tài khoản này đã được lập ở lần bấm trước"><p>Nếu chưa kịp in mật khẩu, hãy đặt lại cho những người chưa đăng nhập lần nào, ngay dưới đây.</p></Notice>}
      {notIn.length > 0 && <NotYetInSection here={here} people={notIn} />}
      <section aria-labelledby="at-ready">
        <h2 id="at-ready">Đã có những gì</h2>
        <ul class="readiness">
          {items.map((item) => (
            <li class={item.done ? 'done' : item.needed ? 'lacking' : undefined}>
              <Icon name={item.done ? 'tick' : item.needed ? 'alert' : 'circle'} />
              <div><b>{item.href ? <a href={item.href}>{item.label}</a> : item.label}</b> <span class="sr">{item.done ? 'đã có' : 'chưa có'}</span><br /><span class="soft">{item.note}</span></div>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="at-people">
        <h2 id="at-people">Giao chức danh và lập tài khoản hàng loạt</h2>
        {vacant.length === 0 ? <p>Mọi chức danh đều có người giữ.</p> : (
          <>
            <p class="soft">Còn trống: {vacant.map((one) => `${one.title}${one.count > 1 ? ` (${one.count})` : ''}`).join(', ')}.</p>
            <Form action={`${here}/people`} class="stack" label="Lập tài khoản hàng loạt" guard>
              <div class="q">
                <label class="label" for="list">Danh sách cán bộ</label>
                <p class="hint">Dán từ bảng tính, mỗi người một dòng: họ và tên, chức danh, điện thoại, tên đăng nhập (bỏ trống thì tự đặt). Các cột cách nhau bằng tab hoặc dấu chấm phẩy.</p>
                <textarea id="list" name="list" rows={8} placeholder={'Lê Thị Hồng Ánh; Công chức Bộ phận một cửa; 0912345678'}>{list}</textarea>
              </div>
              <Actions><Button look="primary">Xem trước</Button></Actions>
            </Form>
          </>
        )}
      </section>
      {unit.level === 'xa' && (
        <section aria-labelledby="at-villages">
          <h2 id="at-villages">Thôn, bản, tổ dân phố</h2>
          <Form action={`${here}/villages`} class="stack" label="Thêm thôn, tổ dân phố">
            <div class="q">
              <label class="label" for="villages">Mỗi thôn một dòng, sau dấu gạch là người đứng đầu</label>
              <textarea id="villages" name="list" rows={4} placeholder={'Thôn Đông Thành - Lê Văn Sỹ\nTổ dân phố Quang Trung 1 - Phạm Thị Ngoan'}>{villages}</textarea>
            </div>
            <Actions><Button icon="plus">Thêm thôn, tổ dân phố</Button></Actions>
          </Form>
        </section>
      )}
      {waiting && mayPlan && (
        <section aria-labelledby="at-live">
          <h2 id="at-live">Ngày vận hành</h2>
          <Form action={`${here}/plan`} class="picks" label="Đặt ngày vận hành">
            <label for="wave">Đợt</label> <input id="wave" name="wave" class="w8" inputMode="numeric" value={rollout.wave ?? ''} />
            <label for="plannedOn">Ngày</label> <DayInput id="plannedOn" name="plannedOn" value={rollout.plannedOn} />
            <Button icon="calendar">Đặt ngày</Button>
          </Form>
          <Form action={`${here}/live`} class="stack"><Button look="primary" icon="check">Đưa vào vận hành ngay</Button></Form>
        </section>
      )}
      <Actions><LinkButton href={unitHref(unit)}>Về trang đơn vị</LinkButton></Actions>
    </>
  )
}

export function PeoplePreview({ unit, rows, list }: { unit: Unit; rows: readonly Taken[]; list: string }) {
  const wrong = rows.filter((row) => row.fault)
  const here = `${unitHref(unit)}/opening`
  return (
    <>
      <PageHeading title="Xem trước danh sách cán bộ" lead={unit.name} />
      {wrong.length > 0 ? <Alert title={`${wrong.length} dòng cần sửa`}><p>Chưa có tài khoản nào được lập. Sửa ở khung bên dưới rồi xem trước lại.</p></Alert> : <Notice tone="good" title={`${rows.length} người, đủ điều kiện`}><p>Mật khẩu chỉ hiện một lần sau khi lập; mỗi người phải đổi ở lần đăng nhập đầu.</p></Notice>}
      <Table
        caption="Cán bộ trong danh sách" captionHidden rows={rows} strong={(row) => row.fault !== null} empty="Danh sách chưa có dòng nào."
        columns={[
          { key: 'line', label: 'Dòng', num: true, cell: (row) => row.line }, { key: 'name', label: 'Họ và tên', main: true, cell: (row) => row.fullName || '—' },
          { key: 'post', label: 'Chức danh', cell: (row) => (row.post ? `${row.post.title}, ${row.post.unitName}` : '—') }, { key: 'phone', label: 'Điện thoại', tight: true, cell: (row) => row.phone ?? '—' },
          { key: 'login', label: 'Tên đăng nhập', tight: true, cell: (row) => row.login },
          { key: 'fault', label: '', cell: (row) => (row.fault ? <StatusTag tone="bad" icon="alert">{row.fault}</StatusTag> : <StatusTag tone="good" icon="check">Được</StatusTag>) },
        ]}
      />
      <Form action={`${here}/people`} class="stack" label="Sửa và lập tài khoản" guard>
        <div class="q"><label class="label" for="list">Danh sách</label><textarea id="list" name="list" rows={Math.min(20, rows.length + 2)}>{list}</textarea></div>
        <Actions>
          {wrong.length === 0 && rows.length > 0 && <Button look="primary" name="do" value="take" busyText="Đang lập…">Giao chức danh và lập {rows.length} tài khoản</Button>}
          <Button>Xem trước lại</Button>
          <LinkButton look="quiet" href={here}>Quay lại, không lập</LinkButton>
        </Actions>
      </Form>
    </>
  )
}

/** Whose password was given out and who has never come in: a page closed too early costs nothing. */
function NotYetInSection({ here, people }: { here: string; people: readonly NotYetIn[] }) {
  return (
    <section aria-labelledby="at-waiting">
      <h2 id="at-waiting">Chưa đăng nhập lần nào</h2>
      <p class="soft">Chưa in kịp hoặc làm mất phiếu mật khẩu: đặt lại, mật khẩu mới hiện một lần. Phiếu cũ của những người này hết dùng được.</p>
      <Form action={`${here}/passwords`} label="Đặt lại mật khẩu cho những người chưa đăng nhập lần nào" guard>
        <Table
          caption="Người chưa đăng nhập lần nào" captionHidden rows={people} empty=""
          select={{ name: 'officers', value: (one) => one.officerId, label: (one) => `Chọn ${one.fullName}`, checked: () => true }}
          columns={[
            { key: 'name', label: 'Họ và tên', main: true, cell: (one) => one.fullName }, { key: 'title', label: 'Chức danh', cell: (one) => one.title },
            { key: 'login', label: 'Tên đăng nhập', tight: true, cell: (one) => <code>{one.login}</code> }, { key: 'at', label: 'Đặt mật khẩu lúc', tight: true, cell: (one) => formatDateTime(one.givenAt) },
          ]}
        />
        <Actions><Button busyText="Đang đặt lại…">Đặt lại mật khẩu cho những người đã chọn</Button></Actions>
      </Form>
    </section>
  )
}

/** Shown once; the print is cut into slips. */
export function PasswordsScreen({ unit, taken, anew = false }: { unit: Unit; taken: readonly TakenOn[]; anew?: boolean }) {
  return (
    <>
      <PageHeading title={anew ? `${taken.length} mật khẩu đã đặt lại` : `${taken.length} tài khoản đã lập`} lead="Mật khẩu chỉ hiện lần này. In ra, cắt từng phiếu và trao tận tay; lỡ đóng trang thì đặt lại ở trang đưa đơn vị vào vận hành." />
      <Table
        caption={`Tài khoản của ${unit.name}`} captionHidden rows={taken} empty=""
        columns={[
          { key: 'name', label: 'Họ và tên', main: true, cell: (one) => one.fullName }, { key: 'title', label: 'Chức danh', cell: (one) => one.title }, { key: 'login', label: 'Tên đăng nhập', tight: true, cell: (one) => <code>{one.login}</code> },
          { key: 'password', label: 'Mật khẩu lần đầu', tight: true, cell: (one) => <code>{one.password}</code> },
        ]}
      />
      <Actions><LinkButton href={`${unitHref(unit)}/opening`} look="primary">Xong, đã in</LinkButton></Actions>
    </>
  )
}

export function RolloutScreen({ waiting, live, coverage, mayPlan }: { waiting: readonly Rollout[]; live: readonly Rollout[]; coverage: readonly { label: string; units: number; live: number }[]; mayPlan: boolean }) {
  return (
    <>
      <PageHeading title="Triển khai" lead="Đơn vị nào đã vận hành, đơn vị nào vào đợt nào." />
      <ol class="quarters" aria-label="Độ phủ">
        {coverage.map((one) => (
          <li><b>{one.label}</b><progress max={Math.max(1, one.units)} value={one.live} aria-label={`${one.label}: ${one.live} trên ${one.units} đơn vị đang vận hành`} /><span>{one.live} / {one.units} đơn vị ({one.units === 0 ? 0 : Math.round((one.live / one.units) * 100)}%)</span></li>
        ))}
      </ol>
      <h2>Chưa vận hành</h2>
      <Form action="/admin/rollout" class="stack" label="Xếp đợt">
        <Table
          caption="Đơn vị chưa vận hành" captionHidden rows={waiting} rowHref={(one) => `${unitHref(one.unit)}/opening`} empty="Mọi đơn vị đã lập đều đang vận hành."
          {...(mayPlan ? { select: { name: 'units', value: (one: Rollout) => one.unit.id, label: (one: Rollout) => `Chọn ${one.unit.name}` } } : {})}
          columns={[
            { key: 'name', label: 'Đơn vị', main: true, cell: (one) => one.unit.name }, { key: 'wave', label: 'Đợt', tight: true, cell: (one) => one.wave ?? '—' },
            { key: 'on', label: 'Ngày dự kiến', tight: true, cell: (one) => (one.plannedOn ? formatDate(one.plannedOn) : '—') }, { key: 'note', label: 'Ghi chú', cell: (one) => one.note ?? '' },
          ]}
        />
        {mayPlan && waiting.length > 0 && (
          <div class="picks">
            <label for="wave">Xếp các đơn vị đã chọn vào đợt</label> <input id="wave" name="wave" class="w8" inputMode="numeric" />
            <label for="plannedOn">ngày</label> <DayInput id="plannedOn" name="plannedOn" />
            <Button icon="calendar">Xếp đợt</Button>
          </div>
        )}
      </Form>
      {live.length > 0 && (
        <>
          <h2>Đã vận hành theo kế hoạch</h2>
          <Table
            caption="Đơn vị đã vận hành" captionHidden rows={live} rowHref={(one) => unitHref(one.unit)} empty=""
            columns={[{ key: 'name', label: 'Đơn vị', main: true, cell: (one) => one.unit.name }, { key: 'wave', label: 'Đợt', tight: true, cell: (one) => one.wave ?? '—' }, { key: 'at', label: 'Từ', tight: true, cell: (one) => formatDate(one.liveAt!) }]}
          />
        </>
      )}
      <Actions><LinkButton href="/admin/units/new" icon="plus">Lập đơn vị mới</LinkButton></Actions>
    </>
  )
}
