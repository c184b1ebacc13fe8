// Processes that records call: shared drawings kept by name, and the processes of other procedures; resolved when a dossier begins.

import { definitionOf, digestOf, type Definition, type ElementDef, parseBpmn, BpmnError } from '#core/bpmn/index.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Reader } from '#core/db/index.ts'
import { Conflict, type FieldError, Invalid } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { calleeKey, calleesIn, type Callee, type Callees, endsOf, reaches } from './check-calls.ts'
import { processImported } from './events.ts'
import { unitRule } from './expressions.ts'
import { ROLES, type ProcedureRecord, type Step } from './record.ts'
import * as store from './store.ts'
import * as processes from './processes-store.ts'

export interface ImportedProcess {
  readonly name: string
  readonly title: string
  readonly number: number
  readonly outcome: 'new' | 'changed' | 'same'
}

const mainOf = (definition: Definition) => Object.values(definition.elements).filter((element) => definition.processes[definition.main]!.elements.includes(element.id))
const isTask = (element: ElementDef): boolean => element.type === 'task' && element.task !== 'receive' && element.task !== 'send'
const calledIn = (definition: Definition): string[] =>
  [...new Set(Object.values(definition.elements).flatMap((element) => (element.type === 'callActivity' && element.callee ? [`process:${element.callee}`] : [])))]

/** What keeps a drawing from being called by records. */
function processFaults(name: string, definition: Definition, known: Callees): FieldError[] {
  const faults: FieldError[] = []
  const ends = mainOf(definition).filter((element) => element.type === 'endEvent' && element.parent === definition.main && element.event?.kind !== 'error')
  for (const end of ends) {
    if (!end.attributes.outcome) faults.push({ key: end.id, message: `Điểm kết thúc “${end.name || end.id}” chưa ghi kết quả (tinhso:outcome); ghi để bước gọi biết đi tiếp đường nào.` })
  }
  for (const element of Object.values(definition.elements)) {
    const title = element.name || element.id
    if (isTask(element)) {
      const role = element.attributes.role
      if (!role || !(ROLES as readonly string[]).includes(role)) faults.push({ key: element.id, message: `Bước “${title}” phải có vai trò (tinhso:role), là một trong: ${ROLES.join(', ')}.` })
      if (unitRule(element.attributes).kind === 'feel') faults.push({ key: element.id, message: `Bước “${title}”: nơi làm trong quy trình dùng chung là noi_nop, tham_quyen hoặc mã đơn vị, không phải biểu thức.` })
      if (element.outcomes.length === 0) faults.push({ key: element.id, message: `Bước “${title}” chưa có kết quả nào để chọn (tinhso:outcomes); thêm ít nhất một.` })
    }
    if (element.type !== 'callActivity') continue
    const callee = known.get(`process:${element.callee}`)
    if (!callee) faults.push({ key: element.id, message: `Bước “${title}” gọi quy trình “${element.callee}” mà hệ thống chưa có; nhập quy trình đó trước.` })
    else if (reaches(`process:${element.callee}`, `process:${name}`, known)) faults.push({ key: element.id, message: `Bước “${title}” gọi quy trình “${element.callee}” mà quy trình này lại gọi về “${name}”; không được gọi vòng nhau.` })
  }
  return faults
}

/** Keeps a drawing under a name that records call it by. Idempotent; a changed drawing is a further number, running dossiers keep the one
 *  they began with. Throws Invalid naming every fault. */
export async function importProcess(ctx: Ctx, name: string, bpmn: string): Promise<ImportedProcess> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Invalid([{ key: 'name', message: 'Tên quy trình chỉ gồm chữ thường không dấu, số và dấu gạch dưới, ví dụ dang_ky_thuong_tru.' }])
  const { definition, report } = await parseBpmn(bpmn).catch((error: unknown) => {
    if (error instanceof BpmnError) throw new Invalid([{ key: 'bpmn', message: error.message }], 'Tệp quy trình chưa dùng được.')
    throw error
  })
  const errors = report.filter((entry) => entry.level === 'error').map((entry) => ({ key: entry.element, message: entry.message }))
  const faults = errors.length > 0 ? errors : processFaults(name, definition, await knownCallees(ctx.db, calledIn(definition)))
  if (faults.length > 0) throw new Invalid(faults, 'Tệp quy trình chưa dùng được.')
  const title = definition.processes[definition.main]!.name || name
  const ends = [...new Set(mainOf(definition).flatMap((element) => (element.type === 'endEvent' && element.attributes.outcome ? [element.attributes.outcome] : [])))]
  return inTransaction(ctx.db, async (tx) => {
    await store.lockCode(tx, `process:${name}`)
    const before = await processes.latest(tx, name)
    if (before?.digest === definition.digest) return { name, title, number: before.number, outcome: 'same' as const }
    const number = (before?.number ?? 0) + 1
    await processes.insert(tx, { name, number, title, digest: definition.digest, bpmn, ends, importedAt: ctx.now })
    await emit(tx, ctx, processImported, `process:${name}`, { name, number })
    return { name, title, number, outcome: before ? ('changed' as const) : ('new' as const) }
  })
}

/** Whether this very drawing was imported before, even if others have followed it. */
export const knowsProcess = (reader: Reader, name: string, bpmn: string): Promise<boolean> => processes.hasDigest(reader, name, digestOf(bpmn))

/** What the province keeps of the named callees and of all that they call. */
export async function knownCallees(reader: Reader, keys: readonly string[]): Promise<Callees> {
  const known = new Map<string, Callee>()
  const open = [...keys]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (known.has(key)) continue
    const found = key.startsWith('process:') ? await sharedCallee(reader, key.slice(8)) : await procedureCallee(reader, key.slice(10))
    if (!found) continue
    known.set(key, found)
    open.push(...found.calls)
  }
  return known
}

async function sharedCallee(reader: Reader, name: string): Promise<Callee | null> {
  const row = await processes.latest(reader, name)
  return row && { title: row.title, ends: row.ends, calls: calledIn(await definitionOf(row.digest, row.bpmn)) }
}

async function procedureCallee(reader: Reader, code: string): Promise<Callee | null> {
  const version = await store.findLatest(reader, code)
  return version && { title: version.name, ends: endsOf(version.record), calls: calleesIn(version.record) }
}

/** A step of a called process, as far as its desk is concerned. */
export interface CalledStep {
  readonly id: string
  readonly role: string
  readonly unit?: string
}

export interface Called {
  /** What people call it. */
  readonly name: string
  readonly definition: { readonly digest: string; readonly bpmn: string }
  /** The calling step: whose desk its `unit` names is who decides inside. */
  readonly by: CalledStep
  readonly outcomes?: Readonly<Record<string, string>>
  readonly steps: readonly CalledStep[]
  readonly calls: Readonly<Record<string, Called>>
}

/** What the steps of a record call, all the way down, in the versions of the day; a procedure that has run out is called by its last version,
 *  so that no citizen is refused for it. Throws Conflict only when a callee was never imported. */
export async function calledBy(reader: Reader, record: Pick<ProcedureRecord, 'steps'>, on: string): Promise<Record<string, Called>> {
  const found: Record<string, Called> = {}
  for (const step of record.steps) if (step.call) found[step.id] = await resolve(reader, step, on)
  return found
}

async function resolve(reader: Reader, step: Step, on: string): Promise<Called> {
  const { process, procedure, outcomes } = step.call!
  const by: CalledStep = { id: step.id, role: step.role, ...(step.unit === undefined ? {} : { unit: step.unit }) }
  if (process) return { ...(await shared(reader, process, by)), ...(outcomes ? { outcomes } : {}) }
  const version = (await store.findInForce(reader, procedure!, on)) ?? (await store.findLatest(reader, procedure!))
  if (!version) throw missing(calleeKey(step)!)
  return {
    name: version.name, definition: { digest: version.bpmnDigest, bpmn: version.bpmn }, by, ...(outcomes ? { outcomes } : {}),
    steps: version.record.steps.filter((one) => !one.call).map((one) => ({ id: one.id, role: one.role, ...(one.unit === undefined ? {} : { unit: one.unit }) })),
    calls: await calledBy(reader, version.record, on),
  }
}

/** A shared process and all that it calls. Throws Conflict when it was never imported. */
export async function shared(reader: Reader, name: string, by: CalledStep): Promise<Called> {
  const row = await processes.latest(reader, name)
  if (!row) throw missing(`process:${name}`)
  const definition = await definitionOf(row.digest, row.bpmn)
  const steps: CalledStep[] = []
  const calls: Record<string, Called> = {}
  for (const element of Object.values(definition.elements)) {
    const { stepId, role = 'chuyen_vien', unit } = element.attributes
    const one: CalledStep = { id: stepId ?? element.id, role, ...(unit === undefined ? {} : { unit }) }
    if (element.type === 'callActivity') calls[one.id] = await shared(reader, element.callee ?? '', one)
    else if (isTask(element)) steps.push(one)
  }
  return { name: row.title, definition: { digest: row.digest, bpmn: row.bpmn }, by, steps, calls }
}

const missing = (key: string): Conflict => {
  const [kind, name] = key.split(':')
  return new Conflict(
    'procedures.no_callee',
    `Thủ tục này gọi ${kind === 'process' ? `quy trình dùng chung “${name}”` : `quy trình của thủ tục ${name}`} mà hệ thống chưa có. Người quản trị thủ tục cần nhập quy trình đó, rồi nhập lại thủ tục này.`,
  )
}
