// Fields of the panel: they write when they are left, so that one change is one step of undo.

export interface Offer {
  readonly value: string
  readonly label: string
}

interface FieldProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly hint?: string
  readonly change: (value: string) => void
}

export function Words({ id, label, value, hint, rows, number, example, change }: FieldProps & { rows?: number; number?: boolean; example?: string }) {
  const own = {
    id, value, placeholder: example, 'aria-describedby': hint ? `${id}-hint` : undefined,
    onChange: (event: Event) => change((event.currentTarget as HTMLInputElement).value.trim()),
  }
  return (
    <div class="panel-field">
      <label for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {rows ? <textarea {...own} rows={rows} /> : <input {...own} inputMode={number ? 'decimal' : undefined} autocomplete="off" />}
    </div>
  )
}

export function Choose({ id, label, value, offers, none, change, hidden }: FieldProps & { offers: readonly Offer[]; none: string; hidden?: boolean }) {
  const known = value === '' || offers.some((one) => one.value === value)
  return (
    <div class="panel-field">
      <label for={id} class={hidden ? 'sr' : undefined}>{label}</label>
      <select id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
        <option value="">{none}</option>
        {!known && <option value={value}>{value}</option>}
        {offers.map((one) => <option value={one.value}>{one.label}</option>)}
      </select>
    </div>
  )
}
