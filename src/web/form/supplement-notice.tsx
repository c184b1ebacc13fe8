// What the agency has asked to be mended, on every page where it can be mended.

import { Notice } from '#ui/index.ts'
import { Time } from '#ui/index.ts'
import type { Reason } from '#modules/dossiers/index.ts'
import type { Filing } from './filing.ts'

/** The reasons of the newest request; empty when there is none. */
export function requestedReasons(filing: Pick<Filing, 'view'>): { at: Date; reasons: readonly Pick<Reason, 'text' | 'clause'>[] } | null {
  const paper = filing.view.papers.findLast((one) => one.kind === 'supplement_request')
  return paper ? { at: paper.createdAt, reasons: (paper.data['items'] as Pick<Reason, 'text' | 'clause'>[] | undefined) ?? [] } : null
}

export function SupplementNotice({ filing }: { filing: Pick<Filing, 'view'> }) {
  const asked = requestedReasons(filing)
  if (!asked) return null
  return (
    <Notice tone="warn" title="Cơ quan đề nghị bổ sung, hoàn thiện">
      <ul>
        {asked.reasons.map((reason) => (
          <li>
            {reason.text}
            {reason.clause && <span class="soft"> ({reason.clause})</span>}
          </li>
        ))}
      </ul>
      <p class="soft">
        Yêu cầu ngày <Time at={asked.at} />.
      </p>
    </Notice>
  )
}
