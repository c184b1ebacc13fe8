// The hand of the panel: whatever one field or button does is one step of undo.

import { Hand } from './model.ts'
import type { Drawn, Easel } from './types.ts'

const COMMAND = 'process.act'

interface Run {
  readonly run: () => void
}

/** Commands given while another is being prepared belong to it. */
function Together() {}
Together.prototype.preExecute = ({ run }: Run) => run()

export class OneAct extends Hand {
  constructor(easel: Easel) {
    super(easel)
    easel.get('commandStack').registerHandler(COMMAND, Together)
  }
  private act(run: () => void): void {
    this.easel.get('commandStack').execute(COMMAND, { run } satisfies Run)
  }
  override write(step: Drawn, properties: object): void {
    this.act(() => super.write(step, properties))
  }
  override writeLines(step: Drawn, type: 'tinhso:Does' | 'tinhso:Prints', lines: readonly string[]): void {
    this.act(() => super.writeLines(step, type, lines))
  }
  override writeOutcome(step: Drawn, key: string, change: { label?: string; effect?: string }): void {
    this.act(() => super.writeOutcome(step, key, change))
  }
  override addOutcome(step: Drawn, label: string): string {
    let key = ''
    this.act(() => (key = super.addOutcome(step, label)))
    return key
  }
  override removeOutcome(step: Drawn, key: string): void {
    this.act(() => super.removeOutcome(step, key))
  }
  override moveOutcome(step: Drawn, key: string, by: 1 | -1): void {
    this.act(() => super.moveOutcome(step, key, by))
  }
  override lead(step: Drawn, key: string, target: Drawn): void {
    this.act(() => super.lead(step, key, target))
  }
  override writeSilence(step: Drawn, days: number, unit: string, key: string): void {
    this.act(() => super.writeSilence(step, days, unit, key))
  }
  override adopt(arrow: Drawn): void {
    this.act(() => super.adopt(arrow))
  }
}
