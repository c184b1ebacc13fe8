// How a form is cut into pages: all on one at the counter, a page for each part, or one question after the other for a small screen.

import type { FastifyRequest } from 'fastify'
import type { FormDefinition, Question, Section } from '#core/form/types.ts'

/** Sections that are asked together, or one question of a section. */
export interface FilingPage {
  readonly key: string
  readonly title: string
  readonly sections: readonly Section[]
}

export const STYLES = ['whole', 'parts', 'single'] as const
export type PageStyle = (typeof STYLES)[number]

const ALL = 'all'

export const questionsOf = (page: FilingPage): readonly Question[] => page.sections.flatMap((section) => section.questions)

const isAsked = ({ type }: Question): boolean => type !== 'statement' && type !== 'computed'
const ofIdentity = ({ prefill }: Question): boolean => prefill?.startsWith('identity.') === true

/** Questions that belong on one page: what is only read goes with the question after it; what the State knows of a person is confirmed at once. */
export function groupsOf({ questions }: Pick<Section, 'questions'>): readonly (readonly Question[])[] {
  const groups: Question[][] = []
  let open: Question[] = []
  for (const question of questions) {
    const last = groups.at(-1)
    const before = last?.findLast(isAsked)
    const together = open.length === 0 && last && before && ((ofIdentity(question) && ofIdentity(before)) || question.type === 'computed')
    if (together) last.push(question)
    else open.push(question)
    if (isAsked(question) && open.length > 0) {
      groups.push(open)
      open = []
    }
  }
  if (open.length > 0) {
    const last = groups.at(-1)
    if (last) last.push(...open)
    else groups.push(open)
  }
  return groups
}

/** Every page of a form in one style; keys of sections and questions have no dot, so `section.question` names a single page. */
export function pagesOf({ title, sections }: FormDefinition, style: PageStyle): readonly FilingPage[] {
  if (style === 'whole') return [{ key: ALL, title, sections }]
  if (style === 'parts') return sections.map((section) => ({ key: section.key, title: section.title, sections: [section] }))
  return sections.flatMap((section) =>
    groupsOf(section).map((questions, at) => ({
      key: `${section.key}.${(questions.find(isAsked) ?? questions[0]!).key}`,
      title: section.title,
      sections: [{ ...section, intro: at === 0 ? section.intro : undefined, questions }],
    })),
  )
}

/** A page by its key, whatever style the reader has now: links in messages and bookmarks stay good. */
export const pageOf = (form: FormDefinition, key: string, style: PageStyle): FilingPage | undefined =>
  (style === 'whole' ? pagesOf(form, 'whole') : [...pagesOf(form, 'parts'), ...pagesOf(form, 'single')]).find((page) => page.key === key)

/** The page of the other style that has the first question of this one. */
export function sameIn(form: FormDefinition, page: FilingPage, style: PageStyle): FilingPage | undefined {
  const first = questionsOf(page).find(isAsked)?.key
  return pagesOf(form, style).find((one) => questionsOf(one).some(({ key }) => key === first))
}

/** Telephones ask one question after the other, unless their owner has said otherwise. */
export const isPhone = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  headers['sec-ch-ua-mobile'] === '?1' || /Mobi|iPhone/.test(headers['user-agent'] ?? '')
