// The page of reconciliation: what was counted along which ways, what agrees, and the cases in which it does not.

import { formatDate } from '#core/text/index.ts'
import { type Check, GROUPS, MEASURES, type Reconciliation } from '#modules/reconcile/index.ts'
import { Button, DayInput, Icon, Notice, PageHeading } from '#ui/index.ts'

const number = (value: number): string => value.toLocaleString('vi-VN')

export function ReconcileScreen({ found, errors = [] }: { found: Reconciliation; errors?: readonly string[] }) {
  const wrong = found.checks.filter((check) => !check.ok)
  return (
    <>
      <PageHeading title="Đối soát" lead={`${found.unitName} và các đơn vị trực thuộc: cùng một việc đếm theo nhiều đường thì phải ra cùng một số, đến từng đồng, từng bản giấy, từng sự kiện.`} />
      <form class="picks" method="get" action="/desk/reconciliation" aria-label="Kỳ đối soát">
        <label for="from">Từ ngày</label> <DayInput id="from" name="from" value={found.from} />
        <label for="to">đến hết ngày</label> <DayInput id="to" name="to" value={found.to} />
        <Button>Đối soát</Button>
      </form>
      {errors.length > 0 && <Notice tone="bad" title="Kỳ đối soát chưa đúng"><ul>{errors.map((one) => <li>{one}</li>)}</ul></Notice>}
      <Notice tone={wrong.length > 0 ? 'bad' : 'good'} title={wrong.length > 0 ? `${wrong.length} mục lệch` : 'Mọi mục đều khớp'}>
        <p>
          {formatDate(found.from)} – {formatDate(found.to)}: {found.checks.length - wrong.length} trên {found.checks.length} mục khớp.
          {wrong.length > 0 && ' Mở từng mục lệch bên dưới để xem các hồ sơ liên quan.'}
        </p>
      </Notice>
      {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
        <Group title={GROUPS[group]} checks={found.checks.filter((check) => check.group === group)} />
      ))}
    </>
  )
}

function Group({ title, checks }: { title: string; checks: readonly Check[] }) {
  if (checks.length === 0) return null
  return (
    <section class="reckoning" aria-label={title}>
      <h2>{title}</h2>
      {checks.map((check) => <Line check={check} />)}
    </section>
  )
}

const isCode = (text: string): boolean => /^[A-Z]\d+[\d.]*-\d+-\d+$/.test(text)

function Line({ check }: { check: Check }) {
  return (
    <div class={check.ok ? 'check' : 'check wrong'}>
      <h3><Icon name={check.ok ? 'tick' : 'alert'} />{check.title} <span class="verdict">{check.ok ? 'Khớp' : 'Lệch'}</span></h3>
      <dl>{check.counts.map((count) => <div><dt>{count.label}</dt><dd><b>{number(count.value)}</b> {MEASURES[count.measure]}</dd></div>)}</dl>
      {!check.ok && <p>{check.advice}</p>}
      {check.differing.length > 0 && (
        <ul class="cases">{check.differing.map((one) => <li>{isCode(one) ? <a href={`/desk/dossiers/${encodeURIComponent(one)}`}>{one}</a> : one}</li>)}</ul>
      )}
    </div>
  )
}
