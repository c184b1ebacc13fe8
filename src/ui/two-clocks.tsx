// The clock of the law, which may stop, and the clock of the person who waits, which never does, on one scale.

import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import { Basis } from './basis.tsx'
import { With } from './surround.tsx'
import { type DueState, DueTag } from './tag.tsx'
import { whenText } from './time.tsx'

export interface TwoClocksProps {
  /** When the person handed it in. */
  readonly from: Date
  /** Now, or when it was finished. */
  readonly to: Date
  readonly dueAt: Date | null
  /** When the law's clock began; `from` unless given. */
  readonly legalFrom?: Date
  /** When the law's clock stopped for good; `to` unless given. */
  readonly legalTo?: Date
  readonly pauses?: readonly { readonly from: Date; readonly to: Date | null; readonly reason: string }[]
  /** "3 ngày 2 giờ trên 5 ngày làm việc": counted by who knows the calendar. */
  readonly legalWords: ComponentChildren
  readonly livedWords: ComponentChildren
  /** Whose waiting it is, when the reader is not the one who waits. */
  readonly livedTitle?: string
  readonly state: DueState
  readonly stateWords?: ComponentChildren
  /** The rule of the legal clock. */
  readonly rule?: string
  /** How the deadline was worked out. */
  readonly derivation?: string
}

export function TwoClocks(props: TwoClocksProps) {
  const { from, to, dueAt, legalFrom = from, legalTo = to, pauses = [], legalWords, livedWords, livedTitle, state, stateWords, derivation, rule } = props
  const end = Math.max(to.getTime(), dueAt?.getTime() ?? 0, from.getTime() + 1)
  const x = (at: Date) =>
    Math.round(((Math.min(Math.max(at.getTime(), from.getTime()), end) - from.getTime()) / (end - from.getTime())) * 10000) / 10
  const bar = (start: Date, stop: Date, y: number, className: string) => (
    <rect class={className} x={x(start)} y={y} width={Math.max(0, x(stop) - x(start))} height="14" />
  )
  const late = dueAt && dueAt < legalTo && state !== 'paused' ? dueAt : null
  return (
    <With>
      {({ words }) => (
        <div class="clocks">
          <div class="pair">
            <div>
              <h3>{words.legalClock}</h3>
              <p class="value">
                {legalWords}
                {rule && <> <Basis rule={rule} of={words.legalClock} /></>}
              </p>
              <p class="row">
                <DueTag state={state}>{stateWords}</DueTag>
                {dueAt && (
                  <small class="soft">
                    {words.dueBy} {whenText(dueAt)}
                  </small>
                )}
              </p>
            </div>
            <div>
              <h3>{livedTitle ?? words.livedClock}</h3>
              <p class="value">{livedWords}</p>
              <p class="soft">
                <small>
                  {whenText(from)} – {whenText(to)}
                </small>
              </p>
            </div>
          </div>
          <svg viewBox="0 0 1000 44" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            {bar(from, new Date(end), 4, 'ground')}
            {bar(legalFrom, legalTo, 4, 'legal')}
            {late && bar(late, legalTo, 4, 'late')}
            {pauses.map((pause) => (
              <>
                {bar(pause.from, pause.to ?? to, 4, 'ground')}
                <path class="stopped" d={`M${x(pause.from)} 11H${x(pause.to ?? to)}`} />
              </>
            ))}
            {bar(from, new Date(end), 26, 'ground')}
            {bar(from, to, 26, 'lived')}
            {dueAt && <path class="due" d={`M${x(dueAt)} 0V44`} />}
          </svg>
          {(pauses.length > 0 || derivation) && (
            <ul>
              {pauses.map((pause) => (
                <li>
                  <Icon name="pause" />
                  <span>
                    {words.pausedSpan} {whenText(pause.from)} – {pause.to ? whenText(pause.to) : '…'}: {pause.reason}
                  </span>
                </li>
              ))}
              {derivation && (
                <li>
                  <Icon name="calendar" />
                  <span>{derivation}</span>
                </li>
              )}
            </ul>
          )}
        </div>
      )}
    </With>
  )
}
