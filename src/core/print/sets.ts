// Which set of official forms a paper is printed on: dated sets, so that an old dossier keeps the forms it was received under.

/** One form of a set: the number printed on it and the template that sets it. */
export interface Form {
  /** 'Mẫu số 01' */
  readonly no: string
  readonly template: string
}

export interface FormSet {
  readonly id: string
  readonly legalBasis: string
  /** 'YYYY-MM-DD', both inclusive; null: still in force */
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  /** folder of the templates; null for the present set */
  readonly folder: string | null
  /** by kind of paper */
  readonly forms: Readonly<Record<string, Form>>
}

export interface ChosenForm extends Form {
  readonly set: string
  readonly folder: string | null
  readonly legalBasis: string
}

const inForce = (set: FormSet, on: string): boolean => set.effectiveFrom <= on && (set.effectiveTo === null || on <= set.effectiveTo)

/**
 * The form of `kind` for an act of the day `on`. A dossier received (`receivedOn`) under an older set keeps it; a paper that set did not know
 * takes the form of the day of the act. Null when neither day has a form for this kind: the paper is printed without a form number.
 */
export function formFor(sets: readonly FormSet[], kind: string, on: string, receivedOn: string = on): ChosenForm | null {
  for (const day of receivedOn < on ? [receivedOn, on] : [on]) {
    const set = sets.find((one) => inForce(one, day) && one.forms[kind] !== undefined)
    if (set) return { ...set.forms[kind]!, set: set.id, folder: set.folder, legalBasis: set.legalBasis }
  }
  return null
}
