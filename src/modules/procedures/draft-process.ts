// The process part of a draft: its drawing and its list kept in step, files of other tools brought in.

import { z } from 'zod'
import { act } from '#core/act.ts'
import { BpmnError } from '#core/bpmn/index.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { Invalid, NotFound } from '#core/errors.ts'
import { needAuthor, whoIs } from './authors.ts'
import type { DraftRecord, PartValue } from './draft-parts.ts'
import { type Draft, draftPartAt, getDraft, needOpen, saveDraftPart, type SavedPart } from './drafts.ts'
import * as imports from './drawing-imports-store.ts'
import { editSteps, newStepId, type StepAct } from './edit-steps.ts'
import { type ForeignDrawing, LARGEST_FILE, readForeign } from './foreign-drawing.ts'
import { type Judged, judgeDrawing, stepFaults, usualHours } from './judge-drawing.ts'
import { keyFrom } from './read-drawing.ts'
import type { Step } from './record.ts'
import { drawAnew, redraw } from './redraw.ts'

/** The process of a draft as its tab shows it. */
export interface DraftProcess {
  readonly steps: readonly Step[]
  /** The drawing; null when the steps cannot be drawn yet. */
  readonly bpmn: string | null
  /** Whether an official has drawn it, else it is made of the list. */
  readonly drawn: boolean
  readonly faults: Judged['faults']
  /** Working hours on the usual road. */
  readonly hours: number
}

const namesOf = (draft: { readonly code: string; readonly record: DraftRecord }) => ({ code: draft.code, name: typeof draft.record.name === 'string' ? draft.record.name : draft.code })

/** Steps of a record that may be unfinished: what is no step is left out, what is missing is empty. */
export function stepsIn(record: DraftRecord | PartValue): Step[] {
  const list = Array.isArray(record.steps) ? (record.steps as unknown[]) : []
  return list.flatMap((one) => {
    if (typeof one !== 'object' || one === null || typeof (one as Step).id !== 'string') return []
    const step = one as Step
    return [{ ...step, name: step.name ?? '', role: step.role ?? '', hours: Number(step.hours) || 0, outcomes: Array.isArray(step.outcomes) ? step.outcomes : [] } as Step]
  })
}

/** Drawing, list and everything that is wrong with them. Never throws for what is in the draft. */
export async function processOfDraft(draft: Pick<Draft, 'code' | 'record'>): Promise<DraftProcess> {
  const names = namesOf(draft)
  const steps = stepsIn(draft.record)
  const own = typeof draft.record.bpmn === 'string' && draft.record.bpmn !== '' ? draft.record.bpmn : null
  const bpmn = own ?? (await drawAnew({ ...names, steps }))
  const judged = bpmn === null ? null : await judgeDrawing(names, bpmn)
  const hours = steps.length > 0 ? usualHours(steps) : 0
  if (!judged?.steps) return { steps, bpmn, drawn: own !== null, faults: [...(judged?.faults ?? []), ...stepFaults({ ...names, steps })], hours }
  return { steps: own === null ? steps : judged.steps, bpmn: judged.bpmn, drawn: own !== null, faults: judged.faults, hours }
}

/** What a drawing at the easel says, before it is saved. */
export async function readDrawing(draft: Pick<Draft, 'code' | 'record'>, xml: string): Promise<Judged & { readonly hours: number }> {
  const judged = await judgeDrawing(namesOf(draft), xml)
  return { ...judged, hours: judged.steps?.length ? usualHours(judged.steps) : 0 }
}

/** One act on the list, made on the list as the person saw it (`base`); what others did since is merged in. The drawing follows. Throws as saveDraftPart. */
export async function editDraftSteps(ctx: Ctx, input: { readonly draft: string; readonly base: number; readonly act: StepAct }): Promise<SavedPart & { readonly kept: boolean; readonly id: string }> {
  const draft = await getDraft(ctx.db, input.draft)
  const before = await draftPartAt(ctx.db, draft.id, 'process', input.base)
  const list = stepsIn(before)
  const chosen = input.act.act === 'add' ? { ...input.act, step: { ...input.act.step, id: newStepId(list, input.act.step.id || keyFrom(input.act.step.name)) } } : input.act
  const steps = editSteps(list, chosen)
  const drawn = typeof before.bpmn === 'string' ? await redraw(before.bpmn, { ...namesOf(draft), steps }) : null
  const value = { steps, ...(drawn ? { bpmn: drawn.bpmn } : {}) } as unknown as PartValue
  const saved = await saveDraftPart(ctx, { draft: draft.id, part: 'process', base: input.base, value })
  return { ...saved, kept: drawn?.kept ?? true, id: chosen.act === 'add' || chosen.act === 'write' ? chosen.step.id : chosen.id }
}

/** The list drawn anew by the house, in place of the official's own layout. */
export async function redrawDraft(ctx: Ctx, input: { readonly draft: string; readonly base: number }): Promise<SavedPart> {
  const before = await draftPartAt(ctx.db, input.draft, 'process', input.base)
  const { bpmn: _, ...rest } = before
  return saveDraftPart(ctx, { draft: input.draft, part: 'process', base: input.base, value: rest as PartValue })
}

const BringInput = z.object({ draft: z.string(), fileName: z.string().max(300), content: z.string() })

/** Keeps a file of another tool beside the draft; the draft itself is not touched. Throws Invalid when the file is no drawing. */
export const bringDrawing = act(BringInput, async (ctx, tx, { draft: id, fileName, content }): Promise<{ id: string }> => {
  await needAuthor(tx, ctx)
  const draft = await getDraft(tx, id)
  needOpen(draft)
  try {
    await readForeign(namesOf(draft), content)
  } catch (error) {
    if (!(error instanceof BpmnError)) throw error
    throw new Invalid([{ key: 'file', message: error.message }], 'Tệp này chưa dùng được. Bản nháp vẫn như cũ.')
  }
  // Characters that neither XML nor the database knows are no part of a drawing.
  const kept = content.replaceAll('\u0000', '')
  return { id: await imports.insert(tx, { draftId: id, fileName: fileName.normalize('NFC').slice(0, 200) || 'quy-trinh.bpmn', content: kept, at: ctx.now, who: whoIs(ctx) }) }
})

/** A file that was brought in, read again with the pool that was chosen. Throws NotFound. */
export async function getBrought(reader: Reader, draft: Pick<Draft, 'id' | 'code' | 'record'>, id: string, pool?: string): Promise<{ readonly row: imports.ImportRow; readonly found: ForeignDrawing }> {
  const row = await imports.find(reader, draft.id, id)
  if (!row) throw new NotFound('procedures.no_import', 'Không có tệp nhập này. Tải tệp lên lại ở tab Quy trình.')
  return { row, found: await readForeign(namesOf(draft), row.content, pool) }
}

/** Puts the drawing of a brought file into the draft, in place of what is there; the former process stays in the history of the draft. */
export async function takeBrought(ctx: Ctx, input: { readonly draft: string; readonly id: string; readonly pool?: string; readonly base: number }): Promise<SavedPart> {
  const draft = await getDraft(ctx.db, input.draft)
  const { found } = await getBrought(ctx.db, draft, input.id, input.pool)
  if (found.bpmn === null) throw new Invalid([{ key: 'file', message: 'Tệp không có bước nào lấy được.' }], 'Tệp không có bước nào lấy được. Bản nháp vẫn như cũ.')
  return saveDraftPart(ctx, { draft: draft.id, part: 'process', base: input.base, value: { steps: [...found.steps], bpmn: found.bpmn } as unknown as PartValue })
}

export const listBrought = imports.list
export { LARGEST_FILE }
