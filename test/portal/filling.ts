// Fills a filing in as a person would who reads one page after the other: answers from a golden case, papers where they are asked for.

import { flatten } from '#core/form/index.ts'
import type { FormDefinition, Question, Values } from '#core/form/types.ts'
import { PDF } from '../support/walk.ts'
import { mainForm, type PageForm, type Upload, type Visit, type Visitor } from './visitor.ts'

function answer(form: PageForm, name: string, value: string | readonly string[]): void {
  for (const control of form.controls.filter((one) => one.name === name && !one.hidden && one.type !== 'hidden')) {
    if (control.type === 'radio' || control.type === 'checkbox') control.checked = [value].flat().includes(control.value)
    else control.value = [value].flat()[0] ?? ''
  }
}

/** Presses "add a row" as often as the answers ask for, filling the rows that are there each time. */
async function rows(visitor: Visitor, visit: Visit, question: Question, answers: Values, fill: (form: PageForm) => void): Promise<Visit> {
  const wanted = Array.isArray(answers[question.key]) ? (answers[question.key] as unknown[]).length : 0
  let here = visit
  for (let at = 0; at < wanted; at++) {
    const form = mainForm(here)
    if (form.controls.some((one) => one.name.startsWith(`${question.key}.${at}.`))) continue
    if (!form.controls.some((one) => one.kind === 'button' && one.name === '_addRow' && one.value === question.key && !one.hidden))
      return here
    fill(form)
    here = await visitor.press(form, ['_addRow', question.key])
  }
  return here
}

export interface Filled {
  readonly visit: Visit
  /** keys of the pages gone through, in order, with repetitions */
  readonly trail: readonly string[]
}

/** From the first page of questions to the review. `upload` names the file sent for each paper that must be there. */
export async function fillIn(visitor: Visitor, first: Visit, def: FormDefinition, answers: Values): Promise<Filled> {
  const questions = def.sections.flatMap((section): readonly Question[] => section.questions)
  const told = flatten(questions, answers)
  const fill = (form: PageForm) => {
    for (const [name, value] of Object.entries(told)) answer(form, name, value)
  }
  const trail: string[] = []
  let here = first
  for (let guard = 0; guard < 40 && !/\/xem-lai/.test(here.url); guard++) {
    if (here.status !== 200)
      throw new Error(
        `${here.status} ở ${here.url}: ${/class="notice bad errors"[\s\S]*?<\/ul>/.exec(here.html)?.[0].replaceAll(/<[^>]*>/g, ' ')}`,
      )
    trail.push(/\/(?:khai\/)?([^/?#]+)(?:[?#].*)?$/.exec(here.url)?.[1] ?? '')
    if (/\/giay-to/.test(here.url)) {
      here = await visitor.press(mainForm(here), ['_do', 'next'], needed(here))
      continue
    }
    for (const question of questions.filter((one) => one.type === 'table')) here = await rows(visitor, here, question, answers, fill)
    const form = mainForm(here)
    fill(form)
    const photos = form.controls
      .filter((one) => one.type === 'file' && !one.hidden)
      .map((one) => ({ field: one.name, name: 'ảnh 4x6 😀.pdf', content: PDF }))
    here = await visitor.press(form, ['_do', 'next'], photos)
  }
  return { visit: here, trail }
}

/** A file for every paper not marked as optional. */
export const needed = (visit: Visit): Upload[] =>
  [...visit.html.matchAll(/<label class="label" for="(file\.[^"]+)">([\s\S]*?)<\/label>/g)]
    .filter(([, , label = '']) => !label.includes('không bắt buộc'))
    .map(([, field = '']) => ({ field, name: 'Ảnh chụp.pdf', content: PDF }))
