// The first tab: what the procedure is, whom it is for, how long it takes, where it is filed, who decides, on what law it rests.

import { channelLabels, type DraftRecord, levelLabels, onlineLevelLabels, targetLabels } from '#modules/procedures/index.ts'
import { Details } from '#ui/index.ts'
import { Block, Checks, type Choice, choicesOf, Rows, Select, Text } from './fields.tsx'

type Obj = { readonly [key: string]: unknown }
const obj = (value: unknown): Obj => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Obj) : {})
const list = (value: unknown): readonly Obj[] => (Array.isArray(value) ? value.map(obj) : [])

/** What the tab offers beside the record: known fields and ministries, departments of the province. */
export interface BasicsOffers {
  readonly fields: readonly { readonly code: string; readonly name: string }[]
  readonly ministries: readonly { readonly code: string; readonly name: string }[]
  readonly departments: readonly Choice[]
}

const UNITS: readonly Choice[] = [{ value: 'ngay_lam_viec', label: 'ngày làm việc' }, { value: 'ngay', label: 'ngày' }, { value: 'gio_lam_viec', label: 'giờ làm việc' }, { value: 'thang', label: 'tháng' }]
const MODES: readonly Choice[] = [{ value: 'legal', label: 'Theo luật (ngày sau ngày nhận là ngày thứ nhất)' }, { value: 'hours', label: 'Theo giờ làm việc, từ lúc nhận' }, { value: 'same_day', label: 'Trả trong ngày, có giờ chốt nhận' }]

export function BasicsFields({ record, offers }: { record: DraftRecord; offers: BasicsOffers }) {
  const online = obj(record.online)
  return (
    <>
      <Block id="what" title="Thủ tục" lead="Người dân đọc tên và tóm tắt này trước tiên.">
        <Text name="name" label="Tên thủ tục" value={record.name} rows={2} />
        <Text name="summary" label="Tóm tắt" value={record.summary} rows={3} hint="Một, hai câu thường: dành cho ai, nhận được gì." />
        <Text name="keywords:l" label="Từ khóa" value={record.keywords} rows={4} hint="Mỗi dòng một cách nói của người dân khi tìm thủ tục này." />
        <div class="pair">
          <Coded name="field" label="Lĩnh vực" value={obj(record.field)} known={offers.fields} />
          <Coded name="ministry" label="Bộ, ngành quản lý" value={obj(record.ministry)} known={offers.ministries} />
        </div>
      </Block>
      <Block id="who" title="Dành cho ai, ở cấp nào">
        <Checks name="targets" label="Đối tượng thực hiện" value={record.targets} choices={choicesOf(targetLabels)} />
        <Checks name="levels" label="Cấp thực hiện" value={record.levels} choices={choicesOf(levelLabels)} />
      </Block>
      <Block id="competence" title="Ai giải quyết" lead="Hồ sơ tự về đúng cơ quan theo mục này, đúng ngày nộp.">
        <Decides record={record} departments={offers.departments} />
      </Block>
      <Block id="term" title="Thời hạn và cách nộp" lead="Hạn trả tính theo lịch làm việc của cơ quan giải quyết (Bộ luật Dân sự, Điều 147, 148).">
        <Term at="term" term={obj(record.term)} label="Thời hạn giải quyết" />
        <Channels record={record} />
        <Extension record={record} />
        <div class="pair">
          <Select name="online.level" label="Mức độ trực tuyến" value={online.level} choices={choicesOf(onlineLevelLabels)} />
          <Select name="online.legacyLevel:n" label="Mức độ cũ (trước 2022)" value={online.legacyLevel === undefined ? '' : String(online.legacyLevel)} none="Không ghi" choices={['1', '2', '3', '4'].map((value) => ({ value, label: `Mức độ ${value}` }))} />
        </div>
        <Text name="online.note" label="Ghi chú về mức độ trực tuyến" value={online.note} hint="Vì sao chưa toàn trình, nếu chưa." />
      </Block>
      <Block id="results" title="Kết quả">
        <Rows name="results" rows={list(record.results)} add="Thêm kết quả" empty="Chưa có kết quả nào." each={(at, row, no) => <ResultRow at={at} row={obj(row)} no={no} />} />
      </Block>
      <Block id="conditions" title="Yêu cầu, điều kiện" lead="Điều kiện có biểu thức được kiểm tra ngay khi người dân khai.">
        <Rows
          name="conditions" rows={list(record.conditions)} add="Thêm điều kiện" optional empty="Không có yêu cầu, điều kiện."
          each={(at, row, no) => (
            <>
              <Text name={`${at}.text`} label="Điều kiện" hidden={no} value={obj(row).text} rows={2} />
              <Text name={`${at}.check`} label="Kiểm tra bằng biểu thức (nếu kiểm tra được)" hidden={no} value={obj(row).check} example='form.co_giay_phep = "co"'  />
            </>
          )}
        />
      </Block>
      <Block id="legalBasis" title="Căn cứ pháp lý" lead="Mỗi mục người dân và cán bộ thấy trên thủ tục đều phải có văn bản ở đây.">
        <Rows
          name="legalBasis" rows={list(record.legalBasis)} add="Thêm văn bản" empty="Chưa có văn bản nào." tight
          each={(at, row, no) => (
            <div class="law-row">
              <Text name={`${at}.no`} label="Số, ký hiệu" hidden={no} value={obj(row).no} example="118/2025/NĐ-CP" />
              <Text name={`${at}.name`} label="Tên văn bản" hidden={no} value={obj(row).name} rows={1} />
              <Text name={`${at}.articles`} label="Điều, khoản" hidden={no} value={obj(row).articles} />
            </div>
          )}
        />
      </Block>
      <Block id="remarks" title="Ghi chú">
        <Text name="notes" label="Ghi chú cho cán bộ" value={record.notes} rows={3} />
        <Text name="sources:l" label="Nguồn" value={record.sources} rows={2} hint="Mỗi dòng một nguồn đã đối chiếu." />
      </Block>
    </>
  )
}

/** A code with its name: one that is known, or a new one written in. */
function Coded({ name, label, value, known }: { name: string; label: string; value: Obj; known: BasicsOffers['fields'] }) {
  const now = value.code ? JSON.stringify({ code: value.code, name: value.name }) : ''
  const choices = [...known.map(({ code, name: text }) => ({ value: JSON.stringify({ code, name: text }), label: `${text} (${code})` }))]
  if (now && !choices.some((one) => one.value === now)) choices.unshift({ value: now, label: `${String(value.name ?? '')} (${String(value.code)})` })
  return (
    <div>
      <Select name={`${name}:j`} label={label} value={now} choices={choices} />
      <Details summary="Chưa có trong danh sách">
        <div class="pair"><Text name={`${name}.code`} label="Mã" value="" /><Text name={`${name}.name`} label="Tên" value="" /></div>
      </Details>
    </div>
  )
}

/** Questions of the form that name a commune: by them a procedure may say where it is decided. */
function placesIn(record: DraftRecord): Choice[] {
  return list(obj(record.form).sections).flatMap((section) =>
    list(section.questions).flatMap((question) => {
      if (question.type === 'address') return [{ value: `form.${String(question.key)}.commune`, label: `Xã, phường ở câu “${String(question.label)}”` }]
      return question.catalog === 'xa' ? [{ value: `form.${String(question.key)}`, label: `Xã, phường ở câu “${String(question.label)}”` }] : []
    }))
}

function Decides({ record, departments }: { record: DraftRecord; departments: readonly Choice[] }) {
  const competence = obj(record.competence)
  return (
    <>
      <div class="pair">
        <Select name="competence.level" label="Cấp giải quyết" value={competence.level} choices={choicesOf({ tinh: 'Cấp tỉnh', huyen: 'Cấp huyện (đến 30/6/2025)', xa: 'Cấp xã' })} />
        <Select name="competence.department" label="Cơ quan chuyên môn" value={competence.department} none="Không ghi" choices={departments} hint="Chỉ khi một sở, ngành của tỉnh giải quyết." />
      </div>
      <Select
        name="competence.by" label="Nơi nào giải quyết" value={competence.by}
        choices={[{ value: 'noi_nop', label: 'Nơi nộp hồ sơ' }, { value: 'tinh', label: 'Cơ quan cấp tỉnh, cho cả tỉnh' }, ...placesIn(record)]}
      />
      <Details summary="Nơi giải quyết tùy câu trả lời (biểu thức)"><Text name="competence.by:" label="Biểu thức, thay cho lựa chọn ở trên" value="" example='if form.a = "co" then form.b.commune else form.c.commune' /></Details>
      <Text name="competence.note" label="Nói rõ thêm cho người dân" value={competence.note} />
    </>
  )
}

function Term({ at, term, label, plain }: { at: string; term: Obj; label: string; plain?: boolean }) {
  return (
    <div class="term">
      <Text name={`${at}.value:n`} label={label} value={term.value} chars={4} />
      <Select name={`${at}.unit`} label="Đơn vị" hidden={label} value={term.unit} choices={UNITS} />
      {!plain && <Select name={`${at}.mode`} label="Cách tính" hidden={label} value={term.mode} none="Theo luật (thường)" choices={MODES} />}
      {!plain && <Text name={`${at}.cutoff`} label="Giờ chốt nhận" hidden={label} value={term.cutoff} chars={4} example="15:00" />}
    </div>
  )
}

function Channels({ record }: { record: DraftRecord }) {
  const given = list(record.channels)
  const rest = Object.keys(channelLabels).filter((channel) => !given.some((one) => one.channel === channel))
  const rows = [...given, ...rest.map((channel): Obj => ({ channel, off: true }))]
  return (
    <fieldset class="q wide" id="channels">
      <legend class="label">Cách thức nộp</legend>
      <input type="hidden" name="channels:a" value="" />
      {rows.map((row, i) => {
        const label = channelLabels[row.channel as keyof typeof channelLabels] ?? String(row.channel)
        const own = row.term !== undefined
        return (
          <div class="channel" id={`channels[${i}]`}>
            <label class="choice"><input type="checkbox" name={`channels[${i}].channel`} value={String(row.channel)} checked={!row.off} /><span>{label}</span></label>
            <Details summary={own ? 'Có thời hạn riêng' : 'Thời hạn riêng, ghi chú'} open={own || row.note !== undefined}>
              <Term at={`channels[${i}].term`} term={obj(row.term)} label={`Thời hạn khi ${label.toLowerCase()}`} />
              <Text name={`channels[${i}].note`} label="Ghi chú" hidden={label} value={row.note} />
            </Details>
          </div>
        )
      })}
    </fieldset>
  )
}

function Extension({ record }: { record: DraftRecord }) {
  const extension = obj(record.extension)
  const given = record.extension !== undefined
  return (
    <Details summary={given ? 'Kéo dài thời hạn: có' : 'Kéo dài thời hạn: không'} open={given}>
      <div id="extension">
        <Term at="extension.term" term={obj(extension.term)} label="Thêm hoặc tổng cộng" plain />
        <div class="pair">
          <Select name="extension.adds:b" label="Cách cộng" value={extension.adds} none="Không kéo dài" choices={[{ value: 'true', label: 'Cộng thêm vào thời hạn' }, { value: 'false', label: 'Là thời hạn mới, tính cả phần đã qua' }]} />
          <Select name="extension.applies" label="Lúc áp dụng" value={extension.applies} none="Không kéo dài" choices={[{ value: 'at_filing', label: 'Biết ngay khi nộp, theo điều kiện' }, { value: 'by_decision', label: 'Cán bộ quyết định khi đang giải quyết' }]} />
        </div>
        <Text name="extension.whenText" label="Khi nào, nói với người dân" value={extension.whenText} rows={2} />
        <Text name="extension.when" label="Khi nào, biểu thức" value={extension.when} hint="Bắt buộc khi biết ngay lúc nộp." example='form.mien_nui = true' />
      </div>
    </Details>
  )
}

function ResultRow({ at, row, no }: { at: string; row: Obj; no: string }) {
  const fields = list(row.fields)
  return (
    <>
      <Text name={`${at}.name`} label="Tên kết quả" hidden={no} value={row.name} rows={1} />
      <div class="pair">
        <Text name={`${at}.code`} label="Mã kết quả quốc gia" hidden={no} value={row.code} example="KQ.G15.000032" />
        <Text name={`${at}.validity`} label="Thời hạn của kết quả" hidden={no} value={row.validity} example="Vô thời hạn" />
        <Text name={`${at}.documentType`} label="Loại giấy tờ trong kho" hidden={no} value={row.documentType} />
      </div>
      <Details summary={fields.length > 0 ? `Mục ghi trên kết quả: ${fields.length}` : 'Mục ghi trên kết quả'}>
        <Rows
          name={`${at}.fields`} rows={fields} add="Thêm mục" mark="__j__" tight optional
          each={(inner, field, which) => (
            <div class="pair">
              <Text name={`${inner}.label`} label="Nhãn" hidden={which} value={obj(field).label} />
              <Text name={`${inner}.value`} label="Lấy từ tờ khai (biểu thức)" hidden={which} value={obj(field).value} example="form.ho_ten" />
            </div>
          )}
        />
      </Details>
    </>
  )
}
