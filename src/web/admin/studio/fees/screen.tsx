// The fees of a draft as tables that a clerk reads: what each row asks of whom, what no row covers, and a place to try a case.

import type { ComponentChildren } from 'preact'
import { amountWords, channelWords, collectAtLabels, daysWords, type Draft, type Exemption, type Fee, type FeeFault, feeKindLabels, feeTableWords, type FeeView, perWords, ratesFrom, rateTableId, type Rate, whoWords } from '#modules/procedures/index.ts'
import { Actions, Alert, EmptyState, Icon, LinkButton, Notice, StatusTag } from '#ui/index.ts'
import { draftHref } from '../tab-list.ts'

export const feesHref = (draft: Pick<Draft, 'id'>, more = ''): string => draftHref(draft.id, `fees${more}`)
export const itemHref = (draft: Pick<Draft, 'id'>, code: string, more = ''): string => feesHref(draft, `/items/${encodeURIComponent(code)}${more}`)
export const rowHref = (draft: Pick<Draft, 'id'>, code: string, row: string): string => itemHref(draft, code, `/rows/${encodeURIComponent(row)}`)

/** The two ways of looking at the same tables. */
export function Ways({ draft, now }: { draft: Draft; now: 'plain' | 'dmn' }) {
  return (
    <nav class="fee-ways" aria-label="Cách xem bảng phí">
      <a href={feesHref(draft)} aria-current={now === 'plain' ? 'page' : undefined}>Bảng thường</a>
      <a href={feesHref(draft, '/dmn')} aria-current={now === 'dmn' ? 'page' : undefined}>Dưới dạng DMN</a>
    </nav>
  )
}

const rowFaults = (faults: readonly FeeFault[], table: string, row: number): readonly FeeFault[] => faults.filter((one) => one.table === table && one.rows.includes(row))

export function Faults({ faults, id = 'fee-faults' }: { faults: readonly FeeFault[]; id?: string }) {
  const [stops, looks] = [faults.filter((one) => one.stops), faults.filter((one) => !one.stops)]
  return (
    <div id={id} aria-live="polite" data-drawn>
      {stops.length > 0 && <Alert title={`${stops.length} chỗ phải sửa trước khi công bố`}><ul class="fee-fault-list">{stops.map((one) => <li>{one.message}</li>)}</ul></Alert>}
      {looks.length > 0 && <Notice tone="warn" title="Nên xem lại"><ul class="fee-fault-list">{looks.map((one) => <li>{one.message}</li>)}</ul></Notice>}
      {faults.length === 0 && <p class="fee-whole"><StatusTag tone="good">Không hở, không chồng</StatusTag> <span class="soft">Mọi trường hợp của tờ khai đều có đúng một dòng.</span></p>}
    </div>
  )
}

export function FeesScreen({ draft, view, write, tryPanel }: { draft: Draft; view: FeeView; write: boolean; tryPanel: ComponentChildren }) {
  const { part, record, faults, broken } = view
  const own = part.feeDmn !== undefined
  return (
    <div class="fees">
      <link rel="stylesheet" href="/assets/heavy/feetable.css" />
      <div class="fees-head">
        <Ways draft={draft} now="plain" />
        {write && !own && <LinkButton icon="plus" href={itemHref(draft, 'moi')}>Thêm khoản thu</LinkButton>}
      </div>
      {broken ? <Alert title="Bảng phí chưa tính được"><p>{broken}</p></Alert> : part.fees.length > 0 && <Faults faults={faults} />}
      <div class="fees-split">
        <div>
          {own ? <OwnTables draft={draft} view={view} write={write} /> : (
            <>
              {part.fees.length === 0 && (
                <EmptyState icon="coin" title="Thủ tục này không thu phí, lệ phí" action={write ? <LinkButton look="primary" icon="plus" href={itemHref(draft, 'moi')}>Thêm khoản thu</LinkButton> : undefined}>
                  Có thu thì thêm từng khoản, mỗi khoản một bảng mức thu kèm văn bản căn cứ.
                </EmptyState>
              )}
              {part.fees.map((fee, at) => <Item draft={draft} fee={fee} at={at} view={view} faults={faults} write={write} />)}
              {part.fees.length > 0 && <Exemptions draft={draft} exemptions={part.exemptions ?? []} view={view} write={write} />}
            </>
          )}
        </div>
        {record.fees.length > 0 && !broken && tryPanel}
      </div>
      <script type="module" src="/assets/heavy/feetable.js" />
    </div>
  )
}

function Item({ draft, fee, at, view, faults, write }: { draft: Draft; fee: Fee; at: number; view: FeeView; faults: readonly FeeFault[]; write: boolean }) {
  const rates = ratesFrom(fee, view.record.channels.map((one) => one.channel))
  const gate = fee.when ? whoWords(view.record, fee.when) : null
  return (
    <section class="fee-item" id={`fees[${at}]`} aria-labelledby={`fee-${at}`}>
      <header>
        <h2 id={`fee-${at}`}>{fee.name}</h2>
        <p class="soft">{feeKindLabels[fee.kind]} · {collectAtLabels[fee.collectAt].toLocaleLowerCase('vi')} · mã {fee.code}</p>
        {write && <a class="btn quiet" href={itemHref(draft, fee.code)}><Icon name="pen" /><span>Sửa khoản<span class="sr"> {fee.name}</span></span></a>}
      </header>
      {gate && <p class="fee-gate"><Icon name="info" /> <span><b>Chỉ thu khi:</b> {gate.code ? <code>{gate.text}</code> : `${gate.text}.`}{fee.whenText && <span class="soft"> {fee.whenText}</span>}</span></p>}
      <Rows draft={draft} fee={fee} at={at} rates={rates} view={view} faults={faults} write={write} />
      {write && <Actions><LinkButton icon="plus" href={rowHref(draft, fee.code, 'moi')}>Thêm dòng</LinkButton></Actions>}
    </section>
  )
}

function Rows({ draft, fee, at, rates, view, faults, write }: { draft: Draft; fee: Fee; at: number; rates: readonly Rate[]; view: FeeView; faults: readonly FeeFault[]; write: boolean }) {
  if (rates.length === 0) return <p class="error"><Icon name="alert" /> Khoản này chưa có mức thu. Thêm ít nhất một dòng.</p>
  const dated = rates.some((rate) => rate.from || rate.until)
  const channelled = rates.some((rate) => rate.channels)
  return (
    <div class="table-wrap">
      <table role="table" class="fee-rows">
        <caption class="sr">Mức thu: {fee.name}</caption>
        <thead role="rowgroup"><tr role="row">
          <th scope="col" role="columnheader" class="num">Dòng</th><th scope="col" role="columnheader">Ai, khi nào</th>{channelled && <th scope="col" role="columnheader">Kênh nộp</th>}<th scope="col" role="columnheader" class="num">Mức thu</th>
          {dated && <th scope="col" role="columnheader">Áp dụng</th>}<th scope="col" role="columnheader">Căn cứ</th>{write && <th scope="col" role="columnheader"><span class="sr">Sửa</span></th>}
        </tr></thead>
        <tbody role="rowgroup">
          {rates.map((rate, i) => {
            const who = whoWords(view.record, rate.when)
            const wrong = fee.rates ? rowFaults(faults, rateTableId(at), i + 1) : []
            const how = perWords(rate)
            return (
              <tr role="row" id={`fees[${at}].rates[${i}]`} data-rate={rate.id} class={wrong.length > 0 ? 'wrong' : undefined}>
                <td role="cell" class="num tight" data-label="Dòng">{i + 1}{wrong.length > 0 && <> <Icon name="alert" /><span class="sr">có lỗi</span></>}</td>
                <td role="cell" class="main" data-label="Ai, khi nào">{who.code ? <code>{who.text}</code> : who.text}{rate.whenText && <span class="soft fee-note">{rate.whenText}</span>}</td>
                {channelled && <td role="cell" data-label="Kênh nộp">{channelWords(rate.channels)}</td>}
                <td role="cell" class="num" data-label="Mức thu"><b class="tight">{amountWords(rate)}</b>{how && (rate.formula ? <code class="fee-note">{how}</code> : <span class="soft fee-note">{how}</span>)}</td>
                {dated && <td role="cell" data-label="Áp dụng">{daysWords(rate)}</td>}
                <td role="cell" data-label="Căn cứ">{rate.legal ?? fee.legal ?? '—'}</td>
                {write && <td role="cell" class="fee-act"><a class="btn quiet" href={rowHref(draft, fee.code, rate.id)}><Icon name="pen" /><span>Sửa<span class="sr"> dòng {i + 1} của {fee.name}</span></span></a></td>}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Exemptions({ draft, exemptions, view, write }: { draft: Draft; exemptions: readonly Exemption[]; view: FeeView; write: boolean }) {
  const named = (codes: readonly string[] | undefined) => (codes ? codes.map((code) => view.part.fees.find((fee) => fee.code === code)?.name ?? code).join('; ') : 'Mọi khoản')
  return (
    <section class="fee-item" aria-labelledby="fee-exemptions">
      <header><h2 id="fee-exemptions">Miễn, giảm</h2><p class="soft">Đúng nhiều diện thì lấy mức giảm lớn nhất, không cộng dồn.</p></header>
      {exemptions.length === 0 ? <p class="soft">Không có diện được miễn, giảm.</p> : (
        <div class="table-wrap">
          <table role="table" class="fee-rows">
            <caption class="sr">Miễn, giảm</caption>
            <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Diện</th><th scope="col" role="columnheader">Khi nào</th><th scope="col" role="columnheader" class="num">Giảm</th><th scope="col" role="columnheader">Khoản thu</th>{write && <th scope="col" role="columnheader"><span class="sr">Sửa</span></th>}</tr></thead>
            <tbody role="rowgroup">
              {exemptions.map((one, i) => {
                const who = whoWords(view.record, one.when)
                return (
                  <tr role="row" id={`exemptions[${i}]`}>
                    <td role="cell" class="main" data-label="Diện">{one.text}</td><td role="cell" data-label="Khi nào">{who.code ? <code>{who.text}</code> : who.text}</td>
                    <td role="cell" class="num" data-label="Giảm"><b>{(one.percent ?? 100) === 100 ? 'Miễn' : `${one.percent}%`}</b></td><td role="cell" data-label="Khoản thu">{named(one.fees)}</td>
                    {write && <td role="cell" class="fee-act"><a class="btn quiet" href={feesHref(draft, `/exemptions/${i}`)}><Icon name="pen" /><span>Sửa<span class="sr"> {one.text}</span></span></a></td>}
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      {write && <Actions><LinkButton icon="plus" href={feesHref(draft, '/exemptions/moi')}>Thêm diện miễn, giảm</LinkButton></Actions>}
    </section>
  )
}

/** Tables that only the DMN file says: to be read here, changed there. */
function OwnTables({ draft, view, write }: { draft: Draft; view: FeeView; write: boolean }) {
  return (
    <>
      <Notice title="Mức thu do tệp DMN của thủ tục quyết định">
        <p>Bảng này nói nhiều hơn bảng thường nói được, nên sửa ở <a href={feesHref(draft, '/dmn')}>dạng DMN</a>. Dưới đây là chính bảng đó bằng lời.</p>
        {write && <p>Muốn quay về bảng thường: nhập lại từng khoản ở dạng DMN, mục “Bỏ tệp DMN”.</p>}
      </Notice>
      {view.tables && feeTableWords(view.record, view.tables).map((table) => (
        <section class="fee-item">
          <header><h2>{table.title}</h2><p class="soft">{table.policy}</p></header>
          <div class="table-wrap">
            <table role="table" class="fee-rows">
              <caption class="sr">{table.title}</caption>
              <thead role="rowgroup"><tr role="row">{table.columns.map((label, i) => <th scope="col" role="columnheader" class={table.numbers.includes(i) ? 'num' : undefined}>{label}</th>)}</tr></thead>
              <tbody role="rowgroup">{table.rows.map((row) => <tr role="row">{row.map((cell, i) => <td role="cell" data-label={table.columns[i]} class={table.numbers.includes(i) ? 'num' : undefined}>{cell.code ? <code>{cell.text}</code> : cell.text}</td>)}</tr>)}</tbody>
            </table>
          </div>
        </section>
      ))}
    </>
  )
}
