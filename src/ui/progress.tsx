// How far something that takes its time has come; without a value only that it goes on.

export function Progress({ label, value, max = 100, text }: { label: string; value?: number; max?: number; text?: string }) {
  return (
    <div class="progress">
      <div class="row">
        <span>{label}</span>
        {text && <span class="soft">{text}</span>}
      </div>
      <progress aria-label={label} value={value} max={max} />
    </div>
  )
}
