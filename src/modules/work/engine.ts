// Runs the processes of a subject: asks the pure engine what a move gives, turns its effects into rows and timers, and carries what one
// process says to another (a call, its end, a message, an escalation) until nothing more follows.

import { advance, BpmnError, type Definition, definitionOf, type Effect, type ElementDef, type Input } from '#core/bpmn/index.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Conflict } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { enqueue, withdraw } from '#core/jobs/index.ts'
import { addWorkingTime } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { deskFor, getUnit, listSuccessors, type Unit } from '#modules/org/index.ts'
import * as calls from './calls-store.ts'
import { escalated } from './events.ts'
import type { Item, Link, Moved, OutcomeChoice, Pin } from './schema.ts'
import * as store from './store.ts'
import { firesAt } from './timers.ts'

export const timerKey = (process: string, token: string) => `timer:${process}:${token}`

/** Far beyond any procedure; two processes that keep waking each other stop here instead of holding the database. */
const MOST_TURNS = 400

/** The unit in charge of a place today: the unit itself or, when it has ended since, its main successor. */
export async function placeToday(tx: Tx, id: string): Promise<Unit> {
  let unit = await getUnit(tx, id)
  for (let hops = 0; unit.validTo !== null && hops < 10; hops++) {
    const next = (await listSuccessors(tx, unit.id)).find((row) => row.main)
    if (!next) break
    unit = next.unit
  }
  return unit
}

/** The unit on whose desk an element lies; a timer lies where the step it hangs on does. */
export function placeOf(row: store.ProcessRow, definition: Definition, element: string): string | null {
  const host = definition.elements[definition.elements[element]?.attachedTo ?? element]
  return (host && (row.places[host.id] ?? row.places[keyOf(host)])) ?? row.places[''] ?? null
}

interface Turn {
  readonly process: string
  readonly input: Input
  /** The token the input is for; a turn whose token has gone meanwhile is over. */
  readonly token?: string
}

type Of<T extends Effect['type']> = Extract<Effect, { type: T }>

const keyOf = (element: ElementDef): string => element.attributes.stepId ?? element.id

/** One input and all that follows from it, in the transaction of the act. */
class Course {
  private readonly tx: Tx
  private readonly ctx: Ctx
  private readonly subject: string
  private readonly rows = new Map<string, store.ProcessRow>()
  private readonly fresh = new Set<string>()
  private readonly turns: Turn[] = []
  readonly opened: Item[] = []

  constructor(tx: Tx, ctx: Ctx, row: store.ProcessRow) {
    this.tx = tx
    this.ctx = ctx
    this.subject = row.subject
    this.rows.set(row.id, row)
  }

  async run(first: Turn, fresh: boolean): Promise<void> {
    if (fresh) this.fresh.add(first.process)
    await this.take(first, true)
    await this.goOn()
  }

  /** Takes every turn that is still due. */
  async goOn(): Promise<void> {
    for (let count = 0, turn = this.turns.shift(); turn; turn = this.turns.shift(), count++) {
      if (count >= MOST_TURNS) throw new Conflict('work.endless', 'Các quy trình gọi nhau không dừng; người quản trị thủ tục cần sửa quy trình.')
      await this.take(turn, false)
    }
  }

  private async row(id: string): Promise<store.ProcessRow> {
    const known = this.rows.get(id)
    if (known) return known
    const read = await store.readProcess(this.tx, id)
    this.rows.set(id, read)
    return read
  }

  private definition(row: store.ProcessRow): Promise<Definition> {
    return definitionOf(row.definition, () => store.definitionXml(this.tx, row.definition))
  }

  private async take(turn: Turn, asked: boolean): Promise<void> {
    const row = await this.row(turn.process)
    const fresh = this.fresh.delete(turn.process)
    if (!asked && !fresh && row.state.status === 'ended') return
    if (!asked && turn.token !== undefined && !row.state.tokens.some((token) => token.id === turn.token)) return
    const definition = await this.definition(row)
    const before = fresh ? null : row.state
    const step = advanced(definition, before, turn.input)
    await store.saveState(this.tx, row.id, before, step.state, this.ctx.now)
    this.rows.set(row.id, { ...row, state: step.state })
    for (const effect of step.effects) await this.apply(row, definition, effect)
    if (step.state.status === 'ended') await this.closed(row, step.effects.find((effect) => effect.type === 'ended')!)
  }

  private async apply(row: store.ProcessRow, definition: Definition, effect: Effect): Promise<void> {
    const { tx, ctx } = this
    switch (effect.type) {
      case 'task.opened':
        return this.taskOpened(row, definition, effect)
      case 'task.completed':
        return this.endBeside(row, effect.token, 'Bước hỏi ý kiến đã xong')
      case 'task.cancelled':
        await store.cancelItems(tx, row.id, [effect.token], ctx.now)
        return this.endBeside(row, effect.token, 'Bước hỏi ý kiến không còn cần')
      case 'timer.armed':
        return this.arm(row, definition, effect)
      case 'timer.disarmed':
        return withdraw(tx, timerKey(row.id, effect.token))
      case 'call.started':
        return this.call(row, definition, effect)
      case 'call.cancelled':
        return this.endBeside(row, effect.token, 'Bước gọi không còn cần')
      case 'message.sent':
        await this.sendMessage(effect.name)
        return
      case 'signal.sent':
        return this.sendSignal(effect.name)
      case 'escalation.raised':
        return effect.caughtBy === null ? this.escalate(row, definition, effect) : undefined
    }
  }

  private async taskOpened(row: store.ProcessRow, definition: Definition, effect: Of<'task.opened'>): Promise<void> {
    if (effect.kind === 'receive') return // waits for its message, on nobody's desk
    if (effect.kind === 'send') {
      if (effect.message) await this.sendMessage(effect.message)
      this.turns.push({ process: row.id, token: effect.token, input: { kind: 'complete', token: effect.token } })
      return
    }
    this.opened.push(await this.open(row, definition.elements[effect.element]!, effect))
  }

  private async open(row: store.ProcessRow, element: ElementDef, effect: Of<'task.opened'>): Promise<Item> {
    const { tx, ctx } = this
    const attributes = effect.attributes
    const role = attributes.role ?? 'chuyen_vien'
    const hours = attributes.hours ?? 0
    const clock = attributes.clock ?? 'runs'
    const placeId = row.places[element.id] ?? row.places[keyOf(element)] ?? row.places['']
    const place = placeId ? await placeToday(tx, placeId) : null
    const desk = place ? await deskFor(tx, place, role === 'cong_dan' ? 'mot_cua' : role) : null
    return store.insertItem(tx, {
      processId: row.id, token: effect.token, subject: row.subject, step: keyOf(element), name: element.name, role,
      unit: desk, citizenId: role === 'cong_dan' ? row.citizenId : null, hours, clock, portalStatus: attributes.status ?? null,
      outcomes: element.outcomes, does: element.does, openedAt: ctx.now, link: row.parent?.link ?? null,
      dueAt: clock === 'runs' && hours > 0 ? addWorkingTime(ctx.now, hours, await calendarOf(tx, ctx, desk?.id ?? null)) : null,
    })
  }

  private async arm(row: store.ProcessRow, definition: Definition, effect: Of<'timer.armed'>): Promise<void> {
    const at = firesAt(effect.spec, effect.attributes, this.ctx.now, await calendarOf(this.tx, this.ctx, placeOf(row, definition, effect.element)))
    if (!at) {
      const name = definition.elements[effect.element]?.name || effect.element
      throw new Conflict('work.timer', `Hẹn giờ “${name}” chưa ghi thời gian đọc được; người quản trị thủ tục cần sửa quy trình.`)
    }
    await enqueue(this.tx, row.timerJob, { process: row.id, token: effect.token }, { runAt: at, key: timerKey(row.id, effect.token) })
    await store.setFiring(this.tx, row.id, effect.token, at, this.ctx.now)
  }

  private async call(row: store.ProcessRow, definition: Definition, effect: Of<'call.started'>): Promise<void> {
    const element = definition.elements[effect.element]!
    const pin = pinOf(row.calls, element)
    if (!pin) throw uncallable(element)
    const { outcome: _, ...variables } = effect.variables
    await this.begin(row, effect.token, 'call', pin, variables)
  }

  /** A process that hangs on a token of this one; it runs when its turn comes. */
  async begin(row: store.ProcessRow, token: string, link: Link, pin: Pin, variables: Record<string, unknown>): Promise<string> {
    const id = await store.insertProcess(this.tx, {
      subject: row.subject, definition: pin.definition, places: pin.places, citizenId: row.citizenId, timerJob: row.timerJob, name: pin.name,
      parent: { id: row.id, token, link, element: row.state.tokens.find((one) => one.id === token)?.element ?? '' }, calls: pin.calls, startedAt: this.ctx.now,
    })
    this.fresh.add(id)
    this.turns.push({ process: id, input: { kind: 'start', variables } })
    return id
  }

  /** Ends what hangs on a token that has gone. */
  private async endBeside(row: store.ProcessRow, token: string, reason: string): Promise<void> {
    for (const child of await calls.childrenOf(this.tx, row.id, token)) this.turns.unshift({ process: child, input: { kind: 'terminate', reason } })
  }

  /** A process is over: nothing of it stays open, its children end with it, and whoever called it goes on. */
  private async closed(row: store.ProcessRow, end: Of<'ended'>): Promise<void> {
    const { tx, ctx } = this
    await store.cancelItems(tx, row.id, (await store.openItems(tx, row.id)).map((item) => item.token), ctx.now)
    await calls.setEnding(tx, row.id, end.how)
    for (const child of await calls.childrenOf(tx, row.id)) this.turns.unshift({ process: child, input: { kind: 'terminate', reason: end.reason ?? 'Quy trình chính đã kết thúc' } })
    if (!row.parent) return
    const { id, token, link } = row.parent
    if (link === 'beside') return calls.countBeside(tx, id, token, -1)
    if (end.how === 'terminated') return
    if (end.how === 'error') this.turns.push({ process: id, token, input: { kind: 'error', token, code: end.code ?? '' } })
    else {
      const outcome = await this.outcomeFor(id, token, end.outcome)
      this.turns.push({ process: id, token, input: { kind: 'called', token, ...(outcome === null ? {} : { outcome }) } })
    }
  }

  /** The calling step's word for the outcome by which the called process ended. */
  private async outcomeFor(parent: string, token: string, outcome: string | null): Promise<string | null> {
    if (outcome === null) return null
    const row = await this.row(parent)
    const element = (await this.definition(row)).elements[row.state.tokens.find((one) => one.id === token)?.element ?? '']
    return (element && pinOf(row.calls, element)?.outcomes?.[outcome]) ?? outcome
  }

  /** To the first process of the subject that awaits it; a message nobody awaits is lost, as BPMN has it. */
  async sendMessage(name: string, variables?: Record<string, unknown>): Promise<boolean> {
    for (const process of await calls.runningOf(this.tx, this.subject)) {
      const row = await this.row(process)
      const { elements } = await this.definition(row)
      const token = row.state.tokens.find((one) => {
        const event = elements[one.element]?.event
        return (one.status === 'waiting' || one.status === 'armed') && event?.kind === 'message' && event.name === name
      })
      if (!token) continue
      this.turns.push({ process, token: token.id, input: { kind: 'message', name, token: token.id, variables } })
      return true
    }
    return false
  }

  async sendSignal(name: string, variables?: Record<string, unknown>): Promise<void> {
    for (const process of await calls.runningOf(this.tx, this.subject)) this.turns.push({ process, input: { kind: 'signal', name, variables } })
  }

  /** Uncaught inside: told to the caller's step, and by the outermost to whoever keeps the subject. */
  private async escalate(row: store.ProcessRow, definition: Definition, effect: Of<'escalation.raised'>): Promise<void> {
    if (row.parent?.link === 'call') {
      const { id, token } = row.parent
      this.turns.push({ process: id, token, input: { kind: 'escalation', token, code: effect.code } })
      return
    }
    const name = definition.elements[effect.element]?.name || effect.element
    await emit(this.tx, this.ctx, escalated, row.subject, { process: row.id, code: effect.code, name })
  }
}

const pinOf = (pins: Readonly<Record<string, Pin>>, element: ElementDef): Pin | undefined => pins[element.id] ?? pins[keyOf(element)]

export const uncallable = (element: ElementDef): Conflict =>
  new Conflict(
    'work.no_callee',
    `Bước “${element.name || element.id}” gọi quy trình “${element.callee || '?'}” mà hệ thống chưa có. Người quản trị thủ tục cần nhập quy trình đó, rồi nhập lại thủ tục này.`,
  )

function advanced(definition: Definition, before: store.ProcessRow['state'] | null, input: Input): ReturnType<typeof advance> {
  try {
    return advance(definition, before, input)
  } catch (error) {
    if (error instanceof BpmnError) throw new Conflict(`work.${error.code}`, error.message)
    throw error
  }
}

async function movedOf(tx: Tx, row: store.ProcessRow, opened: readonly Item[], outcome: OutcomeChoice | null): Promise<Moved> {
  const open = await store.openItemsOf(tx, row.subject)
  const ids = new Set(open.map((item) => item.id))
  return { processId: row.id, opened: opened.filter((item) => ids.has(item.id)), open, ended: await store.isOver(tx, row.subject), outcome }
}

/** Moves a locked process on by one input, and every process of its subject that this concerns. Throws Conflict when the drawing does
 *  not allow it. */
export async function move(tx: Tx, ctx: Ctx, row: store.ProcessRow, fresh: boolean, input: Input, outcome: OutcomeChoice | null): Promise<Moved> {
  const course = new Course(tx, ctx, row)
  await course.run({ process: row.id, input }, fresh)
  return movedOf(tx, row, course.opened, outcome)
}

/** Starts a process beside a token of a locked one. */
export async function beginBeside(tx: Tx, ctx: Ctx, row: store.ProcessRow, token: string, pin: Pin, variables: Record<string, unknown>): Promise<Moved & { process: string }> {
  const course = new Course(tx, ctx, row)
  const process = await course.begin(row, token, 'beside', pin, variables)
  await calls.countBeside(tx, row.id, token, 1)
  await course.goOn()
  return { ...(await movedOf(tx, row, course.opened, null)), process }
}

/** A message or signal from outside to whichever process of the subject awaits it. Null when none does. */
export async function tell(tx: Tx, ctx: Ctx, row: store.ProcessRow, what: { kind: 'message' | 'signal'; name: string; variables?: Record<string, unknown> }): Promise<Moved | null> {
  const course = new Course(tx, ctx, row)
  if (what.kind === 'signal') await course.sendSignal(what.name, what.variables)
  else if (!(await course.sendMessage(what.name, what.variables))) return null
  await course.goOn()
  return movedOf(tx, row, course.opened, null)
}
