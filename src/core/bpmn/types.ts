// The shapes of the process engine: what a drawn process is, what a running one is, what comes in and what goes out; all of it plain JSON.

export type TaskKind = 'user' | 'service' | 'businessRule' | 'receive' | 'manual' | 'send'

export type ElementType =
  | 'startEvent'
  | 'endEvent'
  | 'catchEvent'
  | 'throwEvent'
  | 'boundaryEvent'
  | 'task'
  | 'callActivity'
  | 'subProcess'
  | 'exclusiveGateway'
  | 'inclusiveGateway'
  | 'parallelGateway'
  | 'eventGateway'
  | 'unsupported'

/** The body of a timer as drawn: an ISO 8601 text, or FEEL after a leading '='. Empty when the silence attributes carry the time. */
export interface TimerSpec {
  date?: string
  duration?: string
  cycle?: string
  /** For cycles: which firing this is, from 1. */
  round?: number
}

/** What an event waits for or throws. `name` is the message or signal name; `code` absent on a catching error or escalation = any. */
export type EventSpec =
  | { kind: 'none' }
  | { kind: 'timer'; timer: TimerSpec }
  | { kind: 'message'; name: string }
  | { kind: 'signal'; name: string }
  | { kind: 'error'; code?: string }
  | { kind: 'escalation'; code?: string }
  | { kind: 'link'; name: string }
  | { kind: 'terminate' }

export interface OutcomeDef {
  key: string
  label: string
  effect?: string
}

/** Attributes of our namespace (`tinhso:…`), by local name. Those listed are typed; others arrive as text. */
export interface Attributes {
  role?: string
  unit?: string
  hours?: number
  clock?: 'runs' | 'stops'
  status?: number
  stepId?: string
  silenceValue?: number
  silenceUnit?: 'ngay' | 'ngay_lam_viec'
  outcome?: string
  label?: string
  effect?: string
  /** Steps: place in the list that people read. */
  order?: number
  /** Call activities: JSON of the called process's outcomes and the outcome each stands for here. */
  answers?: string
  [name: string]: string | number | undefined
}

/** Repetition of an activity. Expressions are FEEL; `collection` names or computes the list, `item` is the variable of one pass. */
export interface LoopDef {
  mode: 'parallel' | 'sequential' | 'while'
  collection?: string
  item?: string
  cardinality?: string
  completion?: string
  /** `while` only: goes on as long as this holds. */
  condition?: string
  testBefore?: boolean
  maximum?: number
  /** Process variable that receives the list of results: `collectItem` of each pass, or its outcome. */
  collect?: string
  collectItem?: string
}

export interface ElementDef {
  id: string
  type: ElementType
  /** The BPMN name as drawn: 'bpmn:UserTask'. */
  bpmnType: string
  name: string
  /** Id of the process or subprocess that holds it. */
  parent: string
  incoming: string[]
  outgoing: string[]
  default?: string
  attributes: Attributes
  outcomes: OutcomeDef[]
  does: string[]
  prints: string[]
  documentation?: string
  lane?: string
  task?: TaskKind
  event?: EventSpec
  /** Boundary events and start events of event subprocesses: whether firing cancels what surrounds them. */
  interrupting?: boolean
  /** Boundary events: the activity they sit on. */
  attachedTo?: string
  /** Activities: the events on their border. */
  boundary?: string[]
  loop?: LoopDef
  /** Call activities: id of the process that is called. */
  callee?: string
  /** Subprocesses: started by an event of the surrounding scope instead of a flow. */
  byEvent?: boolean
  /** Throwing links: the catching element; catching links: none. */
  linkTo?: string
}

export interface FlowDef {
  id: string
  source: string
  target: string
  name: string
  /** FEEL; absent = always, unless attributes.outcome names the outcome it stands for. */
  condition?: string
  attributes: Attributes
}

/** A process or an embedded subprocess seen as a container. */
export interface ContainerDef {
  id: string
  name: string
  /** Ids of all start events; a none start event first. */
  starts: string[]
  /** Event subprocesses inside. */
  eventSubs: string[]
}

export interface ProcessDef extends ContainerDef {
  executable: boolean
  elements: string[]
}

export interface Definition {
  id: string
  digest: string
  /** The process that a plain start begins: the first executable one. */
  main: string
  processes: Record<string, ProcessDef>
  /** Processes and subprocesses by id. */
  containers: Record<string, ContainerDef>
  elements: Record<string, ElementDef>
  flows: Record<string, FlowDef>
}

export interface ReportEntry {
  level: 'error' | 'warning'
  /** Id of the element concerned; '' for the file. */
  element: string
  message: string
}

export type Variables = Record<string, unknown>

/**
 * A token at rest. `waiting`: for a task, call or event; `joining`: at a gateway for its companions; `inside`: its element runs a scope
 * of its own; `armed`: a boundary or event-subprocess start that listens. Ids are unique in the instance and never used twice.
 */
export interface Token {
  id: string
  element: string
  scope: string
  status: 'waiting' | 'joining' | 'inside' | 'armed'
  /** Key of the outcome chosen on the way here; what `outcome` means in conditions. */
  outcome: string | null
  /** `joining`: the flow it came by. */
  via?: string
  /** `armed` boundary: the token of its activity. */
  host?: string
  /** Events after one event-based gateway share it: the first to fire removes the rest. */
  race?: string
  /** Loops: variables of this pass (item, loopCounter). */
  local?: Variables
  /** Cycles: which firing the timer waits for, from 1. */
  round?: number
}

export interface Scope {
  id: string
  kind: 'process' | 'subprocess' | 'loop'
  /** The process, subprocess or looping activity. */
  element: string
  /** Token that waits for this scope; null for the process itself. */
  owner: string | null
  loop?: { total: number | null; started: number; completed: number; outcomes: (string | null)[]; items?: unknown[]; results: unknown[] }
}

export interface ProcessState {
  status: 'active' | 'ended'
  process: string
  tokens: Token[]
  scopes: Scope[]
  variables: Variables
  /** Next number for ids of tokens and scopes. */
  next: number
  /** The end event of the process that a branch reached last, and its outcome; what `ended` will tell. */
  lastEnd: { element: string | null; outcome: string | null }
}

export type Input =
  /** Begins an instance. `process` and `element` (a start event) when not the usual ones. */
  | { kind: 'start'; variables?: Variables; process?: string; element?: string }
  | { kind: 'complete'; token: string; outcome?: string; variables?: Variables }
  | { kind: 'timer'; token: string; variables?: Variables }
  /** To one token: `token`, or the oldest that awaits this name. On a null state: starts the process with that message start. */
  | { kind: 'message'; name: string; token?: string; variables?: Variables }
  /** To all tokens that await it; none is no fault. On a null state: starts the process with that signal start. */
  | { kind: 'signal'; name: string; variables?: Variables }
  | { kind: 'error'; token: string; code: string; variables?: Variables }
  | { kind: 'escalation'; token: string; code: string; variables?: Variables }
  /** The process that a call activity called has ended. */
  | { kind: 'called'; token: string; outcome?: string; variables?: Variables }
  | { kind: 'terminate'; reason: string }

export type Effect =
  | { type: 'task.opened'; token: string; element: string; kind: TaskKind; attributes: Attributes; local?: Variables; message?: string }
  | { type: 'task.completed'; token: string; element: string; outcome: string | null }
  | { type: 'task.cancelled'; token: string; element: string }
  | { type: 'timer.armed'; token: string; element: string; spec: TimerSpec; attributes: Attributes; host?: string }
  /** Also sent when it fires, so that armed and disarmed always pair. */
  | { type: 'timer.disarmed'; token: string; element: string }
  | { type: 'event.awaited'; token: string; element: string; kind: 'message' | 'signal'; name: string; host?: string }
  | { type: 'event.dropped'; token: string; element: string }
  | { type: 'call.started'; token: string; element: string; callee: string; variables: Variables; attributes: Attributes }
  | { type: 'call.ended'; token: string; element: string }
  | { type: 'call.cancelled'; token: string; element: string }
  | { type: 'message.sent'; element: string; name: string; attributes: Attributes }
  /** The engine does not deliver it: whoever runs instances gives it to all of them, this one too. */
  | { type: 'signal.sent'; element: string; name: string; attributes: Attributes }
  | { type: 'escalation.raised'; element: string; code: string; caughtBy: string | null }
  | { type: 'error.raised'; element: string; code: string; caughtBy: string | null }
  | { type: 'flow.taken'; flow: string; source: string; target: string; outcome: string | null; attributes: Attributes }
  /** `token`: the one that waited, or for boundary events that of the activity; '' for a start. */
  | { type: 'event.fired'; element: string; kind: EventSpec['kind']; token: string }
  | {
      type: 'ended'
      how: 'completed' | 'terminated' | 'error'
      element: string | null
      outcome: string | null
      code?: string
      reason?: string
    }

export interface Step {
  state: ProcessState
  effects: Effect[]
}
