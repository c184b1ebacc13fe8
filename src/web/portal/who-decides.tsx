// Who decides for my place: a name or code, old or new, gives the unit of today, how it was found and by which clause.

import type { Ctx } from '#core/ctx.ts'
import { Invalid } from '#core/errors.ts'
import { localDate } from '#core/workdays/index.ts'
import { competence, type Competence, type Version } from '#modules/procedures/index.ts'
import { Button, Notice } from '#ui/index.ts'

export interface Decider {
  readonly place: string
  readonly found: Competence | null
  readonly fault: string | null
}

/** Asked only of procedures whose unit depends on a place. */
const dependsOnPlace = ({ record }: Version): boolean => record.competence.level !== 'tinh' && record.competence.by !== 'noi_nop'

/** What the resolver says for a place that a reader typed; null when nothing was asked. */
export async function deciderOf(ctx: Ctx, version: Version, place: string): Promise<Decider | null> {
  const asked = place.trim().slice(0, 200)
  if (!asked || !dependsOnPlace(version)) return null
  try {
    return { place: asked, found: await competence(ctx.db, { procedure: version.record, place: asked, on: localDate(ctx.now) }), fault: null }
  } catch (error) {
    if (error instanceof Invalid) return { place: asked, found: null, fault: error.fields[0]?.message ?? error.message }
    throw error
  }
}

export function WhoDecides({ version, decider, tiers }: { version: Version; decider: Decider | null; tiers: 2 | 3 }) {
  if (!dependsOnPlace(version)) return null
  return (
    <section aria-labelledby="who-decides">
      <h2 id="who-decides">Ở chỗ tôi thì nơi nào giải quyết?</h2>
      <form action={`/thu-tuc/${version.code}#who-decides`} method="get">
        <div class={decider?.fault ? 'q wrong' : 'q'}>
          <label class="label" for="noi">
            Tên xã, phường (tên cũ cũng được)
          </label>
          {decider?.fault && <p class="fault">{decider.fault}</p>}
          <div class="row">
            <input id="noi" name="noi" value={decider?.place ?? ''} maxLength={200} autocomplete="address-level3" />
            <Button>Xem</Button>
          </div>
        </div>
      </form>
      {decider?.found && (
        <Notice tone="info" title={decider.found.unit.name}>
          <p>{decider.found.how}</p>
          <p class="soft">Căn cứ: {decider.found.clause}. {tiers === 2 ? 'Nộp ở bất cứ bộ phận một cửa nào trong tỉnh; hồ sơ tự chuyển về nơi này.' : 'Nộp ở Bộ phận một cửa của nơi này, hoặc nộp trên mạng nếu thủ tục nhận trực tuyến.'}</p>
        </Notice>
      )}
    </section>
  )
}
