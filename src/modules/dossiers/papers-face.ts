// What others may use of the papers of a dossier.

export { type Book, BOOK_DATES, type BookDate, type BookInput, bookPage, bookPdf, type BookRow, canSeeBook, hasBook } from './book.ts'
export { DELIVERY_LABELS, deliveryWay } from './delivery.ts'
export { canAddress, LETTER_FORMS, type LetterForm, lettersPdf, type Posting, postings, sendsPost } from './papers-letters.ts'
export { canReplacePaper, replacePaper, ReplacePaperInput } from './papers-replace.ts'
export { type FaultGroup, type IssuedPaper, issuedPapers } from './papers-store.ts'
export { canSeeFaults, printFaults, retryPrints } from './prints-faults.ts'
export { paperOfEffect, previewPaper, type PreviewInput } from './prints-preview.ts'
export { getPaper, hidden as isPaperHidden, type OpenedPaper, paperFileName, paperPdf, printedAgain, reprint } from './prints.ts'
export { resultRows } from './papers.ts'
