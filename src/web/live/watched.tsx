// Marks the page of a dossier as one that wants to hear of changes, and says which version of it is shown.

import type { Dossier } from '#modules/dossiers/index.ts'
import type { Item } from '#modules/work/index.ts'

/** Anything that somebody may see changed: answers, state, who has taken which work. */
const versionOf = (dossier: Pick<Dossier, 'revision' | 'state'>, items: readonly Item[]): string =>
  [dossier.revision, dossier.state, items.length, ...items.filter(({ state }) => state === 'open' || state === 'claimed').map(({ id, claimedBy }) => `${id.slice(0, 4)}${claimedBy ?? ''}`)].join('.')

export function Watched({ dossier, items }: { dossier: Dossier; items: readonly Item[] }) {
  return <div hidden data-live data-dossier={dossier.code ?? dossier.id} data-version={versionOf(dossier, items)} />
}
