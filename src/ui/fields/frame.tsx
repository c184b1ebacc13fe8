// The frame around an answer: label in plain words, the official wording, help, example and the fault, all tied to the control.

import type { ComponentChildren } from 'preact'
import { Icon } from '../icon.tsx'
import { With } from '../surround.tsx'
import { describedBy, messagesAt, type ReadyProps } from './props.ts'

/** Labels that already say "nếu có" need no "không bắt buộc". */
const saysOptional = (label: string) => /nếu có/i.test(label)

interface Told {
  readonly props: ReadyProps
  /** Says how to write the answer; comes from the type. */
  readonly hint?: string
}

/** What describes the control: its id list, and whether it is wrong. */
export function told({ props, hint }: Told) {
  const { question, name, errors, officialWording = true } = props
  const wrong = messagesAt(errors, name).length > 0
  const hinted = Boolean(question.help || question.example || hint || (officialWording && question.official))
  return { wrong, describedBy: describedBy(hinted && `${name}--hint`, wrong && `${name}--error`) }
}

function Hints({ props, hint }: Told) {
  const { question, name, officialWording = true } = props
  const official = officialWording && question.official && question.official !== question.label ? question.official : undefined
  if (!question.help && !question.example && !hint && !(officialWording && question.official)) return null
  return (
    <With>
      {({ words }) => (
        <div class="hint" id={`${name}--hint`}>
          {official && (
            <p class="official">
              {words.officially} {official}
            </p>
          )}
          {question.help && <p>{question.help}</p>}
          {question.example ? (
            <p>
              {words.example} {question.example}
            </p>
          ) : (
            hint && <p>{hint}</p>
          )}
        </div>
      )}
    </With>
  )
}

export function Faults({ errors, path }: { errors: ReadyProps['errors']; path: string }) {
  const messages = messagesAt(errors, path)
  if (messages.length === 0) return null
  return (
    <With>
      {({ words }) => (
        <p class="fault" id={`${path}--error`}>
          <span class="sr">{words.error} </span>
          {messages.join(' ')}
        </p>
      )}
    </With>
  )
}

function LabelText({ props }: { props: ReadyProps }) {
  const { question, required } = props
  const optional = !(required ?? question.required) && question.type !== 'checkbox' && !saysOptional(question.label)
  return (
    <>
      {question.label}
      {optional && <With>{({ words }) => <span class="optional"> ({words.optional})</span>}</With>}
    </>
  )
}

/** Says where a known answer comes from, and what to do when it is not as the State has it. */
function Source({ props: { source } }: { props: ReadyProps }) {
  if (!source) return null
  return (
    <With>
      {({ words }) =>
        source.from === 'vneid' ? (
          <p class="source">
            <Icon name="check" /> {words.fromVneid}
          </p>
        ) : (
          <p class="source other">
            <Icon name="alert" />
            <span>
              {words.notAsVneid} <b>{source.known}</b>. {words.notAsVneidHow}
            </span>
          </p>
        )
      }
    </With>
  )
}

function shell(props: ReadyProps) {
  return {
    class: messagesAt(props.errors, props.name).length > 0 ? 'q wrong' : 'q',
    'data-question': props.name,
    hidden: props.visible === false,
  }
}

/** One control under one label. */
export function Labelled({ props, hint, children }: Told & { children: ComponentChildren }) {
  return (
    <div {...shell(props)}>
      <label class="label" for={props.name}>
        <LabelText props={props} />
      </label>
      <Hints props={props} hint={hint} />
      <Faults errors={props.errors} path={props.name} />
      {children}
      <Source props={props} />
    </div>
  )
}

/** Several controls under one legend. `anchored`: the group itself is where the error summary leads. */
export function Grouped({ props, hint, anchored, children }: Told & { anchored?: boolean; children: ComponentChildren }) {
  return (
    <div {...shell(props)}>
      <fieldset
        id={anchored ? props.name : undefined}
        tabIndex={anchored ? -1 : undefined}
        aria-describedby={told({ props, hint }).describedBy}
      >
        <legend class="label">
          <LabelText props={props} />
        </legend>
        <Hints props={props} hint={hint} />
        <Faults errors={props.errors} path={props.name} />
        {children}
        <Source props={props} />
      </fieldset>
    </div>
  )
}

/** A part of a composed answer: label, fault, control. */
export function Part({
  props,
  part,
  label,
  children,
}: {
  props: ReadyProps
  part: string
  label: string
  children: (control: ControlProps) => ComponentChildren
}) {
  const path = `${props.name}.${part}`
  const wrong = messagesAt(props.errors, path).length > 0
  return (
    <div class={wrong ? 'part wrong' : 'part'}>
      <label for={path}>{label}</label>
      <Faults errors={props.errors} path={path} />
      {children({ id: path, name: path, 'aria-invalid': wrong || undefined, 'aria-describedby': wrong ? `${path}--error` : undefined })}
    </div>
  )
}

export interface ControlProps {
  readonly id: string
  readonly name: string
  readonly 'aria-invalid'?: boolean
  readonly 'aria-describedby'?: string
}

/** The attributes a single control takes from its question. */
export function control(props: ReadyProps, hint?: string): ControlProps & { 'aria-required'?: boolean } {
  const { wrong, describedBy: described } = told({ props, hint })
  const required = props.required ?? props.question.required
  return {
    id: props.name,
    name: props.name,
    'aria-invalid': wrong || undefined,
    'aria-describedby': described,
    'aria-required': required || undefined,
  }
}
