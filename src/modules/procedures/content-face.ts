// What of a record's content others ask for: its papers' faults, where its answers are read, its own words.

export { partNotes } from './check-parts.ts'
export { ownNotices, ownPrint, PRINT_NAMES, resultLines, sampleData, sampleOf, shownAnswers, textFaults } from './texts.ts'
export { answerUses, type AnswerUse, renameAnswer } from './uses.ts'
export { bringRecord } from './bring.ts'
export { checkFurther, lockProcedure, publishFurther } from './further.ts'
