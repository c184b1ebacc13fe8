// Several rows of the same questions, each row a card of its own; rows come and go by submit buttons, so no script is needed.

import type { ComponentChild } from 'preact'
import { Button } from '../button.tsx'
import { With } from '../surround.tsx'
import { Grouped } from './frame.tsx'
import type { FieldProps, ReadyProps } from './props.ts'

const rowsOf = (value: unknown): readonly Record<string, unknown>[] => (Array.isArray(value) ? value : [])

/** Drawn by whoever draws single questions: its cells are questions too. */
export const tableOf = (Cell: (props: FieldProps) => ComponentChild) => (props: ReadyProps) => {
  const { question, name, value, visibleAt, requiredAt, spareRows = 0 } = props
  const rows = [...rowsOf(value), ...Array.from({ length: spareRows }, () => ({}) as Record<string, unknown>)]
  return (
    <With>
      {({ words }) => (
        <Grouped props={props} anchored>
          <input type="hidden" name={`${name}__present`} value="1" />
          {rows.length === 0 && <p class="hint">{words.noRows}</p>}
          {rows.map((row, i) => {
            const at = `${name}.${i}`
            return (
              <fieldset class="card line" id={at} tabIndex={-1}>
                <legend>
                  {words.row} {i + 1}
                </legend>
                <div class="parts">
                  {(question.columns ?? []).map((column) => {
                    const path = `${at}.${column.key}`
                    return (
                      <Cell
                        {...props}
                        question={column}
                        name={path}
                        value={row?.[column.key]}
                        required={requiredAt?.(path) ?? column.required}
                        visible={visibleAt?.(path) ?? true}
                      />
                    )
                  })}
                </div>
                <Button look="quiet" icon="trash" name="_removeRow" value={at}>
                  {words.removeRow} {i + 1}
                </Button>
              </fieldset>
            )
          })}
          <Button icon="plus" name="_addRow" value={name}>
            {words.addRow}
          </Button>
        </Grouped>
      )}
    </With>
  )
}
