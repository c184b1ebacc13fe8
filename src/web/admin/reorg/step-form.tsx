// The forms of steps: units are found by words or down the tree and ticked; everything is one form that works without a script and on a phone.

import type { ComponentChildren } from 'preact'
import { calledName, type Unit, UNIT_LEVELS } from '#modules/org/index.ts'
import { type Plan, STEP_KINDS, type StepKind } from '#modules/reorg/index.ts'
import { Actions, Button, Details, ErrorSummary, Form, Icon, LinkButton, PageHeading, type ShownError } from '#ui/index.ts'
import { type Body, many, one } from '../../desk/answers.tsx'
import { KINDS, MOST_TARGETS } from './step-read.ts'
import { planHref } from './words.ts'

export interface Found {
  readonly units: readonly Unit[]
  /** Where one stands in the tree, from the top. */
  readonly trail: readonly Unit[]
  readonly q: string
}

export interface StepFormView {
  readonly plan: Plan
  readonly kind: StepKind
  readonly body: Body
  readonly errors: readonly ShownError[]
  /** Units that the form names already, by id. */
  readonly units: ReadonlyMap<string, Unit>
  /** What each chooser shows, by the name of its field. */
  readonly found: (name: string) => Found
  /** Units that earlier steps of this plan found: may take things in as well. */
  readonly planned: readonly { readonly id: string; readonly name: string; readonly code: string }[]
  readonly fields: readonly { readonly code: string; readonly name: string }[]
}

const LEADS: Readonly<Record<StepKind, string>> = {
  merge: 'Hồ sơ, cán bộ, mã cũ của các đơn vị nhập lại theo về đơn vị nhận. Tên và mã cũ vẫn tra được mãi mãi.',
  split: 'Chia hẳn một đơn vị, hoặc tách một phần sang đơn vị khác. Quy tắc cho biết hồ sơ nào đi đâu; không quy tắc nào nhắc tới thì về đơn vị nhận chính.',
  rename: 'Đơn vị vẫn là đơn vị ấy; tên, mã cũ vẫn tra được.', move: 'Đơn vị và mọi bộ phận của nó về dưới một cấp trên khác; người trong đơn vị không đổi.',
  abolish: 'Đơn vị kết thúc; việc, hồ sơ, cán bộ của nó về nơi khác.', create: 'Đơn vị mới, kèm bộ phận và chức danh theo mẫu một đơn vị đang có.',
}

const faultOf = (errors: readonly ShownError[], key: string) => errors.find((error) => error.key === key)?.message

function Text({ name, label, hint, errors, body, wide }: { name: string; label: string; hint?: string; errors: readonly ShownError[]; body: Body; wide?: boolean }) {
  const fault = faultOf(errors, name)
  return (
    <div class={fault ? 'q wrong' : 'q'}>
      <label class="label" for={name}>{label}</label>
      {hint && <p class="hint" id={`${name}--hint`}>{hint}</p>}
      {fault && <p class="fault" id={`${name}--error`}>{fault}</p>}
      <input id={name} name={name} value={one(body, name)} class={wide ? undefined : 'w16'} autocomplete="off" aria-invalid={fault ? true : undefined} aria-describedby={fault ? `${name}--error` : hint ? `${name}--hint` : undefined} />
    </div>
  )
}

const place = (unit: Unit): string => `${calledName(unit)}, mã ${unit.code}`

/** Finds units and has them ticked; what is ticked stays while one goes on looking. */
function Chooser({ view, name, label, hint, several, shut, extra }: { view: StepFormView; name: string; label: string; hint?: string; several?: boolean; shut?: boolean; extra?: ComponentChildren }) {
  const { body, errors, units, found } = view
  const chosen = (several ? many(body, name) : [one(body, name)]).flatMap((id) => units.get(id) ?? [])
  const { units: list, trail, q } = found(name)
  const fault = faultOf(errors, name)
  const type = several ? 'checkbox' : 'radio'
  const rest = list.filter((unit) => !chosen.some((one) => one.id === unit.id))
  return (
    <fieldset class={fault ? 'q chooser wrong' : 'q chooser'} id={name}>
      <legend class="label">{label}</legend>
      {hint && <p class="hint">{hint}</p>}
      {fault && <p class="fault">{fault}</p>}
      {chosen.map((unit) => <label class="choice"><input type={type} name={name} value={unit.id} checked /><span>{place(unit)}</span></label>)}
      {extra}
      <Details summary={chosen.length > 0 ? 'Tìm thêm, đổi' : 'Tìm đơn vị'} open={(chosen.length === 0 && !shut) || q !== '' || one(body, 'under').startsWith(`${name} `) || one(body, 'looking') === name}>
        <div class="search">
          <input type="search" name={`q.${name}`} value={q} aria-label={`Tìm: ${label}`} placeholder="Tên hoặc mã, có dấu hay không" autocomplete="off" />
          <button class="btn secondary" name="looking" value={name} formaction={planHref(view.plan.id, `/steps/draw?kind=${view.kind}#${name}`)}><Icon name="search" /><span>Tìm</span></button>
        </div>
        <p class="trail">
          {trail.map((unit, at) => (
            <>{at > 0 && ' › '}<button class="as-link" name="under" value={`${name} ${unit.id}`} formaction={planHref(view.plan.id, `/steps/draw?kind=${view.kind}#${name}`)}>{at === 0 ? 'Cả tỉnh' : calledName(unit)}</button></>
          ))}
        </p>
        <ul class="finds">
          {rest.map((unit) => (
            <li>
              <label class="choice"><input type={type} name={name} value={unit.id} /><span>{place(unit)} <span class="soft">{UNIT_LEVELS[unit.level]}</span></span></label>
              {q === '' && ['tinh', 'huyen', 'xa'].includes(unit.level) && (
                <button class="as-link" name="under" value={`${name} ${unit.id}`} formaction={planHref(view.plan.id, `/steps/draw?kind=${view.kind}#${name}`)}>Bên dưới<span class="sr"> {calledName(unit)}</span></button>
              )}
            </li>
          ))}
        </ul>
        {rest.length === 0 && <p class="soft">{q === '' ? 'Không còn đơn vị nào ở đây.' : `Không có đơn vị đang hoạt động nào khớp “${q}”.`}</p>}
      </Details>
    </fieldset>
  )
}

const NewUnit = ({ view, like }: { view: StepFormView; like?: string }) => (
  <>
    <Text name="new.name" label="Tên đơn vị mới" hint={like ?? 'Ví dụ: xã Hoằng Lộc. Với xã, phường, huyện không cần ghi “Ủy ban nhân dân”.'} errors={view.errors} body={view.body} wide />
    <Text name="new.code" label="Mã đơn vị mới" hint="Mã in trên giấy tờ, ví dụ 16012. Được dùng lại mã của một đơn vị kết thúc cùng lúc." errors={view.errors} body={view.body} />
    <div class="q">
      <label class="label" for="new.kind">Loại</label>
      <select id="new.kind" name="new.kind">
        <option value="">Như đơn vị trước</option>
        {Object.entries(KINDS).map(([kind, label]) => <option value={kind} selected={one(view.body, 'new.kind') === kind}>{label}</option>)}
      </select>
    </div>
  </>
)

function Merge({ view }: { view: StepFormView }) {
  const chosen = many(view.body, 'from').flatMap((id) => view.units.get(id) ?? [])
  const into = one(view.body, 'into')
  return (
    <>
      <Chooser view={view} name="from" label="Các đơn vị nhập lại" hint="Tích từng đơn vị; đơn vị đầu tiên là đơn vị chính." several />
      <fieldset class={faultOf(view.errors, 'into') ? 'q wrong' : 'q'} id="into">
        <legend class="label">Thành đơn vị nào</legend>
        {faultOf(view.errors, 'into') && <p class="fault">{faultOf(view.errors, 'into')}</p>}
        {chosen.map((unit) => <label class="choice"><input type="radio" name="into" value={unit.id} checked={into === unit.id} /><span>Nhập vào {place(unit)}</span></label>)}
        {view.planned.map((unit) => <label class="choice"><input type="radio" name="into" value={unit.id} checked={into === unit.id} /><span>{calledName(unit)}, mã {unit.code} (mới, đã có trong kế hoạch)</span></label>)}
        <label class="choice"><input type="radio" name="into" value="new" checked={into === 'new' || (into === '' && chosen.length === 0)} /><span>Một đơn vị mới, ghi ở dưới</span></label>
        <div class="inset"><NewUnit view={view} /></div>
      </fieldset>
    </>
  )
}

function Split({ view }: { view: StepFormView }) {
  const { body, units, errors, planned, fields } = view
  const whole = units.get(one(body, 'unit'))
  const commune = whole?.level === 'xa'
  const shown = Math.max(2, ...Array.from({ length: MOST_TARGETS }, (_, n) => (one(body, `to.${n}.unit`) || one(body, `to.${n}.name`) ? n + 2 : 0)))
  return (
    <>
      <Chooser view={view} name="unit" label="Đơn vị cần chia, tách" />
      <label class="choice"><input type="checkbox" name="keeps" value="1" checked={one(body, 'keeps') === '1'} /><span>Đơn vị này còn hoạt động, chỉ tách đi một phần</span></label>
      {Array.from({ length: Math.min(shown, MOST_TARGETS) }, (_, n) => (
        <fieldset class="q part-to">
          <legend class="label">Phần {n + 1}</legend>
          <label class="choice"><input type="radio" name="main" value={String(n)} checked={one(body, 'main') === String(n) || (one(body, 'main') === '' && n === 0)} /><span>Nhận mọi việc không quy tắc nào nhắc tới</span></label>
          <Chooser
            view={view} name={`to.${n}.unit`} label="Về đơn vị đang có" shut
            extra={planned.map((unit) => <label class="choice"><input type="radio" name={`to.${n}.unit`} value={unit.id} checked={one(body, `to.${n}.unit`) === unit.id} /><span>{calledName(unit)} (mới, đã có trong kế hoạch)</span></label>)}
          />
          <Details summary="Hoặc thành đơn vị mới" open={one(body, `to.${n}.name`) !== ''}>
            <Text name={`to.${n}.name`} label="Tên đơn vị mới" errors={errors} body={body} wide />
            <Text name={`to.${n}.code`} label="Mã đơn vị mới" errors={errors} body={body} />
          </Details>
          {(commune || !whole) && (
            <div class="q">
              <label class="label" for={`to.${n}.villages`}>Gồm các thôn, tổ dân phố</label>
              <p class="hint">Mỗi dòng một thôn. Hồ sơ của người ở các thôn này theo về đây.</p>
              <textarea id={`to.${n}.villages`} name={`to.${n}.villages`} rows={3}>{one(body, `to.${n}.villages`)}</textarea>
            </div>
          )}
          {!commune && fields.length > 0 && (
            <Details summary="Nhận hồ sơ theo lĩnh vực" open={many(body, `to.${n}.fields`).length > 0}>
              {fields.map((field) => <label class="choice"><input type="checkbox" name={`to.${n}.fields`} value={field.code} checked={many(body, `to.${n}.fields`).includes(field.code)} /><span>{field.name}</span></label>)}
            </Details>
          )}
        </fieldset>
      ))}
      {faultOf(errors, 'rules') && <p class="fault">{faultOf(errors, 'rules')}</p>}
    </>
  )
}

function Rename({ view }: { view: StepFormView }) {
  return (
    <>
      <Chooser view={view} name="unit" label="Đơn vị đổi tên, đổi mã" />
      <Text name="name" label="Tên mới" hint="Để trống khi chỉ đổi mã." errors={view.errors} body={view.body} wide />
      <Text name="code" label="Mã mới" hint="Để trống khi giữ mã." errors={view.errors} body={view.body} />
      <div class="q">
        <label class="label" for="unitKind">Loại</label>
        <select id="unitKind" name="unitKind"><option value="">Giữ nguyên</option>{Object.entries(KINDS).map(([kind, label]) => <option value={kind} selected={one(view.body, 'unitKind') === kind}>{label}</option>)}</select>
      </div>
    </>
  )
}

const Move = ({ view }: { view: StepFormView }) => (
  <>
    <Chooser view={view} name="unit" label="Đơn vị cần chuyển" />
    <Chooser view={view} name="parent" label="Cấp trên mới" />
  </>
)

const Abolish = ({ view }: { view: StepFormView }) => (
  <>
    <Chooser view={view} name="unit" label="Đơn vị giải thể" />
    <label class="choice"><input type="checkbox" name="byCommune" value="1" checked={one(view.body, 'byCommune') === '1'} /><span>Hồ sơ về xã, phường nơi phát sinh (như khi kết thúc cấp huyện)</span></label>
    <Chooser
      view={view} name="main" label="Đơn vị nhận việc còn lại"
      extra={view.planned.map((unit) => <label class="choice"><input type="radio" name="main" value={unit.id} checked={one(view.body, 'main') === unit.id} /><span>{calledName(unit)} (mới, đã có trong kế hoạch)</span></label>)}
    />
  </>
)

function Create({ view }: { view: StepFormView }) {
  return (
    <>
      <NewUnit view={view} />
      <div class="q">
        <label class="label" for="level">Cấp</label>
        <select id="level" name="level"><option value="">Như đơn vị làm mẫu</option>{Object.entries(UNIT_LEVELS).map(([level, label]) => <option value={level} selected={one(view.body, 'level') === level}>{label}</option>)}</select>
      </div>
      <Chooser view={view} name="parent" label="Cấp trên" />
      <Chooser view={view} name="like" shut label="Bộ phận và chức danh như của" hint="Không chọn thì đơn vị mới chưa có bộ phận, chức danh nào." />
      <Details summary="Vị trí trụ sở" open={one(view.body, 'latitude') !== '' || ['latitude', 'longitude', 'source'].some((key) => faultOf(view.errors, key))}>
        <Text name="latitude" label="Vĩ độ" hint="Ví dụ 19,80710." errors={view.errors} body={view.body} />
        <Text name="longitude" label="Kinh độ" hint="Ví dụ 105,77630." errors={view.errors} body={view.body} />
        <Text name="address" label="Địa chỉ" errors={view.errors} body={view.body} wide />
        <Text name="source" label="Vị trí lấy từ đâu" hint="Ví dụ: đo bằng GPS ngày 20/11/2026." errors={view.errors} body={view.body} wide />
      </Details>
    </>
  )
}

const FORMS: Readonly<Record<StepKind, (props: { view: StepFormView }) => ComponentChildren>> = { merge: Merge, split: Split, rename: Rename, move: Move, abolish: Abolish, create: Create }

export function StepScreen({ view }: { view: StepFormView }) {
  const Body = FORMS[view.kind]
  return (
    <div class="measure wide">
      <ErrorSummary errors={view.errors} />
      <PageHeading title={STEP_KINDS[view.kind]} lead={LEADS[view.kind]} />
      <Form action={planHref(view.plan.id, `/steps?kind=${view.kind}`)} class="step-form">
        {/* Enter in a search field looks, it does not write. */}
        <button class="sr" tabindex={-1} aria-hidden="true" formaction={planHref(view.plan.id, `/steps/draw?kind=${view.kind}`)}>Tìm</button>
        <Body view={view} />
        <Actions sticky>
          <Button look="primary" busyText="Đang ghi…">Thêm vào kế hoạch</Button>
          <LinkButton look="quiet" href={planHref(view.plan.id)}>Không thêm</LinkButton>
        </Actions>
      </Form>
    </div>
  )
}
