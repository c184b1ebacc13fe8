// A form described for programs: JSON Schema 2020-12, with what schema cannot say (conditions) under x- names.

import { fieldType, type JsonSchema } from '../fields/index.ts'
import type { Catalogs, FormDefinition, Question, Section } from './types.ts'

const PASSED_ON = {
  official: 'x-official',
  requiredWhen: 'x-requiredWhen',
  check: 'x-check',
  error: 'x-error',
  prefill: 'x-prefill',
  sensitive: 'x-sensitive',
  value: 'x-value',
} as const

const both = (section: Section, question: Question): string | undefined => {
  const conditions = [section.visibleWhen, question.visibleWhen].filter((condition) => condition !== undefined)
  return conditions.length > 1 ? conditions.map((condition) => `(${condition})`).join(' and ') : conditions[0]
}

function property(section: Section, question: Question, catalogs: Catalogs): JsonSchema {
  const visibleWhen = both(section, question)
  const extras = Object.entries(PASSED_ON).flatMap(([from, to]) => {
    const value = question[from as keyof typeof PASSED_ON]
    return value === undefined ? [] : [[to, value]]
  })
  return {
    ...fieldType(question.type).jsonSchema(question, catalogs),
    title: question.label,
    ...(question.help === undefined ? {} : { description: question.help }),
    ...(question.example === undefined ? {} : { examples: [question.example] }),
    'x-type': question.type,
    ...(visibleWhen === undefined ? {} : { 'x-visibleWhen': visibleWhen }),
    ...Object.fromEntries(extras),
  }
}

/** JSON Schema of the answers. `required` names only what is asked of everybody; the rest depends on conditions. */
export function toJsonSchema(def: FormDefinition, catalogs: Catalogs): JsonSchema {
  const asked = def.sections.flatMap((section) =>
    section.questions.filter(({ type }) => type !== 'statement').map((question) => ({ section, question })),
  )
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: def.title,
    ...(def.formNo === undefined ? {} : { 'x-formNo': def.formNo }),
    type: 'object',
    properties: Object.fromEntries(asked.map(({ section, question }) => [question.key, property(section, question, catalogs)])),
    required: asked
      .filter(
        ({ section, question }) =>
          question.required === true && question.requiredWhen === undefined && both(section, question) === undefined,
      )
      .filter(({ question }) => question.type !== 'computed')
      .map(({ question }) => question.key),
    additionalProperties: false,
    'x-sections': def.sections.map(({ key, title, intro, questions }) => ({
      key,
      title,
      ...(intro === undefined ? {} : { description: intro }),
      questions: questions.map((question) => question.key),
    })),
  }
}
