// First answers from what the province already knows: the signed-in identity and the registers.

import { own } from '../fields/clean.ts'
import { fieldType } from '../fields/index.ts'
import type { Catalogs, FormDefinition, Question, Values } from './types.ts'

const SAME = [
  ['nam', 'male', 'm', 'M'],
  ['nu', 'female', 'f', 'F'],
] as const
const SYNONYM: Readonly<Record<string, string>> = { gender: 'sex', sex: 'gender' }

// Catalogue codes from identity and registers are taken as they are; evaluateForm looks them up.
const anything: Catalogs = { list: () => [], name: () => null }

function find(root: Values, steps: readonly string[]): unknown {
  const joined = own(root, steps.join('.'))
  return joined !== undefined ? joined : steps.reduce<unknown>((at, step) => own(at, step), root)
}

function known(source: string, identity: Values, registers: Values): unknown {
  const [from, ...steps] = source.split('.')
  if (from === 'register') return find(registers, steps)
  if (from !== 'identity') return undefined
  const found = find(identity, steps)
  const other = SYNONYM[steps[0] ?? '']
  return found === undefined && other !== undefined ? find(identity, [other]) : found
}

// Registers write sex in their own letters; the option with the same meaning is taken.
function asOption(question: Question, raw: unknown): unknown {
  const values = question.options?.map(({ value }) => value)
  if (!values || typeof raw !== 'string' || values.includes(raw)) return raw
  const same = SAME.find((names) => (names as readonly string[]).includes(raw))
  return values.find((value) => (same as readonly string[] | undefined)?.includes(value)) ?? raw
}

/**
 * Answers for the questions with a `prefill` (`identity.full_name`, `identity.address.commune`, `register.dat_dai.area` …), only where
 * the value fits the field. `registers` may be nested ({dat_dai: {area}}) or flat ({'dat_dai.area'}).
 */
export function prefill(def: FormDefinition, identity: Values, registers: Values): Values {
  return Object.fromEntries(
    def.sections
      .flatMap(({ questions }) => questions)
      .flatMap((question) => {
        if (question.prefill === undefined) return []
        const type = fieldType(question.type)
        const value = type.read(asOption(question, known(question.prefill, identity, registers)), question)
        return value === null || type.check(question, value, { catalogs: anything }).length > 0 ? [] : [[question.key, value]]
      }),
  )
}
