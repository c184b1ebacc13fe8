// One section of a form with all its questions, straight from a `FormState`.

import type { Catalogs, FormState, Section } from '#core/form/types.ts'
import { FieldView } from './field.tsx'
import type { FieldSource } from './props.ts'

export interface SectionViewProps {
  readonly section: Section
  readonly state: FormState
  /** What was just posted, when it failed; the answers of the state otherwise. */
  readonly values?: Readonly<Record<string, unknown>>
  /** No errors are shown on a page that has not been sent yet. */
  readonly showErrors?: boolean
  readonly catalogs: Catalogs
  readonly province?: string
  readonly officialWording?: boolean
  /** Empty rows to offer in a table, by its key: one more after "Thêm dòng". */
  readonly spareRows?: Readonly<Record<string, number>>
  /** Where files that answer questions are sent in pieces. */
  readonly tusHref?: string
  readonly sources?: Readonly<Record<string, FieldSource>>
}

export function SectionView({
  section,
  state,
  values = state.values,
  showErrors,
  catalogs,
  province,
  officialWording,
  spareRows,
  tusHref,
  sources,
}: SectionViewProps) {
  const errors = showErrors ? state.errors : []
  return (
    <section
      class="questions"
      data-section={section.key}
      hidden={!state.visibleSections.has(section.key)}
      aria-labelledby={`${section.key}--title`}
    >
      <h2 id={`${section.key}--title`}>{section.title}</h2>
      {section.intro && <p class="measure">{section.intro}</p>}
      {section.questions.map((question) => (
        <FieldView
          question={question}
          value={values[question.key]}
          errors={errors}
          catalogs={catalogs}
          province={province}
          officialWording={officialWording}
          spareRows={spareRows?.[question.key]}
          tusHref={tusHref}
          source={sources?.[question.key]}
          visible={state.visible.has(question.key)}
          required={state.required.has(question.key)}
        />
      ))}
    </section>
  )
}
