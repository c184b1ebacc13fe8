// A second opinion on what steps mean: moves a dossier by the plain list of steps, without BPMN and without flow.ts.

import type { Next, Outcome, Step } from '../record.ts'

/** A region that is open: where it was opened, where its branches meet, how many have not come there yet. */
interface Region {
  readonly id: number
  readonly split: string
  readonly meeting: string
  waiting: number
}

interface Token {
  readonly step: string
  readonly regions: readonly number[]
}

/** Where a dossier stands. Plain data: copied at each move. */
export interface Place {
  readonly tokens: readonly Token[]
  readonly regions: readonly Region[]
  readonly nextRegion: number
}

export class Interpreter {
  private readonly steps: ReadonlyMap<string, Step>
  private readonly first: string

  constructor(steps: readonly Step[]) {
    this.steps = new Map(steps.map((step) => [step.id, step]))
    this.first = steps[0]!.id
  }

  start(): Place {
    return { tokens: [{ step: this.first, regions: [] }], regions: [], nextRegion: 1 }
  }

  step(id: string): Step {
    return this.steps.get(id)!
  }

  /** The place after the token of that index leaves by the outcome. */
  move(place: Place, index: number, outcome: Outcome): Place {
    const token = place.tokens[index]!
    const now = {
      tokens: place.tokens.filter((_, i) => i !== index),
      regions: place.regions.map((region) => ({ ...region })),
      nextRegion: place.nextRegion,
    }
    let path = token.regions
    const region = () => now.regions.find((one) => one.id === path.at(-1))
    if (outcome.joins && region()) {
      const here = region()!
      here.waiting -= 1
      if (here.waiting > 0) return now
      path = path.slice(0, -1)
    } else {
      for (let here = region(); here && !this.staysIn(here, outcome.next); here = region()) {
        now.tokens = now.tokens.filter((other) => !other.regions.includes(here!.id))
        path = path.slice(0, -1)
      }
    }
    if (outcome.next === 'end') return { ...now, tokens: [] }
    if (typeof outcome.next === 'string') now.tokens.push({ step: outcome.next, regions: path })
    else {
      const id = now.nextRegion++
      now.regions.push({ id, split: token.step, meeting: this.meetingOf(token.step, outcome.next), waiting: outcome.next.length })
      now.tokens.push(...outcome.next.map((step) => ({ step, regions: [...path, id] })))
    }
    return now
  }

  private meetingOf(split: string, heads: readonly string[]): string {
    const found = this.search(
      heads.map((step) => ({ step, depth: 0 })),
      new Set([split]),
    )
    return String(found!.next)
  }

  private staysIn(region: Region, next: Next): boolean {
    const from = typeof next === 'string' ? [{ step: next, depth: 0 }] : next.map((step) => ({ step, depth: 1 }))
    return this.search(from, new Set([region.split, region.meeting])) !== null
  }

  /** The first joining outcome found at the level where the search began; it never steps on `closed`. */
  private search(from: readonly { step: string; depth: number }[], closed: ReadonlySet<string>): Outcome | null {
    const queue = from.filter(({ step }) => step !== 'end' && !closed.has(step))
    const seen = new Set<string>()
    for (const { step, depth } of queue) {
      if (seen.has(`${step}/${depth}`)) continue
      seen.add(`${step}/${depth}`)
      for (const outcome of this.step(step).outcomes) {
        if (outcome.joins && depth === 0) return outcome
        const deeper = outcome.joins ? depth - 1 : typeof outcome.next === 'string' ? depth : depth + 1
        const nexts = typeof outcome.next === 'string' ? [outcome.next] : outcome.next
        if (deeper < 4) queue.push(...nexts.filter((id) => id !== 'end' && !closed.has(id)).map((id) => ({ step: id, depth: deeper })))
      }
    }
    return null
  }
}
