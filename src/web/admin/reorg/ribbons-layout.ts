// Where each band of a plan's picture lies: units of before on the left, of after on the right, a ribbon for every passage. Pure.

export interface Node {
  readonly id: string
  readonly name: string
  /** small print under or beside the name: code, number of units */
  readonly note?: string
  readonly href?: string
  /** goes on unchanged, begins, or ends without anything of its own after it */
  readonly mark?: 'kept' | 'new' | 'ended'
}

export interface Link {
  readonly from: string
  readonly to: string
  /** 0 < share ≤ 1 of the unit of before that goes this way */
  readonly share: number
  readonly main: boolean
  /** In a picture of sums: how full the band is at either end, 0 … 1. */
  readonly fill?: readonly [before: number, after: number]
}

export interface Placed extends Node {
  readonly y: number
  readonly height: number
}

export interface Ribbon extends Link {
  readonly y1: number
  readonly y2: number
  readonly thick: number
}

export interface Drawn {
  readonly height: number
  readonly before: readonly Placed[]
  readonly after: readonly Placed[]
  readonly ribbons: readonly Ribbon[]
}

/** One unit's place on paper, px: a name and its small print stand in it. */
export const ROW = 40
const GAP = 8
const BAND = ROW - GAP

/** Lays out a picture: those that become one stand together, in the order of what they become. */
export function layOut(before: readonly Node[], after: readonly Node[], links: readonly Link[]): Drawn {
  const out = Map.groupBy(links, (link) => link.from)
  const orderOfAfter = new Map(after.map((node, at) => [node.id, at]))
  const heirOf = (id: string): number => {
    const own = out.get(id) ?? []
    const main = own.find((link) => link.main) ?? own[0]
    return main ? (orderOfAfter.get(main.to) ?? after.length) : after.length
  }
  const left = before.map((node, at) => ({ node, at })).sort((a, b) => heirOf(a.node.id) - heirOf(b.node.id) || a.at - b.at)
  const rows = new Map(left.map(({ node }, at) => [node.id, at * ROW]))
  const total = (id: string): number => (out.get(id) ?? []).reduce((sum, link) => sum + link.share, 0) || 1
  const sliced = left.flatMap(({ node }) => {
    let y = rows.get(node.id)!
    return [...(out.get(node.id) ?? [])].sort((a, b) => (orderOfAfter.get(a.to) ?? 0) - (orderOfAfter.get(b.to) ?? 0)).map((link) => {
      const thick = (BAND * link.share) / total(node.id)
      const slice = { link, y1: y, thick }
      y += thick
      return slice
    })
  })
  const into = Map.groupBy(sliced, ({ link }) => link.to)
  const wanted = after.map((node, at) => {
    const own = into.get(node.id) ?? []
    const thick = own.reduce((sum, one) => sum + one.thick, 0)
    const weight = own.reduce((sum, one) => sum + one.thick * (one.y1 + one.thick / 2), 0)
    return { node, at, height: Math.max(BAND, thick), centre: thick > 0 ? weight / thick : null }
  })
  const placed: Placed[] = []
  let floor = 0
  // those that nothing flows into keep their turn behind the others
  for (const { node, height, centre } of wanted.sort((a, b) => (a.centre ?? Infinity) - (b.centre ?? Infinity) || a.at - b.at)) {
    const y = Math.max(floor, centre === null ? floor : centre - height / 2)
    placed.push({ ...node, y, height })
    floor = y + height + GAP
  }
  const ribbons = placed.flatMap((node) => {
    const own = into.get(node.id) ?? []
    let y = node.y + (node.height - own.reduce((sum, one) => sum + one.thick, 0)) / 2
    return own.sort((a, b) => a.y1 - b.y1).map(({ link, y1, thick }): Ribbon => {
      const ribbon = { ...link, y1, y2: y, thick }
      y += thick
      return ribbon
    })
  })
  return {
    before: left.map(({ node }, at) => ({ ...node, y: at * ROW, height: BAND })), after: placed, ribbons,
    height: Math.max(before.length * ROW, floor, ROW),
  }
}
