// Units that a search has named, each with what became of it and the way to its page.

import { formatDate } from '#core/text/index.ts'
import { calledName } from '#modules/org/index.ts'
import { Card, StatusTag } from '#ui/index.ts'
import { paperCode, publicUnitHref } from '../portal/unit.tsx'
import type { NamedUnit } from './named.ts'

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export function NamedUnits({ units }: { units: readonly NamedUnit[] }) {
  if (units.length === 0) return null
  return (
    <section class="stack">
      {units.map(({ asked, sentence }) => (
        <Card
          title={capital(calledName(asked))}
          href={publicUnitHref(asked)}
          meta={
            <>
              {asked.validTo === null ? <StatusTag tone="good">Đang hoạt động</StatusTag> : <StatusTag tone="plain">Đã kết thúc {formatDate(asked.validTo)}</StatusTag>}
              <span>Mã {paperCode(asked)}</span>
            </>
          }
        >
          {sentence && <p>{sentence}</p>}
        </Card>
      ))}
    </section>
  )
}
