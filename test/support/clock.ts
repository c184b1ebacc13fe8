// A clock that a test moves.

import type { Clock } from '#core/clock.ts'

export class MovableClock implements Clock {
  at: Date
  constructor(at: string) {
    this.at = new Date(at)
  }
  now(): Date {
    return this.at
  }
  to(at: string | Date): void {
    this.at = new Date(at)
  }
}
