// The face of building forms: conditions in words and in FEEL, acts on a form, what is said beside it.

export { type Condition, type Join, OPS, readCondition, type Test, writeCondition } from './condition.ts'
export * from './edit.ts'
export { freeKey, isKey, keyFrom, renameIn } from './keys.ts'
export { asKind, COLUMN_KINDS, type Kind, KIND_GROUPS, kindOf, KINDS, type Setting } from './kinds.ts'
export { CHANNEL_OPTIONS, type Offer, offersFor, operandText, type OperandKind, spanWords, subjectOf, subjectsOf, type Subject } from './offers.ts'
export { sampleAnswers } from './sample.ts'
export { factsFor, type FormNote, formFaultNotes, formWarnings, KNOWN_FACTS, keyChanges, type KeyChange, knownQuestions, type KnownQuestion } from './watch.ts'
export { conditionSentence, listed, postedFeel, type PostedCondition, readPosted, type Row } from './words.ts'
